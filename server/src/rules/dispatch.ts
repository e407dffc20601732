import { baseName } from "../model/stage/paths.ts";
import type { Stage } from "../model/stage/stage.ts";
import type { Instruction } from "../syntax/dockerfile/tree.ts";
import type { Policy } from "./policy.ts";
import type { CommandRule, InstructionRule, Report, Rule } from "./rule.ts";

/** A rule with what it reports to, guarded: its exception is its own. */
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

  /** Shows a stage to the rules; `run` guards each call. */
  visit(stage: Stage, policy: Policy, run: (rule: Rule, check: () => void) => void): void {
    this.#visitInstruction(stage.from, stage, policy, run);
    for (const instruction of stage.instructions) this.#visitInstruction(instruction, stage, policy, run);
  }

  #visitInstruction(
    instruction: Instruction,
    stage: Stage,
    policy: Policy,
    run: (rule: Rule, check: () => void) => void,
  ): void {
    for (const { rule, report } of this.#byInstruction.get(instruction.name) ?? NONE)
      run(rule, () => rule.check(instruction, stage, report, policy));
    const { inner } = instruction;
    if (instruction.name === "ONBUILD" && inner)
      for (const { rule, report } of this.#byInstruction.get(inner.name) ?? NONE)
        if (rule.triggers) run(rule, () => rule.check(inner, stage, report, policy));
    const ran = instruction.name === "ONBUILD" ? inner : instruction;
    if (ran?.name === "RUN" && this.#byProgram.size > 0) this.#visitRun(ran, instruction, stage, policy, run);
  }

  #visitRun(
    ran: Instruction,
    instruction: Instruction,
    stage: Stage,
    policy: Policy,
    run: (rule: Rule, check: () => void) => void,
  ): void {
    const script = stage.commandsOf(instruction);
    for (const command of script?.commands ?? []) {
      const name = command.name?.literal;
      if (!script || name === undefined) continue;
      const program = name.includes("/") ? baseName(name) : name;
      for (const { rule, report } of this.#byProgram.get(program) ?? NONE)
        run(rule, () =>
          rule.check({ program, command, script, run: ran, instruction, stage }, report, policy),
        );
    }
  }
}

const NONE: readonly never[] = [];

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
