import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import type { Stage } from "../model/stage/stage.ts";
import type { Instruction, Pair } from "../syntax/dockerfile/tree.ts";
import { type Span, span } from "../text/span.ts";
import { lineage } from "./stage-lineage.ts";

/** A variable that can be used at some place, with the declaration that counts there. */
export interface Variable {
  readonly name: string;
  readonly declaredBy: "ARG" | "ENV";
  /** As written, quotes taken off; undefined when it has none. */
  readonly value: string | undefined;
  readonly pair: Pair;
  readonly instruction: Instruction;
  /** The stage that declares it; undefined before the first FROM. */
  readonly stage: Stage | undefined;
}

/**
 * The variables that an instruction at `offset` sees. A FROM sees the arguments before the first one; a stage sees its
 * own and those of the stages it is built from. A later declaration hides an earlier one, and ENV goes before ARG.
 */
export function variablesAt(model: DockerfileModel, offset: number): Variable[] {
  const globals = globalArguments(model);
  const stage = model.stages.findLast((it) => it.from.keyword.start <= offset);
  if (!stage || offset <= stage.from.span.end) {
    return [...newest(globals.filter((it) => it.instruction.keyword.start < offset)).values()];
  }
  const declared = lineage(stage).flatMap((one) =>
    one.instructions
      .filter((it) => it.keyword.start < offset && it.span.end < offset)
      .flatMap((instruction) => declarations(instruction, one)),
  );
  const defaults = newest(globals);
  return [...newest(declared).values()].map((it) =>
    it.declaredBy === "ARG" && it.value === undefined ? { ...it, value: defaults.get(it.name)?.value } : it,
  );
}

/** The arguments before the first FROM. */
export function globalArguments(model: DockerfileModel): Variable[] {
  const first = model.stages[0]?.from.keyword.start ?? model.file.text.length;
  return model.file.instructions
    .filter((it) => it.name === "ARG" && it.keyword.start < first)
    .flatMap((it) => declarations(it, undefined));
}

/** What one ARG or ENV declares; `stage` is undefined for an ARG in front of the first FROM. */
export function declarations(instruction: Instruction, stage: Stage | undefined): Variable[] {
  if (instruction.name !== "ARG" && instruction.name !== "ENV") return [];
  const declaredBy = instruction.name;
  return instruction.pairs.map((pair) => ({
    name: pair.name.raw,
    declaredBy,
    value: pair.value && withoutQuotes(pair.value.raw),
    pair,
    instruction,
    stage,
  }));
}

function newest(variables: readonly Variable[]): Map<string, Variable> {
  const byName = new Map<string, Variable>();
  for (const variable of variables) {
    const before = byName.get(variable.name);
    if (variable.declaredBy === "ARG" && before?.declaredBy === "ENV") continue;
    byName.set(variable.name, variable);
  }
  return byName;
}

export interface VariableUse {
  readonly name: string;
  /** The name alone. */
  readonly span: Span;
}

/** The `$NAME` or `${NAME…}` around an offset of an instruction that expands variables. */
export function variableUseAt(
  instruction: Instruction,
  text: string,
  offset: number,
  escapeCharacter: string,
): VariableUse | undefined {
  const start = Math.max(instruction.span.start, offset - longestName);
  const near = text.slice(start, Math.min(instruction.span.end, offset + longestName));
  for (const match of near.matchAll(/\$(\{?)([A-Za-z_]\w*)/g)) {
    const [all, brace = "", name = ""] = match;
    const from = start + match.index;
    if (text[from - 1] === escapeCharacter) continue;
    const nameStart = from + 1 + brace.length;
    if (from <= offset && offset <= from + all.length)
      return { name, span: span(nameStart, nameStart + name.length) };
  }
  return undefined;
}

const longestName = 200;

function withoutQuotes(raw: string): string {
  return /^"(.*)"$/s.exec(raw)?.[1] ?? /^'(.*)'$/s.exec(raw)?.[1] ?? raw;
}
