import { readPlimsollConfiguration } from "../../rules/configuration/read-plimsoll.ts";
import { isObject } from "../../text/json.ts";
import { noSettings, type Settings, usualShellcheck } from "./settings.ts";

/** Settings with the keys of `.plimsoll.yaml` that they mirror. How a check fails is the command line's alone. */
const keys: Readonly<Record<string, string>> = {
  rules: "rules",
  allRules: "all-rules",
  trustedRegistries: "trusted-registries",
  labels: "labels",
  strictLabels: "strict-labels",
  buildArguments: "build-args",
  ignore: "ignore",
  sizeBudget: "size-budget",
};

/** Reads the `plimsoll` section as an editor hands it over: any value is settings, what is not understood is listed. */
export function readSettings(section: unknown): Settings {
  if (!isObject(section)) return noSettings;
  const known = Object.entries(keys).flatMap(([setting, key]) => {
    const value = section[setting];
    return value === undefined || value === null ? [] : [[key, value]];
  });
  const shellcheck = shellcheckOf(section["shellcheck"]);
  const { sizes, compose } = section;
  const estimates = !(isObject(sizes) && sizes["estimate"] === false);
  const composeInlayHints = !(isObject(compose) && compose["inlayHints"] === false);
  const composeLists = listsOf(isObject(compose) ? compose["listIndentation"] : undefined);
  const own = { shellcheck, estimates, composeInlayHints, composeLists };
  if (known.length === 0) {
    const isUsual =
      shellcheck === noSettings.shellcheck && estimates && composeInlayHints && composeLists === "auto";
    return isUsual ? noSettings : { ...noSettings, ...own };
  }
  // JSON is YAML, so that a setting and its key in a file cannot be read in two ways.
  const { configuration, problems } = readPlimsollConfiguration(JSON.stringify(Object.fromEntries(known)));
  return {
    configuration,
    ...own,
    invalid: problems.map((it) => `The settings of Plimsoll: ${it.message}`),
  };
}

function listsOf(value: unknown): Settings["composeLists"] {
  return value === "indented" || value === "flush" ? value : "auto";
}

/** `plimsoll.shellcheck.enabled` and `.path`. */
function shellcheckOf(value: unknown): string | undefined {
  const { enabled = true, path } = isObject(value) ? value : {};
  if (enabled === false) return undefined;
  return typeof path === "string" && path.trim() !== "" ? path.trim() : usualShellcheck;
}
