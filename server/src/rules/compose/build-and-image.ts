import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import type { Fix } from "../rule.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const buildAndImage = composeRule({
  id: "build-and-image",
  title: "Service that is built and has an image",
  severity: "hint",
  tags: ["clarity"],
  aliases: ["no-build-and-image"],
  since: "0.4.0",
  fix: "unsafe",
  enabled: false,
  reach: "service",
  docs: {
    what: source`
      Reports a service with both \`build\` and \`image\`, unless \`pull_policy\` says which of them counts. Runs only when asked for.`,
    why: source`
      The image is what the build is tagged as. Without \`pull_policy\` Compose may pull one of that name instead of building
      it, and which one runs depends on what is there.`,
    bad: source`
      services:
        api:
          build: .
          image: example/api:1.4
                 ^^^^^^^^^^^^^^^ build-and-image: api is built, and may be pulled by this name as well.`,
    good: source`
      services:
        api:
          build: .
          image: example/api:1.4
          pull_policy: build`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const { node, name, complete } = service;
      const image = entryAt(node, "image");
      if (!image?.value || !entryAt(node, "build") || entryAt(node, "pull_policy") || !complete) continue;
      once(image.value.span, `${name.value} is built, and may be pulled by this name as well.`, {
        fixes: build(project, service),
      });
    }
  },
});

function build({ file }: ComposeProject, { node }: Service): readonly Fix[] {
  const edits = node && appendEntry(file, node, { key: "pull_policy", value: "build" });
  return edits ? [{ kind: "unsafe", title: "Always build it", edits }] : [];
}
