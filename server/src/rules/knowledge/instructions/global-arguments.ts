import { notedOnModel } from "../../../model/stage/dockerfile-model.ts";
import { notedOnStage } from "../../../model/stage/stage.ts";
import type { Instruction, Pair } from "../../../syntax/dockerfile/tree.ts";

/** Each ARG name that the file declares in front of its first FROM; the last declaration of a name counts. */
export const globalDeclarations = notedOnModel(({ file, stages }): ReadonlyMap<string, Pair> => {
  const first = stages[0]?.from.span.start ?? file.text.length;
  const found = new Map<string, Pair>();
  for (const instruction of file.instructions) {
    if (instruction.span.start >= first) break;
    if (instruction.name === "ARG") for (const pair of instruction.pairs) found.set(pair.name.raw, pair);
  }
  return found;
});

/** Arguments that can be given without an ARG (Dockerfile reference, "Predefined ARGs"). */
export function isPredefined(name: string): boolean {
  return /^(?:(?:https?|ftp|no|all)_proxy|(?:HTTPS?|FTP|NO|ALL)_PROXY)$/.test(name);
}

/** For each name that ARG and ENV of a stage set, the first that does. */
export const firstDeclarations = notedOnStage(({ instructions }): ReadonlyMap<string, Instruction> => {
  const found = new Map<string, Instruction>();
  for (const instruction of instructions) {
    if (instruction.name !== "ARG" && instruction.name !== "ENV") continue;
    for (const { name } of instruction.pairs) if (!found.has(name.raw)) found.set(name.raw, instruction);
  }
  return found;
});

/** Is it an ARG or ENV of this variable? */
export function declares({ name, pairs }: Instruction, variable: string): boolean {
  return (name === "ARG" || name === "ENV") && pairs.some((it) => it.name.raw === variable);
}
