import { rules } from "../all.ts";
import { syntaxAliases } from "../knowledge/names/syntax-aliases.ts";
import { tags } from "./names.ts";

/** Keys of a `.plimsoll.yaml` with what they say, for its schema, for completion and for hover. */
export const plimsollKeys = {
  rules:
    "Severity of rules, by id, by another linter's name, or by tag. An id goes before an alias, and that before a tag.",
  "all-rules": "Run the rules too that are off by default.",
  ignore: "Files that are not checked, as globs from the folder of this file, read as in a .gitignore.",
  "build-args":
    "Values of ARG that Dockerfiles are judged with, as `docker build --build-arg` would give them.",
  "trusted-registries": "Registries that FROM may name; any when empty.",
  labels: "Labels that an image has to have, with the kind of their value.",
  "strict-labels": "Report labels that are not among `labels`.",
  "size-budget":
    "What images may weigh, by reference (`api`, `ghcr.io/acme/*`) or by the folder or file that they are built from (`services/api`). The most exact pattern counts; a `# plimsoll: max-size=25MB` above the FROM goes before all.",
  "fail-on": "Lowest severity that makes `plimsoll check` fail; --fail-on goes before it.",
} as const;

/** What an image may weigh, in an entry of `size-budget`. */
export const budgetKeys = {
  "max-size": "On disk, all layers unpacked.",
  "max-transfer": "Compressed, as a registry has it.",
} as const;

const described: ReadonlyMap<string, string> = new Map([
  ...Object.entries(syntaxAliases).flatMap(([code, aliases]) =>
    aliases.map((it): [string, string] => [it, `${code}: a problem of the syntax.`]),
  ),
  ...Object.entries(tags),
  ...rules.flatMap((rule) => rule.aliases.map((it): [string, string] => [it, `${rule.id}: ${rule.title}.`])),
  ...rules.map((it): [string, string] => [it.id, `${it.title}.`]),
]);

/** What goes by a name that a severity can be given to, in a line. */
export function summaryOfName(name: string): string {
  return described.get(name) ?? "A problem of the syntax.";
}
