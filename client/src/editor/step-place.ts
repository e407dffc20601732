import type { BuildStep } from "../engine/build-types.ts";
import type { ChainInstruction, LinePlace, StageInfo, StagesResult } from "../shared/server-messages.ts";

/** Instructions that BuildKit shows as steps and counts in `[builder 3/5]`; source: dockerfile2llb/convert.go, August 2026. */
const countedKeywords = ["RUN", "COPY", "ADD", "WORKDIR"];

/**
 * Which lines of a Dockerfile a step of its build comes from; 0-based. Undefined when that is not certain.
 *
 * The position is counted from the end of the stage: whether FROM itself counts as a step depends on what it names,
 * and steps that ONBUILD brings stand in front.
 */
export function placeOfStep(step: BuildStep, { stages }: StagesResult): LinePlace | undefined {
  const image = /^\[internal\] load metadata for (\S+)/.exec(step.name)?.[1];
  if (image !== undefined) return stages.find((stage) => isSameImage(stage.base, image));

  const [only, ...others] = stages;
  const stage = others.length === 0 ? only : stages.find((it) => isStage(it, step.stage));
  if (stage === undefined || step.position === undefined || step.of === undefined) return undefined;

  const counted = stage.chain.filter(
    (it) => it.stage === stage.index && countedKeywords.includes(it.keyword),
  );
  const instruction = counted[counted.length - 1 - (step.of - step.position)];
  if (instruction !== undefined && hasKeywordOf(step, instruction)) return instruction;
  return step.instruction.startsWith("FROM ") ? stage : undefined;
}

/** Lines that the engine's own message names (`dockerfile parse error on line 3: …`); 0-based. */
export function placeInMessage(message: string): LinePlace | undefined {
  const line = /\b(?:on )?line (\d+):/i.exec(message)?.[1];
  return line === undefined ? undefined : { line: Number(line) - 1, endLine: Number(line) - 1 };
}

/** BuildKit numbers a stage without a name: `stage-1`. */
function isStage({ name, index }: StageInfo, shown: string | undefined): boolean {
  return shown !== undefined && (name === null ? shown === `stage-${index}` : shown.toLowerCase() === name);
}

function hasKeywordOf(step: BuildStep, instruction: ChainInstruction): boolean {
  return step.instruction.toUpperCase().startsWith(`${instruction.keyword} `);
}

/** BuildKit writes names out in full: `docker.io/library/golang:1.23` for `golang:1.23`. */
function isSameImage(written: string, full: string): boolean {
  const tagged = /[:@][^/]*$/.test(written) ? written : `${written}:latest`;
  return [tagged, `docker.io/${tagged}`, `docker.io/library/${tagged}`].includes(
    full.split("@sha256:")[0] ?? full,
  );
}
