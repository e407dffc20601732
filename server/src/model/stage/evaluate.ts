import type { Dockerfile, Instruction } from "../../syntax/dockerfile/tree.ts";
import type { DockerfileModel, ModelInputs } from "./dockerfile-model.ts";
import { EvaluatedStage } from "./evaluated-stage.ts";
import { GlobalArguments } from "./global-arguments.ts";
import type { Stage } from "./stage.ts";
import { baseOf, fromWords, neededBy } from "./stage-graph.ts";

/**
 * The stages of a Dockerfile and what each of them is. Cheap in itself: the graph is laid at once, what a stage holds
 * is evaluated when something asks for it. Any file gives a model.
 */
export function evaluateDockerfile(file: Dockerfile, inputs: ModelInputs): DockerfileModel {
  return new EvaluatedDockerfile(file, inputs);
}

class EvaluatedDockerfile implements DockerfileModel {
  readonly file: Dockerfile;
  readonly inputs: ModelInputs;
  readonly stages: readonly EvaluatedStage[];
  private readonly byName = new Map<string, EvaluatedStage[]>();
  evaluated = 0;
  private finalNeeds: ReadonlySet<Stage> | undefined;

  constructor(file: Dockerfile, inputs: ModelInputs) {
    this.file = file;
    this.inputs = inputs;
    const { globals, froms } = sectionsOf(file, inputs);
    const stages: EvaluatedStage[] = [];
    for (const { from, instructions } of froms) {
      const base = baseOf(from, file, globals, inputs, (name) => this.byName.get(name)?.at(-1));
      const nameWord = fromWords(from).name;
      const name = nameWord?.raw.toLowerCase();
      const stage = new EvaluatedStage(this, {
        index: stages.length,
        name,
        nameWord,
        from,
        base,
        instructions,
        isFinal: stages.length === froms.length - 1,
        globals,
      });
      stages.push(stage);
      if (name === undefined) continue;
      const named = this.byName.get(name) ?? [];
      this.byName.set(name, named);
      named.push(stage);
    }
    this.stages = stages;
  }

  get finalStage(): Stage | undefined {
    return this.stages.at(-1);
  }

  findStage(reference: string, before?: Stage): EvaluatedStage | undefined {
    const limit = before?.index ?? Number.POSITIVE_INFINITY;
    const named = this.byName.get(reference.toLowerCase())?.findLast((it) => it.index < limit);
    if (named || !/^\d+$/.test(reference)) return named;
    const index = Number(reference);
    return index < limit ? this.stages[index] : undefined;
  }

  /** Is the stage part of what `docker build` without `--target` builds? */
  isUsedByFinal(stage: Stage): boolean {
    const final = this.finalStage;
    this.finalNeeds ??= final ? neededBy(final) : new Set();
    return this.finalNeeds.has(stage);
  }
}

interface Section {
  readonly from: Instruction;
  readonly instructions: Instruction[];
}

function sectionsOf(file: Dockerfile, inputs: ModelInputs): { globals: GlobalArguments; froms: Section[] } {
  const before: Instruction[] = [];
  const froms: Section[] = [];
  for (const instruction of file.instructions) {
    const last = froms.at(-1);
    if (instruction.name === "FROM") froms.push({ from: instruction, instructions: [] });
    else if (last) last.instructions.push(instruction);
    else before.push(instruction);
  }
  return { globals: new GlobalArguments(file, before, inputs.buildArguments), froms };
}
