import { nearestName } from "../../../text/nearest-name.ts";
import { readFields } from "../flag-fields.ts";
import type { Flag } from "../tree.ts";
import { isBoolean } from "./booleans.ts";
import { checkMount } from "./mounts.ts";
import type { Check, Report } from "./report.ts";

export const checkRun: Check = ({ flags }, { report }, escapeCharacter) => {
  for (const flag of flags) {
    if (flag.value === undefined) continue;
    if (flag.name === "mount" && checkFields(flag, report)) checkMount(flag, report, escapeCharacter);
    if (flag.name === "device" && checkFields(flag, report)) checkDevice(flag, report);
    if (flag.name === "network") checkChoice(flag, ["default", "none", "host"], report);
    if (flag.name === "security") checkChoice(flag, ["sandbox", "insecure"], report);
  }
};

function checkFields(flag: Flag, report: Report): boolean {
  const { name, value = "" } = flag;
  // Only quotes can be wrong.
  if (!value.includes('"')) return true;
  const { valueSpan, span } = flag;
  const { valid } = readFields(value, () => span);
  if (!valid)
    report(
      "invalid-flag-fields",
      `The quotes in \`--${name}\` do not fit comma-separated fields.`,
      valueSpan ?? span,
    );
  return valid;
}

function checkChoice(flag: Flag, choices: readonly string[], report: Report): void {
  const { name, value = "" } = flag;
  if (choices.includes(value)) return;
  const { valueSpan, span } = flag;
  const message = `\`--${name}\` is one of ${choices.map((it) => `\`${it}\``).join(", ")}.`;
  report("invalid-flag-value", message, valueSpan ?? span, nearestName(value, choices));
}

/** `--device=vendor.com/device=name,required`; the first field that is no other one is the device's name. */
function checkDevice({ fields }: Flag, report: Report): void {
  let named = false;
  for (const { name, value, span, valueSpan } of fields) {
    if (name === "required") {
      if (value === undefined || isBoolean(value)) continue;
      report("invalid-flag-value", "`required` is either `true` or `false`.", valueSpan ?? span);
    } else if (value !== undefined && name === "name") {
      if (named) report("duplicate-device-name", "The device is named already.", span);
      named = true;
    } else if (!named) named = true;
    else if (value === undefined)
      report("field-without-value", `\`${name}\` needs a value: \`${name}=…\`.`, span);
    else
      report(
        "unknown-device-field",
        `\`--device\` has no field \`${name}\`.`,
        span,
        nearestName(name, ["name", "required"]),
      );
  }
}
