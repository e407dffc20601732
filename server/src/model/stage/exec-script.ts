import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script, ShellWord } from "../../syntax/shell/script.ts";

/** Exec form is one command without a shell: nothing is expanded. */
export function execScript(instruction: Instruction): Script {
  const known = scripts.get(instruction);
  if (known) return known;
  const script = readScript(instruction);
  scripts.set(instruction, script);
  return script;
}

/** Kept, since many rules ask for the same command. */
const scripts = new WeakMap<Instruction, Script>();

function readScript(instruction: Instruction): Script {
  const [name, ...words] = (instruction.exec ?? []).map(
    ({ raw, span }): ShellWord => ({ raw, literal: raw, variables: [], span }),
  );
  if (!name) return { commands: [], complete: true, hasPipe: false, functions: [] };
  const command: Command = {
    name,
    arguments: words,
    assignments: [],
    redirections: [],
    span: { start: name.span.start, end: (words.at(-1) ?? name).span.end },
    after: "first",
    conditional: false,
    mayFail: false,
    subshell: false,
    background: false,
  };
  return { commands: [command], complete: true, hasPipe: false, functions: [] };
}
