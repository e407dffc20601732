import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import type { Stage } from "../model/stage/stage.ts";
import type { Instruction } from "../syntax/dockerfile/tree.ts";
import { lineage } from "./stage-lineage.ts";
import { declarations, globalArguments, type Variable } from "./variables.ts";

/** What a client needs to build one stage and to explain the image that comes of it. */
export interface StageOutline {
  readonly stage: Stage;
  /** `8080/tcp`; empty when not known. */
  readonly ports: readonly string[];
  /** What `--build-arg` can set; each name once, with the default that counts. */
  readonly buildArguments: readonly Variable[];
  /** What makes the image, oldest first: of the stages it is built from, then of the stage itself; ARG included, FROM not. */
  readonly chain: readonly { readonly stage: Stage; readonly instruction: Instruction }[];
}

export function stageOutlines(model: DockerfileModel): StageOutline[] {
  const globals = globalArguments(model);
  return model.stages.map((stage) => {
    const stages = lineage(stage);
    const { ports } = stage.result;
    const own = stages.flatMap((one) => one.instructions.flatMap((it) => declarations(it, one)));
    return {
      stage,
      ports: ports.known ? ports.value : [],
      buildArguments: oncePerName([...globals, ...own.filter((it) => it.declaredBy === "ARG")]),
      chain: stages.flatMap((one) => one.instructions.map((instruction) => ({ stage: one, instruction }))),
    };
  });
}

/** `ARG NAME` in a stage takes the default of the one before the first FROM. */
function oncePerName(variables: readonly Variable[]): Variable[] {
  const byName = new Map<string, Variable>();
  for (const variable of variables) {
    const before = byName.get(variable.name);
    if (!before || before.value === undefined || variable.value !== undefined)
      byName.set(variable.name, variable);
  }
  return [...byName.values()];
}
