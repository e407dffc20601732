import { baseName } from "../model/stage/paths.ts";
import type { Stage } from "../model/stage/stage.ts";
import type { Instruction } from "../syntax/dockerfile/tree.ts";
import type { Policy } from "./policy.ts";
import { callsOne, isPresent, type Presence } from "./presence.ts";
import type { CommandCall, CommandRule, InstructionRule, Report, Rule, StageRule } from "./rule.ts";

/** A rule with its place among the rules of a check. */
interface Listener<R extends Rule> {
  readonly rule: R;
  /** The rule's, at a place that is the same for all: rules are objects of many shapes. */
  readonly check: R["check"];
  readonly onlyWith: Presence | undefined;
  /** Those of `onlyWith`. */
  readonly programs: ReadonlySet<string> | undefined;
  readonly index: number;
}

/**
 * Rules by what they declare to look at, so that an instruction is shown to those that want it and costs nothing for the
 * others. Made once for a set of rules, and used for each check with them.
 */
export class Dispatch {
  readonly #ofStage: Listener<StageRule>[] = [];
  readonly #byInstruction = new Map<string, Listener<InstructionRule>[]>();
  readonly #byProgram = new Map<string, Listener<CommandRule>[]>();

  /** For those of the rules that are `wanted` and look at stages or what is in them. */
  constructor(rules: readonly Rule[], wanted: (rule: Rule) => boolean) {
    for (const [index, rule] of rules.entries()) {
      if (!wanted(rule)) continue;
      if (rule.looksAt === "stage") this.#ofStage.push(listenerOf(rule, index, rule.onlyWith));
      else if (rule.looksAt === "instruction")
        for (const name of rule.instructions)
          append(this.#byInstruction, name, listenerOf(rule, index, rule.onlyWith));
      else if (rule.looksAt === "command")
        for (const name of rule.programs) append(this.#byProgram, name, listenerOf(rule, index));
    }
  }

  /** Shows a stage to the rules. An exception of a rule is told and ends there. */
  visit(visit: Visit): void {
    const { stage, policy, reports, fail } = visit;
    // This runs for each rule and stage, in code that is not compiled yet when a file is opened: no iterators.
    const ofStage = this.#ofStage;
    for (let at = 0; at < ofStage.length; at++) {
      const listener = ofStage[at];
      const report = listener && reports[listener.index];
      if (!report) continue;
      const { onlyWith } = listener;
      if (onlyWith && !isPresent(onlyWith, stage)) continue;
      try {
        listener.check(stage, report, policy);
      } catch (error) {
        fail(listener.rule, error);
      }
    }
    if (this.#byInstruction.size === 0 && this.#byProgram.size === 0) return;
    this.#visitInstruction(stage.from, visit);
    for (const instruction of stage.instructions) this.#visitInstruction(instruction, visit);
  }

  #visitInstruction(instruction: Instruction, visit: Visit): void {
    const { name } = instruction;
    const listeners = this.#byInstruction.get(name);
    if (listeners)
      for (let at = 0; at < listeners.length; at++) {
        const listener = listeners[at];
        if (listener) show(instruction, instruction, listener, visit);
      }
    const ran = name === "ONBUILD" ? instruction.inner : instruction;
    if (ran && ran !== instruction)
      for (const listener of this.#byInstruction.get(ran.name) ?? NONE)
        if (listener.rule.triggers) show(ran, instruction, listener, visit);
    if (ran?.name === "RUN" && this.#byProgram.size > 0) this.#visitRun(ran, instruction, visit);
  }

  #visitRun(run: Instruction, instruction: Instruction, visit: Visit): void {
    const { stage, policy, reports, fail } = visit;
    const script = stage.commandsOf(instruction);
    if (!script) return;
    for (const command of script.commands) {
      const name = command.name?.literal;
      if (name === undefined) continue;
      const program = name.includes("/") ? baseName(name) : name;
      const listeners = this.#byProgram.get(program);
      if (!listeners) continue;
      const call: CommandCall = { program, command, script, run, instruction, stage };
      for (const { rule, check, index } of listeners) {
        const report = reports[index];
        try {
          if (report) check(call, report, policy);
        } catch (error) {
          fail(rule, error);
        }
      }
    }
  }
}

/** What one walk over a stage needs; a closure for each call would cost as much as most rules do. */
export interface Visit {
  readonly stage: Stage;
  readonly policy: Policy;
  /** One for each of the rules, in their order. */
  readonly reports: readonly Report[];
  readonly fail: (rule: Rule, error: unknown) => void;
}

/** `outer`: the instruction itself, or the ONBUILD that it stands behind. */
function show(
  instruction: Instruction,
  outer: Instruction,
  listener: Listener<InstructionRule>,
  visit: Visit,
): void {
  const report = visit.reports[listener.index];
  if (!report) return;
  const { programs } = listener;
  if (programs && instruction.name === "RUN" && !callsOne(visit.stage.commandsOf(outer), programs)) return;
  try {
    listener.check(instruction, visit.stage, report, visit.policy);
  } catch (error) {
    visit.fail(listener.rule, error);
  }
}

function listenerOf<R extends Rule>(rule: R, index: number, onlyWith?: Presence): Listener<R> {
  const programs = onlyWith?.programs && new Set(onlyWith.programs);
  return { rule, check: rule.check, onlyWith, programs, index };
}

const NONE: readonly never[] = [];

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
