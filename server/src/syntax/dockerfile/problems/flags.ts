import { nearestName } from "../../../text/nearest-name.ts";
import { flagsOf } from "../known-flags.ts";
import type { Instruction } from "../tree.ts";
import type { Reports } from "./report.ts";

/** BuildKit looks at no flag of these: it takes any and does nothing with it. */
const IGNORES_FLAGS: ReadonlySet<string> = new Set(["ARG", "STOPSIGNAL"]);

/** Flags that the instruction does not know, has twice or without a value. */
export function checkFlags(instruction: Instruction, { report }: Reports): void {
  if (
    instruction.flags.length === 0 ||
    IGNORES_FLAGS.has(instruction.name) ||
    isDisabledHealthCheck(instruction)
  )
    return;
  const known = flagsOf(instruction.name);
  // Most have one flag at most.
  const seen = instruction.flags.length > 1 ? new Set<string>() : undefined;
  for (const flag of instruction.flags) {
    const { name, value } = flag;
    const kind = known.get(name);
    if (kind === undefined) {
      const suggestion = nearestName(name, known.keys());
      const hint = suggestion === undefined ? "" : ` Did you mean \`--${suggestion}\`?`;
      report(
        "unknown-flag",
        `${instruction.name} has no flag \`--${name}\`.${hint}`,
        flag.nameSpan,
        suggestion,
      );
      continue;
    }
    if (seen?.has(name) && kind !== "values") {
      report("duplicate-flag", `\`--${name}\` can be given only once.`, flag.span);
      continue;
    }
    seen?.add(name);
    if (kind !== "switch") {
      if (value === undefined)
        report("flag-without-value", `\`--${name}\` needs a value: \`--${name}=…\`.`, flag.span);
    } else if (value === "") {
      report("flag-without-value", `\`--${name}=\` needs \`true\` or \`false\`.`, flag.span);
    } else if (value !== undefined && !/^(true|false)$/i.test(value)) {
      report(
        "flag-not-boolean",
        `\`--${name}\` is either \`true\` or \`false\`.`,
        flag.valueSpan ?? flag.span,
      );
    }
  }
}

function isDisabledHealthCheck(instruction: Instruction): boolean {
  return instruction.name === "HEALTHCHECK" && instruction.words[0]?.raw.toUpperCase() === "NONE";
}
