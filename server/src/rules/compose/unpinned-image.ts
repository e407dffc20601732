import { scalarAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { isUntagged } from "../knowledge/version-tags.ts";
import { composeRule } from "../rule.ts";
import { pinImage } from "../writing/pin-image.ts";
import { reportOnce } from "../writing/report-once.ts";

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
      Reports the image of a service without tag, or with the tag \`latest\`, unless a digest pins it. For what a
      service of the project builds the name is only what the result is called, and nothing is said.`,
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
    const services = [...project.services.values()];
    const built = new Set(services.flatMap((it) => (it.build && it.image ? it.image.value.name : [])));
    for (const service of services) {
      const { image, build, complete, node } = service;
      if (!image || build || !complete || image.value.digest !== undefined) continue;
      // What is built here or beside is not pulled.
      if (built.has(image.value.name) || isLocal(scalarAt(node, "pull_policy")?.value)) continue;
      const { tag, text } = image.value;
      // A variable is there to be set from outside.
      const written = project.file.text.slice(image.span.start, image.span.end);
      if ((tag ?? "latest") !== "latest" || written !== text) continue;
      const message = isUntagged(text)
        ? `${text} has no tag, so each pull takes the newest image.`
        : `${text} is another image whenever a new version comes out.`;
      once(image.span, message, {
        fixes: node?.viaAlias ? [] : pinImage(image.value.name, text, image.span, project.images),
      });
    }
  },
});

function isLocal(pullPolicy: string | undefined): boolean {
  return pullPolicy === "never" || pullPolicy === "build";
}
