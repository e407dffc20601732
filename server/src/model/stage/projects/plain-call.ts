import type { Call } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";

/** Words of a call, where all are known, and the directory that they are seen from. */
export interface Plain {
  readonly words: readonly string[];
  readonly directory: string;
}

function plainCall(call: Call): Plain | undefined {
  const words = call.words.flatMap((it) => it ?? []);
  return call.directory === undefined || words.length !== call.words.length
    ? undefined
    : { words, directory: call.directory };
}

/**
 * Runs a tool whose words are all known; it gives false for a call that may do anything else, or what `otherwise` says.
 */
export function runPlain(
  call: Call,
  changes: Changes,
  run: (plain: Plain) => boolean,
  otherwise = () => changes.mayDoAnything(),
): void {
  const plain = plainCall(call);
  if (!plain || !run(plain)) otherwise();
}
