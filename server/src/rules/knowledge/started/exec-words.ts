import { baseName } from "../../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import { isEntrypointScript } from "../../../model/stage/started/entrypoint-script.ts";
import type { Instruction, Word } from "../../../syntax/dockerfile/tree.ts";

/** An exec form of a stage. */
export interface ExecForm {
  readonly instruction: Instruction;
  /** The instruction that holds the words: the one behind HEALTHCHECK, or the instruction itself. */
  readonly command: Instruction;
  readonly words: readonly Word[];
  /** True where its first word is certainly the program that is started, and no entrypoint gets it as an argument. */
  readonly startsProgram: boolean;
}

/** Every RUN, CMD, ENTRYPOINT and HEALTHCHECK CMD in exec form. */
export const execForms = notedOnStage((stage): readonly ExecForm[] => {
  const forms: ExecForm[] = [];
  for (const instruction of stage.instructions) {
    const command = instruction.name === "HEALTHCHECK" ? instruction.inner : instruction;
    if (command?.name !== "RUN" && command?.name !== "CMD" && command?.name !== "ENTRYPOINT") continue;
    const words = command.exec;
    if (!words) continue;
    const startsProgram = instruction.name !== "CMD" || isStarted(stage);
    forms.push({ instruction, command, words, startsProgram });
  }
  return forms;
});

/** Without an entrypoint, or with one of an official image, which ends in `exec "$@"`. */
function isStarted({ result: { entrypoint } }: Stage): boolean {
  if (!entrypoint.known) return false;
  if (!entrypoint.value) return true;
  const { instruction, words } = entrypoint.value;
  return instruction === undefined && words.length === 1 && isEntrypointScript(words[0]?.raw ?? "");
}

/** Does one of the words call a shell or another interpreter with a script behind it, as `sh -c …` does? */
export function callsInterpreter(words: readonly Word[]): boolean {
  return words.some(({ raw }, index) => {
    const name = baseName(raw.replaceAll("\\", "/"))
      .toLowerCase()
      .replace(/\.exe$/, "");
    if (INTERPRETERS.has(name)) return true;
    return /^-(\w*c|e|r|-eval|-command|-execute)$/i.test(raw) && index > 0;
  });
}

const INTERPRETERS: ReadonlySet<string> = new Set(
  (
    "sh bash ash dash zsh ksh fish busybox pwsh powershell cmd execlineb eval envsubst awk gawk sed perl make ssh su runuser " +
    "envplate confd gomplate dockerize jq xargs find s6-envdir with-contenv chamber doppler aws-vault op infisical"
  ).split(" "),
);
