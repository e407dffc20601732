import { type Known, known, notKnown } from "../../known.ts";
import type { Changes } from "../contents/changes.ts";
import type { Call } from "./command-family.ts";

/** A variable as go sees it: the environment's, and where that has none what `go env -w` has set (go help env). */
export function goVariable(call: Call, name: string): Known<string> {
  const set = call.variable(name);
  if (!set.known || set.value !== "") return set;
  const { goSettings } = call.memory;
  const key = goSettings.has(name) ? name : ANY;
  if (!goSettings.has(key)) return set;
  const value = goSettings.get(key);
  return value === undefined ? notKnown({ message: `go env -w may set ${name}` }) : known(value);
}

/** Under it stands that something was set of which not even the name is known. */
const ANY = "";

/** `go env -w NAME=VALUE …` sets for all later commands, `go env -u NAME …` takes it back. */
export function setGoVariables(call: Call, changes: Changes): void {
  const { goSettings } = call.memory;
  const [, option, ...words] = call.words;
  for (const [at, word] of words.entries()) {
    // `GOPROXY=$PROXY`: the name is known, its value is not.
    const written = word ?? call.arguments[at + 2]?.raw ?? "";
    const [, name, value] = /^([A-Z][A-Z0-9_]*)(?:=(.*))?$/s.exec(written) ?? [];
    if (name === undefined) {
      goSettings.clear();
      goSettings.set(ANY, undefined);
    } else {
      const isKnown = changes.certain && word !== undefined;
      goSettings.set(name, isKnown ? (option === "-w" ? value : "") : undefined);
    }
  }
}
