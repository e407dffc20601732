import type { ComposeProject } from "../../model/compose/project.ts";
import { valueAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";

export const nothingToRun = composeRule({
  id: "nothing-to-run",
  title: "Service with neither image nor build",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a service that names no image and builds none. Nothing is said where other Compose files stand beside it, of a
      service that extends another, or one that a \`provider\` runs.`,
    why: source`
      Compose refuses the whole project: "has neither an image nor a build context specified".`,
    bad: source`
      services:
        api:
        ^^^ nothing-to-run: api has neither an image nor a build.
          ports: ["8080:80"]
        db:
          image: example/db:2.1`,
    good: source`
      services:
        api:
          build: .
          ports: ["8080:80"]`,
  },

  check(project, report) {
    if (!project.single || project.file.furtherDocuments > 0 || valueAt(project.file.root, "include")) return;
    if (isFragment(project)) return;
    for (const { name, node } of project.services.values()) {
      if (!node || ["image", "build", "provider", "extends"].some((it) => valueAt(node, it))) continue;
      report(name.span, `${name.value} has neither an image nor a build.`);
    }
  },
});

/** A file in which no service runs anything, or that takes something away, is meant for others to be merged with. */
function isFragment({ services, file }: ComposeProject): boolean {
  const runs = [...services.values()].some(({ node }) => valueAt(node, "image") ?? valueAt(node, "build"));
  return !runs || /!(?:reset|override)\b/.test(file.text);
}
