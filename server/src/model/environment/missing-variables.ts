import type { EnvironmentModel, VariableUse } from "./environment-model.ts";
import { isComposeSetting } from "./known-variables.ts";
import { isOfEveryShell } from "./shell-variables.ts";

/** A variable that Compose files use and the environment file does not set. */
export interface MissingVariable {
  readonly name: string;
  readonly uses: readonly VariableUse[];
  /** What all uses take without it, where they agree and it is plain text. */
  readonly default: string | undefined;
}

/** In the order in which the Compose files use them; none for a file that sets no variables for them. */
export function missingVariables({ file, uses }: EnvironmentModel): readonly MissingVariable[] {
  const set = new Set(file.entries.map((it) => it.name));
  return [...uses].flatMap(([name, places]) => {
    if (set.has(name) || isComposeSetting(name) || isOfEveryShell(name)) return [];
    const defaults = new Set(places.map((it) => it.default));
    const [only] = defaults;
    const isPlain = defaults.size === 1 && only !== undefined && !only.includes("$");
    return [{ name, uses: places, default: isPlain ? only : undefined }];
  });
}
