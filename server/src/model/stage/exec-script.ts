import { type Instruction, notedOnInstruction } from "../../syntax/dockerfile/tree.ts";
import { type Command, emptyScript, type Script, type ShellWord } from "../../syntax/shell/script.ts";
import { documentShell } from "./script-text.ts";

/** Exec form is one command without a shell: nothing is expanded. */
export const execScript = notedOnInstruction(readScript);

/** The call of the program that runs a here-document: the document itself is the script of the instruction. */
export const documentCall = notedOnInstruction((instruction): Script | undefined => {
  const { words, span } = documentShell(instruction) ?? {};
  return words && span ? callOf([{ raw: words[0], span }]) : undefined;
});

function readScript(instruction: Instruction): Script {
  return callOf(instruction.exec ?? []);
}

function callOf(said: readonly Pick<ShellWord, "raw" | "span">[]): Script {
  const [name, ...words] = said.map(
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
