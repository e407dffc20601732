import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rules } from "../../server/src/rules/all.ts";
import { tags } from "../../server/src/rules/configuration/names.ts";
import type { Rule } from "../../server/src/rules/rule.ts";
import { readMarkers } from "../support/markers.ts";
import { configurationSchema, schemaFile } from "./schema.ts";

/** Where the rule pages are, from the root of the project. */
export const pagesFolder = "docs/rules";

/** The pages of all rules and their index: file name → text. Made from what the rules say of themselves, nothing else. */
export function rulePages(): ReadonlyMap<string, string> {
  return new Map([
    ["README.md", indexPage()],
    ...rules.map((rule): [string, string] => [`${rule.id}.md`, rulePage(rule)]),
  ]);
}

const generated = "<!-- Written by `npm run docs` from the rule. Change the rule, not this page. -->";

const fixes: Readonly<Record<Rule["fix"], string>> = {
  safe: "safe: keeps what the build does, and runs in *Fix All*",
  unsafe: "offered one at a time, since it may change what is built",
  none: "none: this one needs your judgement",
};

/** What the examples of a rule about the build context are built in, and what stands around other files. */
function contextOf({ looksAt, docs: { context } }: Rule): string {
  if (!context) return "";
  const files = Object.entries(context).map(([path, text]) => {
    const lines = path.endsWith(".dockerignore") ? text.trim().split("\n") : [];
    return `\`${path}\`${lines.length > 0 ? ` (${lines.map((it) => `\`${it}\``).join(", ")})` : ""}`;
  });
  if (looksAt === "environment file" || looksAt === "compose")
    return Object.entries(context)
      .map(([path, text]) => {
        const language = path.endsWith("Dockerfile") ? "dockerfile" : "yaml";
        return `\nBeside \`${path}\`:\n\n\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
      })
      .join("");
  return `\nIn a build context that holds ${files.join(", ")}:\n`;
}

/** How examples are coloured, and what a comment stands above; of rules about Dockerfiles when not here. */
const places: Readonly<Partial<Record<Rule["looksAt"], { language: string; silenced: string }>>> = {
  compose: { language: "yaml", silenced: "the line" },
  "environment file": { language: "dotenv", silenced: "the line" },
  "ignore file": { language: "gitignore", silenced: "the line" },
};

function rulePage(rule: Rule): string {
  const { language, silenced } = places[rule.looksAt] ?? {
    language: "dockerfile",
    silenced: "the instruction",
  };
  return `${generated}

# ${rule.id}

${rule.title}.

| | |
|---|---|
| Severity | ${rule.severity}${rule.enabled ? "" : ", off unless asked for"} |
| About | ${rule.tags.join(", ")} |
| Fix | ${fixes[rule.fix]} |
| Also known as | ${rule.aliases.map((it) => `\`${it}\``).join(", ") || "—"} |
| Since | ${rule.since} |${rule.acrossFiles ? "\n| Looks at | all files of a project as one, where all of them are known; else the file alone |" : ""}

## What it reports

${rule.docs.what.trim()}

## Why

${rule.docs.why.trim()}

## Example
${contextOf(rule)}
${policyOf(rule)}\`\`\`${language}
${readMarkers(rule.docs.bad).text.trimEnd()}
\`\`\`

${messagesOf(rule)}

Instead:

\`\`\`${language}
${rule.docs.good.trimEnd()}
\`\`\`

## Silence it

\`# plimsoll ignore=${rule.id}\` above ${silenced}, \`# plimsoll global ignore=${rule.id}\` for the file, or \`${rule.id}: off\` under \`rules\` in \`.plimsoll.yaml\` (\`"plimsoll.rules": { "${rule.id}": "off" }\` in the settings).
`;
}

/** Each finding with its line, as `plimsoll check` would say it. */
/** What the project's file has to say for the example, as hadolint's configuration names it. */
function policyOf({ docs: { policy } }: Rule): string {
  if (!policy) return "";
  const { trustedRegistries: registries = [], labels, strictLabels } = policy;
  const kinds = Object.entries(labels);
  const lines = [
    ...(registries.length > 0 ? ["trusted-registries:", ...registries.map((it) => `  - "${it}"`)] : []),
    ...(kinds.length > 0 ? ["labels:", ...kinds.map(([name, kind]) => `  ${name}: ${kind}`)] : []),
    ...(strictLabels ? ["strict-labels: true"] : []),
  ];
  return ["Where `.plimsoll.yaml` says:", "", "```yaml", ...lines, "```", "", ""].join("\n");
}

function messagesOf({ docs }: Rule): string {
  const { text, expected } = readMarkers(docs.bad);
  return expected
    .flatMap(({ span, label }) => {
      const message = /: (.*)$/.exec(label)?.[1];
      return message === undefined
        ? []
        : [`- Line ${text.slice(0, span.start).split("\n").length}: ${message}`];
    })
    .join("\n");
}

function indexPage(): string {
  const groups = Object.entries(tags).flatMap(([tag, title]) => {
    const about = rules.filter((it) => it.tags.some((own) => own === tag));
    const rows = about.map(
      (it) =>
        `| [${it.id}](${it.id}.md) | ${it.title} | ${it.severity} | ${it.fix} | ${it.aliases.join(", ")} |`,
    );
    return about.length === 0
      ? []
      : [
          `## ${title}\n\n| Rule | | Severity | Fix | Also known as |\n|---|---|---|---|---|\n${rows.join("\n")}\n`,
        ];
  });
  return `${generated}

# Rules

${rules.length} rules. Each reports only what is certain: what depends on something that cannot be seen is left alone.

${groups.join("\n")}`;
}

/** Writes the pages, and removes those of rules that are gone. */
function writePages(folder: string): void {
  const pages = rulePages();
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(path.join(folder, name));
  for (const [name, text] of pages) writeFileSync(path.join(folder, name), text);
  console.log(`${pages.size} pages in ${pagesFolder}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
  writePages(path.join(root, pagesFolder));
  writeFileSync(path.join(root, schemaFile), configurationSchema());
}
