import type { LabelKind } from "../policy.ts";
import type { Severity } from "../rule.ts";
import { SEVERITIES } from "../rule.ts";
import {
  type Configuration,
  type FailureLimit,
  noConfiguration,
  type ReadConfiguration,
} from "./configuration.ts";
import { knownName, severityNames } from "./names.ts";
import { sizeBudgetsOf } from "./read-size-budgets.ts";
import {
  booleanOf,
  type Complain,
  entriesIn,
  type KeyReader,
  readMapping,
  textOf,
  textsOf,
  unknownName,
} from "./yaml-values.ts";

type Draft = { -readonly [Key in keyof Configuration]: Configuration[Key] };

/** Keys of a `.plimsoll.yaml`, in the order in which they are told of. */
const readers: Readonly<Record<string, (draft: Draft) => KeyReader>> = {
  rules: (draft) => (entry, complain) => {
    const severities: Record<string, Severity | "off"> = {};
    for (const { key, value } of entriesIn(entry, complain)) {
      const name = knownName(key.value);
      if (name === undefined)
        complain(
          "configuration-rule",
          unknownName(`no rule, alias or tag \`${key.value}\``, key.value, severityNames),
          key.span,
        );
      const severity = oneOf(value, severityChoices, complain, "configuration-severity", key);
      if (severity) severities[name ?? key.value] = severity;
    }
    draft.severities = severities;
  },
  "all-rules": (draft) => (entry, complain) => {
    draft.allRules = booleanOf(entry, complain);
  },
  "trusted-registries": (draft) => (entry, complain) => {
    draft.trustedRegistries = textsOf(entry, complain, "allowed").map((it) => it.text);
  },
  labels: (draft) => (entry, complain) => {
    draft.labels = labelsOf(entry, complain);
  },
  "strict-labels": (draft) => (entry, complain) => {
    draft.strictLabels = booleanOf(entry, complain);
  },
  "build-args": (draft) => (entry, complain) => {
    const values: Record<string, string> = {};
    for (const { key, value } of entriesIn(entry, complain)) {
      // `FLAG:` without a value is an empty one, as in `--build-arg FLAG=`.
      const text = value === undefined ? "" : textOf(value)?.text;
      if (text !== undefined) values[key.value] = text;
      else
        complain(
          "configuration-value",
          `The value of \`${key.value}\` has to be a text.`,
          value?.span ?? key.span,
        );
    }
    draft.buildArguments = values;
  },
  "fail-on": (draft) => (entry, complain) => {
    draft.failOn = oneOf(entry.value, failureLimits, complain, "configuration-severity", entry.key);
  },
  ignore: (draft) => (entry, complain) => {
    draft.ignore = textsOf(entry, complain, "allowed").map((it) => it.text);
  },
  "size-budget": (draft) => (entry, complain) => {
    draft.sizeBudgets = sizeBudgetsOf(entry, complain);
  },
};

/**
 * Reads a `.plimsoll.yaml` or its JSON form. Never fails: what is wrong in the text is told with its place, and the rest of
 * it holds.
 */
export function readPlimsollConfiguration(text: string): ReadConfiguration {
  const draft: Draft = { ...noConfiguration };
  const keys = Object.fromEntries(Object.entries(readers).map(([key, reader]) => [key, reader(draft)]));
  const problems = readMapping(text, keys, "rules:");
  return { configuration: draft, problems };
}

export const severityChoices = [...SEVERITIES, "off"] as const;

export const failureLimits: readonly FailureLimit[] = [...SEVERITIES, "never"];

/** As `LabelKind` has them. */
export const labelKinds: readonly LabelKind[] = [
  "text",
  "rawtext",
  "url",
  "rfc3339",
  "spdx",
  "hash",
  "semver",
  "email",
];

type Entry = Parameters<KeyReader>[0];

/** Names of labels with the kind of value that each has; hadolint's `label-schema` has the same form. */
export function labelsOf(entry: Entry, complain: Complain): Readonly<Record<string, LabelKind>> {
  const labels: Record<string, LabelKind> = {};
  for (const { key, value } of entriesIn(entry, complain)) {
    const kind =
      value === undefined || textOf(value)?.text === ""
        ? "text"
        : oneOf(value, labelKinds, complain, "configuration-value", key);
    if (kind) labels[key.value] = kind;
  }
  return labels;
}

/** The choice that a scalar is, or a complaint. YAML's `off` is a text in version 1.2; 1.1's tools write it as `false`. */
export function oneOf<T extends string>(
  node: Entry["value"],
  choices: readonly T[],
  complain: Complain,
  code: string,
  key: Entry["key"],
): T | undefined {
  const text = textOf(node)?.text;
  const found = choices.find((it) => it === text);
  if (found === undefined) {
    const written = text === undefined ? "This" : `"${text}"`;
    const message = `${written} is no value of \`${key.value}\`: it is one of ${choices.join(", ")}.`;
    complain(code, message, node?.span ?? key.span);
  }
  return found;
}
