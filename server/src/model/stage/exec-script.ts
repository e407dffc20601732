import { type Instruction, notedOnInstruction } from "../../syntax/dockerfile/tree.ts";
import { type Command, emptyScript, type Script, type ShellWord } from "../../syntax/shell/script.ts";

/** Exec form is one command without a shell: nothing is expanded. */
export const execScript = notedOnInstruction(readScript);

function readScript(instruction: Instruction): Script {
  const [name, ...words] = (instruction.exec ?? []).map(
    ({ raw, span }): ShellWord => ({ raw, literal: raw, variables: [], span }),
  );
  if (!name) return emptyScript(true);
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
    notes: [],
  };
  return { commands: [command], complete: true, hasPipe: false, functions: [], notes: [] };
}
