import { rules } from "../../rules/all.ts";
import { budgetKeys, plimsollKeys, summaryOfName } from "../../rules/configuration/keys.ts";
import { severityNames } from "../../rules/configuration/names.ts";
import { levels, thresholds } from "../../rules/configuration/read-hadolint.ts";
import { failureLimits, labelKinds, severityChoices } from "../../rules/configuration/read-plimsoll.ts";
import { valueIn } from "../../text/value-in.ts";

/** What may stand at a place of a configuration file. */
export interface ConfigurationPlace {
  /** Keys with what they say; `undefined` where any may stand. */
  readonly keys?: Readonly<Record<string, string>>;
  /** What stands behind a key; `[]` is an entry of a list. */
  readonly behind?: (key: string) => ConfigurationPlace | undefined;
  /** Values with what they say, if there is anything to say. */
  readonly values?: Readonly<Record<string, string>>;
}

/** Which of the files that configure checks one is, by its name: one that is written in YAML. */
export function configurationPlaces(fileName: string): ConfigurationPlace | undefined {
  if (/^\.plimsoll\.ya?ml$/.test(fileName)) return plimsolls;
  return /^\.?hadolint\.ya?ml$/.test(fileName) ? hadolints : undefined;
}

/** The place that keys lead to; undefined where nothing is known of it. */
export function placeBehind(
  root: ConfigurationPlace,
  path: readonly string[],
): ConfigurationPlace | undefined {
  let place: ConfigurationPlace | undefined = root;
  for (const key of path) place = place?.behind?.(key);
  return place;
}

const booleans = { values: { true: "", false: "" } };
const severity = { values: saying(severityChoices) };
const budget = { keys: budgetKeys };

const plimsolls: ConfigurationPlace = {
  keys: plimsollKeys,
  behind: (key) => valueIn(behindPlimsolls, key),
};

const behindPlimsolls: Readonly<Record<string, ConfigurationPlace>> = {
  rules: { keys: saying(severityNames, summaryOfName), behind: () => severity },
  "all-rules": booleans,
  "strict-labels": booleans,
  labels: { behind: () => ({ values: saying(labelKinds) }) },
  "size-budget": { behind: () => budget },
  "fail-on": { values: saying(failureLimits) },
};

const hadolintRules: ConfigurationPlace = {
  behind: () => ({
    values: saying(
      rules.flatMap((it) => it.aliases).filter((it) => /^DL\d{4}$/.test(it)),
      summaryOfName,
    ),
  }),
};

const hadolints: ConfigurationPlace = {
  keys: {
    ignored: "Rules that are off.",
    override: "Rules by the severity that they get.",
    trustedRegistries: "Registries that FROM may name.",
    "label-schema": "Labels that an image has to have, with the kind of their value.",
    "strict-labels": "Report labels that are not in `label-schema`.",
    "failure-threshold": "Lowest severity that makes a check fail.",
    "no-fail": "A check never fails.",
    "disable-ignore-pragma": "Comments that ignore rules do not count.",
  },
  behind: (key) => valueIn(behindHadolints, key),
};

const behindHadolints: Readonly<Record<string, ConfigurationPlace>> = {
  ignored: hadolintRules,
  override: { keys: saying(Object.keys(levels)), behind: () => hadolintRules },
  "label-schema": { behind: () => ({ values: saying(labelKinds) }) },
  "strict-labels": booleans,
  "failure-threshold": { values: saying(thresholds) },
  "no-fail": booleans,
  "disable-ignore-pragma": booleans,
};

function saying(
  names: readonly string[],
  summary: (name: string) => string = () => "",
): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((it) => [it, summary(it)]));
}
