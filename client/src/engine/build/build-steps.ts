import type { StageInfo } from "../../shared/server-messages.ts";
import type { BuildStep } from "./build-types.ts";

/** What of the server's answer about a Dockerfile is needed to find a step in it. */
export type StageLines = Pick<StageInfo, "index" | "name" | "base" | "line" | "endLine" | "chain">;

/** An instruction that a step stands for. Lines as in StageInfo, from 0. */
export interface StepPlace {
  readonly line: number;
  readonly endLine: number;
}

/** BuildKit numbers these and, where the base is an image, FROM (frontend/dockerfile/dockerfile2llb of moby/buildkit, read 2026-11). */
const numbered = new Set(["RUN", "COPY", "ADD", "WORKDIR"]);

/**
 * Reads the name that BuildKit gives a step: `[builder 3/5] RUN go build`, `[stage-0 1/2] FROM …`, `[ 2/10] RUN …`,
 * `[linux/amd64 builder 2/3] …`, `[linux/arm64->linux/amd64 builder 2/3] …`, `[internal] load build context`.
 */
export function readStepName(id: string, name: string): BuildStep {
  const bracket = /^\[([^\]]*)\] ?(.*)$/s.exec(name);
  const where = /^(?:(?:.* )?(\S+) +|\s*)(\d+)\/(\d+)$/.exec(bracket?.[1] ?? "");
  const step = { id, name, instruction: bracket?.[2] ?? name };
  if (!where) return { ...step, stage: undefined, position: undefined, of: undefined };
  const [, word, position, of] = where;
  // A single stage has no name; then a platform may stand where the stage would.
  const stage = word === undefined || word.includes("/") ? "stage-0" : word;
  return { ...step, stage, position: Number(position), of: Number(of) };
}

/** Reads the classic builder's `Step 4/17 : RUN x`, and Podman's `[1/3] STEP 5/10: RUN x`. Undefined for any other line. */
export function readClassicStep(line: string): BuildStep | undefined {
  const match = /^(?:\[(\d+)\/\d+\] )?step (\d+)\/(\d+) ?: (.*)$/is.exec(line.trimEnd());
  if (!match) return undefined;
  const [, stage, position, of, instruction = ""] = match;
  return {
    id: `${stage ?? ""}:${position}`,
    name: match[0],
    stage: stage === undefined ? undefined : `stage-${Number(stage) - 1}`,
    position: Number(position),
    of: Number(of),
    instruction,
    ...(stage !== undefined && { countsAll: true }),
  };
}

/**
 * The place in the Dockerfile of a step; undefined for steps that are no instruction. `stages` are those of the Dockerfile
 * that was built. BuildKit's steps are counted from the stage's end, as triggers of the base (ONBUILD) come first; where the count
 * leads to another kind of instruction (the text was edited meanwhile), the text decides.
 */
export function buildStepToInstruction(
  step: BuildStep,
  stages: readonly StageLines[],
): StepPlace | undefined {
  if (step.position === undefined || step.of === undefined) return undefined;
  const keyword = keywordOf(step.instruction);
  const stage = step.stage === undefined ? undefined : stages.find((it) => isNamed(it, step.stage ?? ""));
  if (!stage) return step.stage === undefined ? classicPlace(step, keyword, stages) : undefined;

  const own = stage.chain.filter((it) => it.stage === stage.index);
  if (keyword === "FROM") return { line: stage.line, endLine: stage.line };
  const steps = step.countsAll ? own : own.filter((it) => numbered.has(it.keyword.toUpperCase()));
  const counted = steps[steps.length - 1 - (step.of - step.position)];
  if (counted && counted.keyword.toUpperCase() === keyword) return counted;
  return byText(step.instruction, own);
}

function isNamed(stage: StageLines, name: string): boolean {
  return stage.name?.toLowerCase() === name.toLowerCase() || `stage-${stage.index}` === name;
}

/** The classic builder counts every instruction of the file, those before the first FROM included. */
function classicPlace(
  step: BuildStep,
  keyword: string,
  stages: readonly StageLines[],
): StepPlace | undefined {
  const all = stages.flatMap((stage) => [
    { keyword: "FROM", text: `FROM ${stage.base}`, line: stage.line, endLine: stage.line },
    ...stage.chain.filter((it) => it.stage === stage.index),
  ]);
  const counted = all[all.length - 1 - ((step.of ?? 0) - (step.position ?? 0))];
  if (counted && sameText(counted.text, step.instruction)) return counted;
  return byText(step.instruction, all) ?? (counted?.keyword.toUpperCase() === keyword ? counted : undefined);
}

function byText<T extends StepPlace & { readonly text: string }>(
  instruction: string,
  among: readonly T[],
): T | undefined {
  const same = among.filter((it) => sameText(it.text, instruction));
  return same.length === 1 ? same[0] : undefined;
}

/** Continuations, comments between them and white space do not count. */
function sameText(written: string, told: string): boolean {
  return flat(written) === flat(told);
}

function flat(text: string): string {
  return text
    .replace(/[\\`][ \t]*\r?\n(?:[ \t]*#.*\r?\n)*/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^\S+/, (keyword) => keyword.toUpperCase());
}

function keywordOf(instruction: string): string {
  return (/^\s*(\S+)/.exec(instruction)?.[1] ?? "").toUpperCase();
}
