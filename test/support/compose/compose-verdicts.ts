import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A Compose file of its own, and whether `docker compose config` 2.40.3 takes it. */
export interface ComposeVerdict {
  readonly name: string;
  readonly takes: boolean;
  readonly text: string;
}

/** Small files on the corners of the specification, recorded 2026-11: `=== takes: name` or `=== refuses: name`, then the text. */
export function composeVerdicts(): readonly ComposeVerdict[] {
  const file = fileURLToPath(new URL("../../fixtures/compose/verdicts.txt", import.meta.url));
  const [, ...cases] = readFileSync(file, "utf8").split(/^=== /m);
  return cases.map((it) => {
    const end = it.indexOf("\n");
    const [verdict = "", name = ""] = it.slice(0, end).split(": ");
    return { name, takes: verdict === "takes", text: it.slice(end + 1) };
  });
}
