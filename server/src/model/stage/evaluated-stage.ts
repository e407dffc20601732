import { expandedValue } from "../../syntax/dockerfile/expand.ts";
import { type Flag, type Instruction, notedOnInstruction, type Word } from "../../syntax/dockerfile/tree.ts";
import { type Command, emptyScript, type Script } from "../../syntax/shell/script.ts";
import { parseImageReference } from "../image/reference.ts";
import type { Reason } from "../known.ts";
import { configurationBelow, contentsBelow, factBelow } from "./base-image.ts";
import type { StageMemory } from "./commands/command-family.ts";
import {
  type BaseConfiguration,
  Configuration,
  lookupIn,
  unknownConfiguration,
} from "./configuration/configuration.ts";
import { Changes } from "./contents/changes.ts";
import type { FileRegister } from "./contents/file-register.ts";
import { imageContents, unknownContents } from "./contents/image-contents.ts";
import { programDirectories } from "./contents/layout.ts";
import { StageContents } from "./contents/stage-contents.ts";
import type { ContentsView } from "./contents/view.ts";
import type { DockerfileModel } from "./dockerfile-model.ts";
import { execScript } from "./exec-script.ts";
import type { GlobalArguments } from "./global-arguments.ts";
import { INSTRUCTIONS } from "./instructions/all-instructions.ts";
import { mountTargets } from "./instructions/run.ts";
import { documentShell, isForAnother, isPosixShell, scriptText } from "./script-text.ts";
import { shellToldOf } from "./shell-comment.ts";
import type { Base, Stage } from "./stage.ts";
import { StageAt } from "./stage-at.ts";
import type { StageState } from "./state.ts";
import { changeByTriggers, configurationBehind, triggersOf } from "./triggers.ts";

interface StageParts {
  readonly index: number;
  readonly name: string | undefined;
  readonly nameWord: Word | undefined;
  readonly from: Instruction;
  readonly base: Base;
  readonly instructions: readonly Instruction[];
  readonly isFinal: boolean;
  readonly globals: GlobalArguments;
}

interface OwningModel extends DockerfileModel {
  readonly stages: readonly EvaluatedStage[];
  /** How many stages, from the first on, have their contents evaluated. */
  evaluated: number;
  isUsedByFinal(stage: Stage): boolean;
  findStage(reference: string, before?: Stage): EvaluatedStage | undefined;
}

interface EvaluatedContents {
  readonly contents: StageContents;
  /** Of each instruction, and of the end. */
  readonly moments: readonly number[];
  /** As the last command leaves it. */
  readonly memory: StageMemory;
}

/** A chain of FROMs longer than this is not followed to its end; nobody writes one by hand. */
const LONGEST_CHAIN = 200;

/** A stage whose configuration and contents are evaluated once each, when first asked for. */
export class EvaluatedStage implements Stage {
  /** Another one after an edit that the stage outlives. */
  model: OwningModel;
  readonly index: number;
  readonly name: string | undefined;
  readonly nameWord: Word | undefined;
  readonly from: Instruction;
  readonly base: Base;
  readonly bottom: Stage;
  readonly instructions: readonly Instruction[];
  readonly isFinal: boolean;
  /** How many stages it stands on. */
  readonly depth: number;
  readonly notes: unknown[] = [];
  private readonly globals: GlobalArguments;
  private readonly positions = new Map<Instruction, number>();
  /** By the position of the instruction; null where it runs no script. */
  private readonly scripts: (Script | null | undefined)[];
  private readonly states: (StageState | undefined)[] = [];
  private readonly commandStarts = new Map<Command, number>();
  private evaluatedConfiguration: Configuration | undefined;
  private evaluatedContents: EvaluatedContents | undefined;

  constructor(model: OwningModel, parts: StageParts) {
    this.model = model;
    this.index = parts.index;
    this.name = parts.name;
    this.nameWord = parts.nameWord;
    this.from = parts.from;
    this.base = parts.base;
    this.bottom = parts.base.kind === "stage" ? parts.base.stage.bottom : this;
    this.instructions = parts.instructions;
    this.isFinal = parts.isFinal;
    this.globals = parts.globals;
    this.depth = parts.base.kind === "stage" ? depthOf(parts.base.stage) + 1 : 0;
    this.scripts = new Array(parts.instructions.length);
    for (const instruction of parts.instructions) this.positions.set(instruction, this.positions.size);
  }

  get platform(): Flag | undefined {
    return this.from.flags.find((it) => it.name === "platform");
  }

  get isUsedByFinal(): boolean {
    return this.model.isUsedByFinal(this);
  }

  get initial(): StageState {
    return this.stateAt(0);
  }

  get result(): StageState {
    return this.stateAt(this.instructions.length);
  }

  before(instruction: Instruction): StageState {
    return this.stateAt(this.positions.get(instruction) ?? this.instructions.length);
  }

  after(instruction: Instruction): StageState {
    return this.stateAt((this.positions.get(instruction) ?? this.instructions.length - 1) + 1);
  }

  beforeCommand(command: Command, run: Instruction): StageState {
    const position = this.positions.get(run) ?? this.instructions.length;
    this.contentsAt(position);
    const moment = this.commandStarts.get(command);
    return moment === undefined ? this.stateAt(position) : new StageAt(this, position, moment);
  }

  mayLackTool(name: string, command: Command, run: Instruction): boolean {
    if (name.includes("/")) return true;
    const position = this.positions.get(run) ?? this.instructions.length;
    this.contentsAt(position);
    const { contents, moments } = this.evaluateContents();
    const moment = this.commandStarts.get(command) ?? moments[position] ?? Number.POSITIVE_INFINITY;
    return contents.tools.ask(name, moment).is === "no";
  }

  scriptOf(instruction: Instruction): Script | undefined {
    const position = this.positions.get(instruction);
    if (position === undefined) return this.readScript(instruction);
    let script = this.scripts[position];
    if (script === undefined) {
      script = this.readScript(instruction) ?? null;
      this.scripts[position] = script;
    }
    return script ?? undefined;
  }

  commandsOf(instruction: Instruction): Script | undefined {
    const wrapped = instruction.name === "ONBUILD" || instruction.name === "HEALTHCHECK";
    const running = wrapped ? instruction.inner : instruction;
    return running?.exec ? execScript(running) : this.scriptOf(instruction);
  }

  /** The configuration of all instructions; no script is read for it. */
  get configuration(): Configuration {
    this.evaluatedConfiguration ??= this.evaluateConfiguration();
    return this.evaluatedConfiguration;
  }

  /** Contents before the instruction at `position`. */
  contentsAt(position: number): ContentsView {
    // Stages take from earlier ones only, so in order none has to wait for another.
    for (let at = this.model.evaluated; at < this.index; at = ++this.model.evaluated)
      this.model.stages[at]?.evaluateContents();
    const { contents, moments } = this.evaluateContents();
    return contents.view(moments[position] ?? Number.POSITIVE_INFINITY);
  }

  /** Files of the stage with the moment of each change, and the moment in front of the instruction at `position`. */
  filesAt(position: number): { readonly register: FileRegister; readonly limit: number } {
    this.contentsAt(position);
    const { contents, moments } = this.evaluateContents();
    return { register: contents.fileRegister, limit: moments[position] ?? Number.POSITIVE_INFINITY };
  }

  /** Contents as everything before a moment left them. */
  contentsBefore(moment: number): ContentsView {
    return this.evaluateContents().contents.view(moment);
  }

  private stateAt(position: number): StageState {
    let state = this.states[position];
    if (!state) {
      state = new StageAt(this, position);
      this.states[position] = state;
    }
    return state;
  }

  private readScript(instruction: Instruction): Script | undefined {
    const running =
      instruction.name === "HEALTHCHECK" || instruction.name === "ONBUILD" ? instruction.inner : instruction;
    const text = running && scriptText(this.model.file, running);
    if (!text) return undefined;
    const position = this.positions.get(instruction) ?? this.instructions.length;
    const { shell } = this.configuration.at(position);
    const told = shellToldOf(this, position);
    const words =
      documentShell(running)?.words ?? (told !== undefined ? [told] : shell.known ? shell.value : []);
    // Another language's script says nothing in ours.
    if (!isPosixShell(words) || isForAnother(running)) return emptyScript(false);
    return scriptIn(running, () => this.model.inputs.shell.read(text));
  }

  private evaluateConfiguration(): Configuration {
    const configuration = new Configuration(this.baseConfiguration());
    let position = -1;
    for (const instruction of this.instructions) {
      position++;
      const effect = INSTRUCTIONS.get(instruction.name);
      if (!effect?.configure) continue;
      const before = configuration.at(position);
      const after = position + 1;
      const lookup = lookupIn(before);
      effect.configure(instruction, {
        stage: this,
        configuration,
        position,
        before,
        inputs: this.model.inputs,
        globals: this.globals,
        expand: (word) => expandedValue(word.raw, lookup, this.model.file.escape),
        expandSoFar: (word) =>
          expandedValue(word.raw, lookupIn(configuration.at(after)), this.model.file.escape),
      });
    }
    return configuration;
  }

  private evaluateContents(): EvaluatedContents {
    if (this.evaluatedContents) return this.evaluatedContents;
    const contents = new StageContents(this.baseContents());
    const moments: number[] = [];
    const memory: StageMemory = {
      virtualPackages: new Map(),
      unneeded: { tools: new Set(), isAny: false },
      homes: new Map(),
      goSettings: new Map(this.memoryBelow()?.goSettings),
    };
    const libc = factBelow(this, "libc");
    let moment = changeByTriggers(triggersOf(this), contents);
    const contentsOf = (reference: string) => this.contentsNamed(reference);
    for (const instruction of this.instructions) {
      // What holds before this instruction.
      const position = moments.length;
      moments.push(moment);
      const effect = INSTRUCTIONS.get(instruction.name);
      if (!effect?.change) continue;
      const before = this.configuration.at(position);
      const lookup = lookupIn(before);
      const workdir = before.workdir.known ? before.workdir.value : undefined;
      const path = lookup("PATH");
      const reason: Reason = { message: instruction.name, span: instruction.span };
      const cause = { instruction, reason, certain: true };
      const changes = new Changes(
        contents,
        moment,
        cause,
        mountTargets(instruction, workdir),
        programDirectories(path),
      );
      effect.change(instruction, {
        stage: this,
        before,
        inputs: this.model.inputs,
        changes,
        memory,
        libc,
        commandStarts: this.commandStarts,
        expand: (word) => expandedValue(word.raw, lookup, this.model.file.escape),
        contentsOf,
      });
      moment = changes.end;
    }
    moments.push(moment);
    this.evaluatedContents = { contents, moments, memory };
    return this.evaluatedContents;
  }

  /** What the stage starts with: the end of another stage, or an image. */
  private baseConfiguration(): BaseConfiguration {
    const stage = this.stageBelow();
    if (this.depth > LONGEST_CHAIN) return unknownConfiguration(this.tooDeep());
    return stage
      ? configurationBehind(triggersOf(this), stage.configuration.at(stage.instructions.length))
      : configurationBelow(this);
  }

  private baseContents(): ContentsView {
    const stage = this.stageBelow();
    if (this.depth > LONGEST_CHAIN) return unknownContents(this.tooDeep());
    return stage ? stage.contentsAt(stage.instructions.length) : contentsBelow(this);
  }

  private memoryBelow(): StageMemory | undefined {
    const stage = this.depth > LONGEST_CHAIN ? undefined : this.stageBelow();
    return stage?.evaluateContents().memory;
  }

  /** The stage that FROM names. */
  stageBelow(): EvaluatedStage | undefined {
    return this.base.kind === "stage" ? this.model.stages[this.base.stage.index] : undefined;
  }

  private tooDeep(): Reason {
    return { message: "too many stages stand on each other", span: this.from.span };
  }

  /** Contents of a stage before this one, or of an image that is known. */
  private contentsNamed(reference: string): ContentsView | undefined {
    const stage = this.model.findStage(reference, this);
    if (stage) return stage.contentsAt(stage.instructions.length);
    // A later stage, or this one, is a mistake of its own.
    if (this.model.findStage(reference) || reference.includes("$")) return undefined;
    const image = parseImageReference(reference);
    const facts = this.model.inputs.images.find(image);
    return facts && imageContents(facts, { message: reference, span: this.from.span });
  }
}

/** An instruction in front of an edit keeps its script, with all that is known of it, also where its stage is another. */
const scriptIn = notedOnInstruction((_running: Instruction, read: () => Script): Script => read());

function depthOf(stage: Stage): number {
  return stage instanceof EvaluatedStage ? stage.depth : 0;
}
