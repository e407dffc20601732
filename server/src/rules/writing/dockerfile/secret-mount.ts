import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import type { Instruction, Pair } from "../../../syntax/dockerfile/tree.ts";
import { insert, type TextEdit } from "../../../text/edit.ts";
import { mayReadEnvironment } from "../../knowledge/commands/own-variables.ts";
import { readsSyntax } from "../../knowledge/instructions/frontend.ts";
import type { Fix } from "../../rule.ts";
import { holdsComment, removeLines } from "./lines.ts";

/**
 * A secret mount for each RUN that uses the argument, in place of the argument. Not where something that does not name
 * the argument may read it: stages built on this one, scripts, builds.
 */
export function mountInstead(
  { name: { raw: name }, value }: Pair,
  argument: Instruction,
  stage: Stage,
): Fix[] {
  const { file, stages } = stage.model;
  const isBuiltOn = stages.some((it) => it.base.kind === "stage" && it.base.stage === stage);
  if (!readsSyntax(file, FIRST_WITH_ENV) || isBuiltOn) return [];
  if (value || argument.pairs.length > 1 || holdsComment(file, argument.span)) return [];
  const isBelow = (it: Instruction) => it.span.start > argument.span.start;
  const uses = (namedIn(stage).get(name) ?? []).filter(isBelow);
  const isOnlyInRuns =
    uses.length > 0 && uses.every((it) => it.name === "RUN" && usesInScript(name, it, stage));
  const readers = environmentReaders(stage);
  const reader = isOnlyInRuns ? readers.findLast((it) => !uses.includes(it)) : undefined;
  if (!isOnlyInRuns || (reader && isBelow(reader))) return [];
  const mount = ` --mount=type=secret,id=${name.toLowerCase()},env=${name}`;
  return [
    {
      kind: "unsafe",
      title: "Use a secret mount",
      edits: [removeLines(file, argument), ...uses.map((it): TextEdit => insert(it.keyword.end, mount))],
    },
  ];
}

/** By each `$NAME` and `${NAME` of a stage: the instructions that hold it. */
const namedIn = notedOnStage(({ instructions, model }): ReadonlyMap<string, Instruction[]> => {
  const named = new Map<string, Instruction[]>();
  for (const instruction of instructions) {
    const { start, end } = instruction.span;
    for (const [, name = ""] of model.file.text.slice(start, end).matchAll(/\$\{?(\w+)/g)) {
      const holders = named.get(name);
      if (!holders) named.set(name, [instruction]);
      else if (holders.at(-1) !== instruction) holders.push(instruction);
    }
  }
  return named;
});

function usesInScript(name: string, run: Instruction, stage: Stage): boolean {
  const commands = stage.scriptOf(run)?.commands ?? [];
  return commands.some((it) => it.arguments.some((word) => word.variables.includes(name)));
}

const environmentReaders = notedOnStage((stage) =>
  stage.instructions.filter((it) => it.name === "RUN" && mayReadEnvironment(it, stage)),
);

/** `env=` of a secret mount came with Dockerfile syntax 1.10 (release notes of docker/dockerfile). */
const FIRST_WITH_ENV = 10;
