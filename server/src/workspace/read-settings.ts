import { readPlimsollConfiguration } from "../rules/configuration/read-plimsoll.ts";
import { noSettings, type Settings } from "./settings.ts";

/** Settings with the keys of `.plimsoll.yaml` that they mirror. How a check fails is the command line's alone. */
const keys: Readonly<Record<string, string>> = {
  rules: "rules",
  allRules: "all-rules",
  trustedRegistries: "trusted-registries",
  labels: "labels",
  strictLabels: "strict-labels",
  buildArguments: "build-args",
  ignore: "ignore",
};

/** Reads the `plimsoll` section as an editor hands it over: any value is settings, what is not understood is listed. */
export function readSettings(section: unknown): Settings {
  if (!isRecord(section)) return noSettings;
  const known = Object.entries(keys).flatMap(([setting, key]) => {
    const value = section[setting];
    return value === undefined || value === null ? [] : [[key, value]];
  });
  if (known.length === 0) return noSettings;
  // JSON is YAML, so that a setting and its key in a file cannot be read in two ways.
  const { configuration, problems } = readPlimsollConfiguration(JSON.stringify(Object.fromEntries(known)));
  return { configuration, invalid: problems.map((it) => `The settings of Plimsoll: ${it.message}`) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
