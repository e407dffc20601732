import { checkOptionsIn } from "../directives.ts";
import type { Directive } from "../tree.ts";
import { isBoolean } from "./booleans.ts";
import type { Report } from "./report.ts";

const OPTIONS: ReadonlySet<string> = new Set(["skip", "error", "experimental"]);

/** Reports a `check` directive that BuildKit cannot read: `skip=A,B;error=true;experimental=all` in any order. */
export function checkDirectives(directives: readonly Directive[], report: Report): void {
  const check = directives.find((it) => it.name === "check");
  const options = check ? checkOptionsIn(check.value) : "";
  if (!check || options.trim() === "") return;
  for (const option of options.split(";")) {
    const equals = option.indexOf("=");
    const name = option.slice(0, Math.max(equals, 0)).trim();
    const valid = OPTIONS.has(name) && (name !== "error" || isBoolean(option.slice(equals + 1).trim()));
    if (valid) continue;
    const message =
      option.trim() === ""
        ? "An option is missing beside `;`: a check directive is read up to its first blank."
        : `\`${option.trim()}\` is no option of a check directive: they are \`skip=…\`, \`error=true\` and \`experimental=…\`.`;
    report("invalid-check-directive", message, check.valueSpan);
    return;
  }
}
