import type { Dockerfile, Instruction } from "../../syntax/dockerfile/tree.ts";
import type { DockerfileModel, ModelInputs } from "./dockerfile-model.ts";
import { EvaluatedStage } from "./evaluated-stage.ts";
import { GlobalArguments } from "./global-arguments.ts";
import type { Stage } from "./stage.ts";
import { baseOf, fromWords, neededBy } from "./stage-graph.ts";
import { NOTHING_UNCHANGED, type Section, stageNameOf, unchangedStages } from "./unchanged-stages.ts";

/**
 * The stages of a Dockerfile and what each of them is. Cheap in itself: the graph is laid at once, what a stage holds
 * is evaluated when something asks for it. Any file gives a model. Stages that the file's last edit left as they were are
 * taken over from the model `before` it, with all that is known of them; that one is used no more then.
 */
export function evaluateDockerfile(
  file: Dockerfile,
  inputs: ModelInputs,
  before?: DockerfileModel,
): DockerfileModel {
  return new EvaluatedDockerfile(file, inputs, before instanceof EvaluatedDockerfile ? before : undefined);
}

class EvaluatedDockerfile implements DockerfileModel {
  readonly file: Dockerfile;
  readonly inputs: ModelInputs;
  readonly stages: readonly EvaluatedStage[];
  readonly notes: unknown[] = [];
  private readonly byName = new Map<string, EvaluatedStage[]>();
  evaluated = 0;
  private finalNeeds: ReadonlySet<Stage> | undefined;
  /** What stages behind the edit were before it, by their place. */
  private moved: ReadonlyMap<number, Stage>;

  constructor(file: Dockerfile, inputs: ModelInputs, before: EvaluatedDockerfile | undefined) {
    this.file = file;
    this.inputs = inputs;
    const { globals, froms } = sectionsOf(file, inputs);
    const stages: EvaluatedStage[] = [];
    const { kept, moved } = before ? unchangedStages(before, this, froms) : NOTHING_UNCHANGED;
    this.moved = moved;
    before?.forgetEdit();
    for (const { from, instructions } of froms) {
      const same = kept[stages.length];
      if (same) {
        same.model = this;
        stages.push(same);
        this.register(same);
        continue;
      }
      const base = baseOf(from, file, globals, inputs, (name) => this.byName.get(name)?.at(-1));
      const stage = new EvaluatedStage(this, {
        index: stages.length,
        name: stageNameOf(from),
        nameWord: fromWords(from).name,
        from,
        base,
        instructions,
        isFinal: stages.length === froms.length - 1,
        globals,
      });
      stages.push(stage);
      this.register(stage);
    }
    this.stages = stages;
  }

  beforeEdit(stage: Stage): Stage | undefined {
    return this.moved.get(stage.index);
  }

  /** Each model would hold the one before it. */
  private forgetEdit(): void {
    this.moved = NOTHING_UNCHANGED.moved;
  }

  private register(stage: EvaluatedStage): void {
    if (stage.name === undefined) return;
    const named = this.byName.get(stage.name);
    if (named) named.push(stage);
    else this.byName.set(stage.name, [stage]);
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

function sectionsOf(file: Dockerfile, inputs: ModelInputs): { globals: GlobalArguments; froms: Section[] } {
  const before: Instruction[] = [];
  const froms: { readonly from: Instruction; readonly instructions: Instruction[] }[] = [];
  for (const instruction of file.instructions) {
    const last = froms.at(-1);
    if (instruction.name === "FROM") froms.push({ from: instruction, instructions: [] });
    else if (last) last.instructions.push(instruction);
    else before.push(instruction);
  }
  return { globals: new GlobalArguments(file, before, inputs.buildArguments), froms };
}
