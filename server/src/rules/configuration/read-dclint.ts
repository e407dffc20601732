import { mappingAt } from "../../syntax/compose/find.ts";
import { parseCompose } from "../../syntax/compose/parse.ts";
import type { MappingEntry, YamlNode } from "../../syntax/compose/tree.ts";
import { dclintRules } from "../knowledge/names/dclint-rules.ts";
import type { Severity } from "../rule.ts";
import { type Configuration, noConfiguration, type ReadConfiguration } from "./configuration.ts";
import { knownName } from "./names.ts";
import {
  booleanOf,
  type Complain,
  entriesIn,
  type KeyReader,
  readEntries,
  textOf,
  textsOf,
  unknownName,
} from "./yaml-values.ts";

/**
 * Reads a configuration of dclint (its README and linter-config.schema.json, 3.1.0, read 2026-11): `.dclintrc` in JSON or
 * YAML, or what stands behind `dclint` in a `package.json`, which `inPackage` says. Its rules are aliases of ours. Never fails.
 */
export function readDclintConfiguration(text: string, inPackage = false): ReadConfiguration {
  const severities: Record<string, Severity | "off"> = {};
  const draft: { -readonly [Key in keyof Configuration]: Configuration[Key] } = {
    ...noConfiguration,
    severities,
  };
  const taken: KeyReader = () => {};
  const keys: Readonly<Record<string, KeyReader>> = {
    rules(entry, complain) {
      for (const rule of entriesIn(entry, complain)) {
        const level = levelOf(rule, complain);
        if (isRule(rule, complain) && level !== undefined) severities[rule.key.value] = level;
      }
    },
    exclude(entry, complain) {
      draft.ignore = textsOf(entry, complain).flatMap((it) => globsOf(it.text));
    },
    // How dclint prints is its own affair, but a wrong value is one all the same.
    quiet: booleanOf,
    debug: booleanOf,
    $schema: taken,
  };
  const { root, problems } = parseCompose(text);
  const within = inPackage ? mappingAt(root, "dclint") : root;
  // What is wrong elsewhere in a package.json is not for here.
  return { configuration: draft, problems: readEntries(within, inPackage ? [] : problems, keys, "rules:") };
}

const LEVELS: Readonly<Record<string, Severity | "off">> = { "0": "off", "1": "warning", "2": "error" };

/** `2`, or `[2, { … }]`; options are told of, since they are not read. */
function levelOf({ key, value }: MappingEntry, complain: Complain): Severity | "off" | undefined {
  const [first, options] = value?.kind === "sequence" ? value.items : [value];
  const written = textOf(first)?.text ?? "";
  const level = Object.hasOwn(LEVELS, written) ? LEVELS[written] : undefined;
  if (level === undefined) {
    const message = `The level of \`${key.value}\` is 0 (off), 1 (warning) or 2 (error).`;
    complain("configuration-severity", message, first?.span ?? key.span);
  }
  if (options && hasOptions(options)) {
    const message = `Plimsoll takes the level of \`${key.value}\`, and not its options.`;
    complain("configuration-value", message, options.span, "info");
  }
  return level;
}

function hasOptions(node: YamlNode): boolean {
  return node.kind !== "mapping" || node.entries.length > 0;
}

function isRule({ key }: MappingEntry, complain: Complain): boolean {
  if (dclintRules.has(key.value)) return true;
  const where = knownName(key.value) === undefined ? "" : " It can be set in `.plimsoll.yaml`.";
  const message = unknownName(`no rule \`${key.value}\` in dclint`, key.value, [...dclintRules]);
  complain("configuration-rule", `${message}${where}`, key.span);
  return false;
}

/** dclint leaves out each path that has the text in it somewhere (tried with 3.1.0, 2026-11). */
function globsOf(text: string): readonly string[] {
  const part = text.replace(/^\.\//, "").replace(/^\/+|\/+$/g, "");
  return part === "" || /[*?[\]{}!]/.test(part) ? [] : [`**/*${part}*`];
}
