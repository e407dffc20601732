import { type ComposeProject, notedOnService } from "../../model/compose/project.ts";
import { knownAt } from "../../model/compose/reading/known-at.ts";
import { DOUBLED_KEY } from "../../syntax/compose/doubled-keys.ts";
import { valueAt } from "../../syntax/compose/find.ts";
import type { ComposeFile, YamlNode } from "../../syntax/compose/tree.ts";
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
      Reports a service that names no image and builds none, and a file with nothing in it. Nothing is said where other Compose files stand beside it, of a
      service that extends another, or one that a \`provider\` runs, and where no service runs anything and a folder above has a Compose file too.`,
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
    const { root, problems, text } = project.file;
    if (!root && problems.length === 0) {
      report(
        { start: 0, end: text.trimEnd().length },
        "Nothing is in this file, and Compose refuses an empty one.",
      );
      return;
    }
    if (isFragment(project) || problems.some((it) => bringsNothing(it, text))) return;
    for (const service of project.services.values()) {
      if (!runsNothing(service, project)) continue;
      const { name } = service;
      report(name.span, `${name.value} has neither an image nor a build.`);
    }
  },
});

/** What an alias or `<<` was meant to bring is not known then; of two `<<` in one mapping only one counts here, and none for Compose. */
function bringsNothing({ code, span }: ComposeFile["problems"][number], text: string): boolean {
  return (
    /^yaml-(?:unknown-anchor|merge)$/.test(code) ||
    (code === DOUBLED_KEY && text.slice(span.start, span.end) === "<<")
  );
}

/** An empty name is none. */
function namesImage(project: ComposeProject, service: YamlNode): boolean {
  return valueAt(service, "image") !== undefined && knownAt(project, service, "image")?.value !== "";
}

const runsNothing = notedOnService(
  ({ node }, project: ComposeProject) =>
    node !== undefined &&
    !["build", "provider", "extends"].some((it) => valueAt(node, it)) &&
    !namesImage(project, node),
);

const hasImage = notedOnService(
  ({ node }) => (valueAt(node, "image") ?? valueAt(node, "build")) !== undefined,
);

/**
 * A file that takes something away is meant for others to be merged with, and so is one in which no service runs anything when
 * there may be a Compose file in a folder above: `.devcontainer/docker-compose.yml` is the best known of these.
 */
function isFragment({ services, file, files }: ComposeProject): boolean {
  if (/!(?:reset|override)\b/.test(file.text)) return true;
  const all = [...services.values()];
  if (all.some((it) => hasImage(it))) return false;
  // Compose looks at no service whose profile is off.
  return all.every((it) => it.profiles.length > 0) || above.some((it) => files.kindOf(it) !== "absent");
}

const above = ["..", "../.."].flatMap((folder) =>
  ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"].map((it) => `${folder}/${it}`),
);
