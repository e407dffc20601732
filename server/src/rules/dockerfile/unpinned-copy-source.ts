import { parseImageReference } from "../../model/image/reference.ts";
import { source } from "../../text/source.ts";
import { copySources } from "../knowledge/files/copy-sources.ts";
import { isUntagged } from "../knowledge/images/version-tags.ts";
import { isNamedContext } from "../knowledge/stages/named-contexts.ts";
import { instructionRule } from "../rule.ts";

export const unpinnedCopySource = instructionRule({
  id: "unpinned-copy-source",
  title: "Files from an image without a version",
  severity: "warning",
  tags: ["reproducible"],
  aliases: ["DL3022"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`COPY --from\` and \`RUN --mount=from=\` of a name that is no stage of the file and has no tag. It is a hint
      where the name may also be that of an additional build context, and nothing is said where a Compose file around
      gives one of that name.`,
    why: source`
      A name that no stage has is an image, and without a tag the newest one: the files that are copied change with each
      of its versions. Where a stage was meant, an image from somewhere else takes its place.`,
    bad: source`
      FROM debian:trixie-slim
      COPY --from=busybox /bin/busybox /bin/
                  ^^^^^^^ unpinned-copy-source: busybox is no stage of this file: it is an image, in whatever version is the newest.`,
    good: source`
      FROM debian:trixie-slim
      COPY --from=busybox:1.37 /bin/busybox /bin/`,
  },

  instructions: ["COPY", "RUN"],
  triggers: true,

  check(instruction, { model }, report) {
    for (const { name, span } of copySources(instruction)) {
      if (name === "" || name === "scratch" || name.includes("$") || /^\d+$/.test(name)) continue;
      const image = parseImageReference(name);
      if (!isUntagged(name) || image.digest !== undefined) continue;
      if (model.findStage(name) || isNamedContext(name, model)) continue;
      const isImage = name.includes("/") || model.inputs.images.names().includes(image.name);
      if (isImage)
        report(span, `${name} is no stage of this file: it is an image, in whatever version is the newest.`);
      else
        report(
          span,
          `${name} is no stage of this file: without a build context of this name it is an image of Docker Hub.`,
          {
            severity: "hint",
          },
        );
    }
  },
});
