import type { Severity } from "../rule.ts";
import {
  type Configuration,
  type FailureLimit,
  noConfiguration,
  type ReadConfiguration,
} from "./configuration.ts";
import { knownName } from "./names.ts";
import { labelsOf, oneOf } from "./read-plimsoll.ts";
import {
  booleanOf,
  type Complain,
  entriesIn,
  type KeyReader,
  type PlacedText,
  readMapping,
  textsOf,
  unknownName,
} from "./yaml-values.ts";

/**
 * Reads a `.hadolint.yaml`: hadolint's own names and values (README and `Config/Configuration.hs`, read 2026-11). Its rules
 * are aliases of ours, and those that we have no rule for are taken without a word. `style` is our `hint`. Never fails.
 */
export function readHadolintConfiguration(text: string): ReadConfiguration {
  const severities: Record<string, Severity | "off"> = {};
  const draft: { -readonly [Key in keyof Configuration]: Configuration[Key] } = {
    ...noConfiguration,
    severities,
  };
  const set = (names: readonly PlacedText[], severity: Severity | "off", complain: Complain) => {
    for (const name of names) {
      const rule = ruleOf(name, complain);
      // What is ignored stays so, whatever `override` says of it.
      if (rule !== undefined && severities[rule] !== "off") severities[rule] = severity;
    }
  };
  let noFail = false;
  const taken: KeyReader = () => {};
  const problems = readMapping(
    text,
    {
      ignored: (entry, complain) => set(textsOf(entry, complain), "off", complain),
      override(entry, complain) {
        for (const list of entriesIn(entry, complain)) {
          const level = list.key.value;
          if (Object.hasOwn(levels, level) && levels[level])
            set(textsOf(list, complain), levels[level], complain);
          else
            complain(
              "configuration-severity",
              unknownName(`no severity \`${level}\``, level, Object.keys(levels)),
              list.key.span,
            );
        }
      },
      trustedRegistries(entry, complain) {
        draft.trustedRegistries = textsOf(entry, complain, "allowed").map((it) => it.text);
      },
      "label-schema"(entry, complain) {
        draft.labels = labelsOf(entry, complain);
      },
      "strict-labels"(entry, complain) {
        draft.strictLabels = booleanOf(entry, complain);
      },
      "failure-threshold"(entry, complain) {
        const threshold = oneOf(entry.value, thresholds, complain, "configuration-severity", entry.key);
        draft.failOn = threshold && limits[threshold];
      },
      "no-fail"(entry, complain) {
        noFail = booleanOf(entry, complain) ?? false;
      },
      "disable-ignore-pragma"(entry, complain) {
        const disabled = booleanOf(entry, complain);
        draft.ignoreComments = disabled === undefined ? undefined : !disabled;
      },
      // How hadolint prints is its own affair.
      format: taken,
      "no-color": taken,
      verbose: taken,
    },
    "ignored:",
  );
  if (noFail) draft.failOn = "never";
  return { configuration: draft, problems };
}

/** hadolint's severities, as ours. */
export const levels: Readonly<Record<string, Severity>> = {
  error: "error",
  warning: "warning",
  info: "info",
  style: "hint",
};

export const thresholds = ["error", "warning", "info", "style", "ignore", "none"] as const;

/** hadolint's `ignore` is a level below `style`, which no finding of ours has. */
const limits: Readonly<Record<(typeof thresholds)[number], FailureLimit>> = {
  error: "error",
  warning: "warning",
  info: "info",
  style: "hint",
  ignore: "hint",
  none: "never",
};

function ruleOf({ text, span }: PlacedText, complain: Complain): string | undefined {
  if (/^(?:DL|SC)\d{4}$/i.test(text)) return knownName(text) ?? text.toUpperCase();
  const where = knownName(text) === undefined ? "" : " It can be set in `.plimsoll.yaml`.";
  complain(
    "configuration-rule",
    `\`${text}\` is no rule of hadolint: they are DL and SC with four digits.${where}`,
    span,
  );
  return undefined;
}
