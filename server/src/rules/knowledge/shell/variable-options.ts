import type { StageState } from "../../../model/stage/state.ts";
import type { Command } from "../../../syntax/shell/script.ts";

/**
 * The words that variables without quotes stand for, as `$PIP_OPTIONS` in `pip install $PIP_OPTIONS flask`: a shell splits them, and
 * they may be options. `before`: what is known where the command starts.
 *
 * Undefined where a variable may hold options that are not known: its name says that it holds some, and nothing says which.
 */
export function wordsOfVariables(
  { arguments: words }: Command,
  before: Pick<StageState, "variable">,
): string[] | undefined {
  const found: string[] = [];
  for (const { literal, raw, variables } of words) {
    if (literal !== undefined || !raw.startsWith("$")) continue;
    const name = PLAIN.exec(raw)?.[1];
    const value = name === undefined ? undefined : before.variable(name);
    if (value?.known) found.push(...value.value.split(/\s+/).filter((it) => it !== ""));
    else if (variables.some((it) => OPTIONS.test(it))) return undefined;
  }
  return found;
}

const PLAIN = /^\$\{?(\w+)\}?$/;

/** `WGET_ARGS`, `CURL_OPTS`, `pip_flags`. */
const OPTIONS = /(?:^|_|[a-z])(?:arg|opt|option|flag|param)s?$/i;
