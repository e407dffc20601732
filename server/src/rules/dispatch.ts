import { baseName } from "../model/stage/paths.ts";
import type { Stage } from "../model/stage/stage.ts";
import type { Instruction } from "../syntax/dockerfile/tree.ts";
import type { Policy } from "./policy.ts";
import type { CommandCall, CommandRule, InstructionRule, Report, Rule } from "./rule.ts";

/** A rule with what it reports to. */
export interface Listener<R extends Rule> {
  readonly rule: R;
  readonly report: Report;
}

/**
 * Rules by what they declare to look at, so that an instruction is shown to those that want it and costs nothing for the
 * others.
 */
export class Dispatch {
  readonly #byInstruction = new Map<string, Listener<InstructionRule>[]>();
  readonly #byProgram = new Map<string, Listener<CommandRule>[]>();

  add(rule: InstructionRule | CommandRule, report: Report): void {
    if (rule.looksAt === "instruction")
      for (const name of rule.instructions) append(this.#byInstruction, name, { rule, report });
    else for (const name of rule.programs) append(this.#byProgram, name, { rule, report });
  }

  /** Shows a stage to the rules. An exception of a rule is told and ends there. */
  visit(stage: Stage, policy: Policy, fail: (rule: Rule, error: unknown) => void): void {
    const visit: Visit = { stage, policy, fail };
    this.#visitInstruction(stage.from, visit);
    for (const instruction of stage.instructions) this.#visitInstruction(instruction, visit);
  }

  #visitInstruction(instruction: Instruction, visit: Visit): void {
    const { name } = instruction;
    for (const listener of this.#byInstruction.get(name) ?? NONE) show(instruction, listener, visit);
    const ran = name === "ONBUILD" ? instruction.inner : instruction;
    if (ran && ran !== instruction)
      for (const listener of this.#byInstruction.get(ran.name) ?? NONE)
        if (listener.rule.triggers) show(ran, listener, visit);
    if (ran?.name === "RUN" && this.#byProgram.size > 0) this.#visitRun(ran, instruction, visit);
  }

  #visitRun(run: Instruction, instruction: Instruction, visit: Visit): void {
    const { stage, policy, fail } = visit;
    const script = stage.commandsOf(instruction);
    if (!script) return;
    for (const command of script.commands) {
      const name = command.name?.literal;
      if (name === undefined) continue;
      const program = name.includes("/") ? baseName(name) : name;
      const listeners = this.#byProgram.get(program);
      if (!listeners) continue;
      const call: CommandCall = { program, command, script, run, instruction, stage };
      for (const { rule, report } of listeners)
        try {
          rule.check(call, report, policy);
        } catch (error) {
          fail(rule, error);
        }
    }
  }
}

/** What one walk over a stage needs; a closure for each call would cost as much as most rules do. */
interface Visit {
  readonly stage: Stage;
  readonly policy: Policy;
  readonly fail: (rule: Rule, error: unknown) => void;
}

function show(
  instruction: Instruction,
  { rule, report }: Listener<InstructionRule>,
  { stage, policy, fail }: Visit,
): void {
  try {
    rule.check(instruction, stage, report, policy);
  } catch (error) {
    fail(rule, error);
  }
}

const NONE: readonly never[] = [];

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
