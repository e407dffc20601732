import { rules } from "../all.ts";
import { currentName } from "../knowledge/names/scanner-names.ts";
import { syntaxAliases } from "../knowledge/names/syntax-aliases.ts";
import { syntaxCodes } from "../knowledge/names/syntax-codes.ts";
import type { Tag } from "../rule.ts";

/** What rules are about, in words for a list of choices. */
export const tags: Readonly<Record<Tag, string>> = {
  build: "The build fails",
  run: "The container fails, or never becomes healthy",
  size: "The image is larger than it has to be",
  cache: "Builds repeat work",
  security: "Something is open that need not be",
  clarity: "Hard to read",
  reproducible: "The same file gives different images",
};

/** Every name that a severity can be given to: ids of rules, their aliases, codes of syntax problems with theirs, and tags. */
export const severityNames: readonly string[] = [
  ...new Set([
    ...rules.map((it) => it.id),
    ...Object.keys(tags),
    ...rules.flatMap((it) => it.aliases),
    ...Object.values(syntaxAliases).flat(),
    ...syntaxCodes,
  ]),
];

const byLowerCase: ReadonlyMap<string, string> = new Map(severityNames.map((it) => [it.toLowerCase(), it]));

/** The name as the rules have it, written in any case or as it was before; undefined when nothing goes by it. */
export function knownName(name: string): string | undefined {
  return byLowerCase.get(currentName(name).toLowerCase());
}
