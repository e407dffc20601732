import { notedOnService } from "../../model/compose/project.ts";
import type { ImageReference } from "../../model/stage/stage.ts";
import { source } from "../../text/source.ts";
import { isNeverPulled } from "../knowledge/compose/pull-policy.ts";
import { isUntagged } from "../knowledge/images/version-tags.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { pinImage } from "../writing/images/pin-image.ts";

export const unpinnedImage = composeRule({
  id: "unpinned-image",
  title: "Image of a service without a version",
  severity: "warning",
  tags: ["reproducible"],
  aliases: ["service-image-require-explicit-tag"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports the image of a service without tag, or with the tag \`latest\`, unless a digest pins it. A tag that names a
      channel, such as \`stable\`, \`edge\` or \`nightly\`, is pointed out. For what a service of the project builds
      the name is only what the result is called, and nothing is said.`,
    why: source`
      Each machine runs what was newest when it pulled last. A new version can come with the next start, for a database one
      that does not read the old data, and nobody can say later what was running.`,
    bad: source`
      services:
        db:
          image: postgres
                 ^^^^^^^^ unpinned-image: postgres has no tag, so each pull takes the newest image.
        web:
          image: nginx:latest
                 ^^^^^^^^^^^^ unpinned-image`,
    good: source`
      services:
        db:
          image: postgres:18
        web:
          image: nginx:1.30
        api:
          build: .
          image: example/api`,
  },

  check(project, report) {
    const once = reportOnce(report);
    const built = new Set<string>();
    for (const it of project.services.values()) {
      const name = imageBuilt(it);
      if (name !== undefined) built.add(name);
    }
    for (const service of project.services.values()) {
      const { image, node } = mayBeUnpinned(service) ? service : {};
      // What is built here or beside is not pulled.
      if (!image || built.has(image.value.name)) continue;
      const { text } = image.value;
      // A variable is there to be set from outside.
      const written = project.file.text.slice(image.span.start, image.span.end);
      if (written !== text) continue;
      const message = isUntagged(text)
        ? `${text} has no tag, so each pull takes the newest image.`
        : `${text} is another image whenever a new version comes out.`;
      const isNewest = (image.value.tag ?? "latest") === "latest";
      // What a channel gives now is not known.
      once(image.span, message, {
        ...(isNewest ? {} : { severity: "info" }),
        fixes:
          node?.viaAlias || !isNewest ? [] : pinImage(image.value.name, text, image.span, project.images),
      });
    }
  },
});

const imageBuilt = notedOnService(({ build, image }) => (build ? image?.value.name : undefined));

const mayBeUnpinned = notedOnService(({ image, build, complete, node }): boolean => {
  if (!image || build || !complete || image.value.digest !== undefined) return false;
  return isMoving(image.value) && !isNeverPulled({ node });
});

/** `dev` and `test` without a registry or account in front are most often names of what a script builds here. */
function isMoving({ text, tag = "latest" }: ImageReference): boolean {
  return CHANNELS.test(tag) || (/^(?:dev|test)$/.test(tag) && text.includes("/"));
}

/** Tags that are moved to each new version: dclint's `prohibitedTags` (3.1.0, read 2026-11). */
const CHANNELS = /^(?:latest|stable|edge|nightly|beta|canary)$/;
