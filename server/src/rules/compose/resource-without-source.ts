import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import { entriesOf, entryAt, valueAt } from "../../syntax/compose/find.ts";
import type { ComposeFile, MappingNode } from "../../syntax/compose/tree.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";

export const resourceWithoutSource = composeRule({
  id: "resource-without-source",
  title: "Secret or config that comes from nowhere",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a secret without \`file\` or \`environment\`, and a config without these and \`content\`, that is not \`external\`. Nothing is said
      of a file that others may be merged with.`,
    why: source`
      Compose refuses the whole project: "one of file|environment must be set".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          secrets: [token]
      secrets:
        token:
        ^^^^^ resource-without-source: The secret token needs \`file\` or \`environment\`, or has to be \`external\`.
          name: token-of-api`,
    good: source`
      services:
        api:
          image: example/api:1.4
          secrets: [token]
      secrets:
        token:
          file: ./token.txt`,
  },

  check(project, report) {
    if (!project.single) return;
    for (const [section, ...sources] of [
      ["secrets", "file", "environment"],
      ["configs", "file", "environment", "content"],
    ] as const)
      for (const { key, value } of entriesOf(valueAt(project.file.root, section))) {
        if (value?.kind !== "mapping" || key.viaAlias) continue;
        if ([...sources, "external", "driver"].some((it) => entryAt(value, it))) continue;
        const wanted = `${sources
          .slice(0, -1)
          .map((it) => `\`${it}\``)
          .join(", ")} or \`${sources.at(-1)}\``;
        const message = `The ${section.slice(0, -1)} ${key.value} needs ${wanted}, or has to be \`external\`.`;
        report(key.span, message, { fixes: additions(project.file, value, key.value) });
      }
  },
});

function additions(file: ComposeFile, resource: MappingNode, name: string): readonly Fix[] {
  const added: readonly (readonly [string, string])[] = [
    ["file", `./${name}.txt`],
    ["external", "true"],
  ];
  return added.flatMap(([key, value]) => {
    const edits = appendEntry(file, resource, { key, value });
    return edits ? [{ kind: "unsafe", title: `Add ${key}: ${value}`, edits } as const] : [];
  });
}
