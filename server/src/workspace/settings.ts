import type { Severity } from "../rules/rule.ts";

/** What the user set under `plimsoll`. */
export interface Settings {
  /** Severity by rule, alias or code. */
  readonly severities: Readonly<Record<string, Severity | "off">>;
  /** Entries that say nothing that is understood, for a message. */
  readonly invalid: readonly string[];
}

export const noSettings: Settings = { severities: {}, invalid: [] };

/** Reads the `plimsoll` section as an editor hands it over: any value is settings, what is not understood is listed. */
export function readSettings(section: unknown): Settings {
  const { rules } = isRecord(section) ? section : {};
  if (!isRecord(rules)) return noSettings;
  const severities: Record<string, Severity | "off"> = {};
  const invalid: string[] = [];
  for (const [rule, value] of Object.entries(rules)) {
    if (isSeverity(value)) severities[rule] = value;
    else
      invalid.push(
        `plimsoll.rules: "${rule}" is ${JSON.stringify(value)}, not one of ${severityNames.join(", ")}.`,
      );
  }
  return { severities, invalid };
}

const severityNames = ["error", "warning", "info", "hint", "off"] as const;

function isSeverity(value: unknown): value is Severity | "off" {
  return severityNames.some((it) => it === value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
