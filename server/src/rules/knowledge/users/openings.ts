import { targetFolder } from "../../../model/stage/copy-target.ts";
import { isWithin, resolvePath } from "../../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import { stagesDownFrom } from "../../../model/stage/stage-graph.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command } from "../../../syntax/shell/script.ts";

/** A place where an instruction may let others write, or give it away. */
interface Opening {
  readonly instruction: Instruction;
  /** With all that is below; `/` where it is not known. */
  readonly path: string;
  /** Given to another owner; else the mode says who may write. */
  readonly isGiven: boolean;
}

/** May something in front of an instruction have let others write to a directory, by its mode? In this stage alone. */
export function mayBeOpened(path: string, instruction: Instruction, stage: Stage): boolean {
  return openings(stage).some((it) => !it.isGiven && concerns(it, path, instruction));
}

/** The same of stages below as well, and by another owner too. */
export function mayBeOthers(path: string, instruction: Instruction, stage: Stage): boolean {
  for (const it of stagesDownFrom(stage))
    if (openings(it).some((opening) => concerns(opening, path, instruction))) return true;
  return false;
}

function concerns({ instruction: by, path: at }: Opening, path: string, instruction: Instruction): boolean {
  return by.span.start <= instruction.span.start && isWithin(path, at);
}

const openings = notedOnStage((stage): readonly Opening[] =>
  stage.instructions.flatMap((instruction): readonly Opening[] => {
    const { name, flags } = instruction;
    if (name === "COPY" || name === "ADD") {
      const isOpen = flags.some((it) => it.name === "chmod" || it.name === "link");
      if (!isOpen && !flags.some((it) => it.name === "chown")) return [];
      return [{ instruction, path: targetFolder(instruction, stage) ?? "/", isGiven: !isOpen }];
    }
    const { commands } = (name === "RUN" && stage.commandsOf(instruction)) || { commands: [] };
    if (!commands.some((it) => OPENS.has(it.name?.literal ?? ""))) return [];
    const { workdir } = stage.before(instruction);
    const moves = commands.some((it) => it.name?.literal === "cd");
    const from = workdir.known && !moves ? workdir.value : undefined;
    return commands.flatMap((it) => openedBy(it, from).map((opened) => ({ instruction, ...opened })));
  }),
);

function openedBy(
  { name, arguments: words }: Command,
  from: string | undefined,
): Omit<Opening, "instruction">[] {
  const program = name?.literal ?? "";
  if (!OPENS.has(program)) return [];
  if (program === "mkdir" && !words.some((it) => /^-\w*m|^--mode/.test(it.literal ?? it.raw))) return [];
  if (program === "umask") return [{ path: "/", isGiven: false }];
  const operands = words.filter((it) => !it.raw.startsWith("-"));
  const isGiven = program === "chown" || program === "chgrp";
  return (isGiven || program === "chmod" ? operands.slice(1) : operands).map(({ literal }) => ({
    path: (literal !== undefined && resolvePath(from, literal)) || "/",
    isGiven,
  }));
}

const OPENS: ReadonlySet<string> = new Set([
  "chmod",
  "chown",
  "chgrp",
  "setfacl",
  "install",
  "mkdir",
  "umask",
]);
