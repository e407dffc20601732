import { type Flag, type FlagField, type Instruction, notedOnInstruction } from "./tree.ts";

/** A `--mount` of RUN. Of a field that is written twice the last counts. */
export interface RunMount {
  readonly flag: Flag;
  /** In lower case; `bind` where none is written. */
  readonly type: string;
  readonly from: FlagField | undefined;
  readonly source: FlagField | undefined;
  readonly target: FlagField | undefined;
  readonly id: FlagField | undefined;
}

/**
 * The mounts of a RUN in their order, none of other instructions. Some fields have several names (moby/buildkit,
 * frontend/dockerfile/instructions/commands_runmount.go, read 2026-11).
 */
export function mountsOf(instruction: Instruction): readonly RunMount[] {
  // Most instructions have no flags, and keep no note then.
  return instruction.flags.length === 0 ? NONE : noted(instruction);
}

const NONE: readonly never[] = [];

const noted = notedOnInstruction(({ flags }): readonly RunMount[] =>
  flags.filter((it) => it.name === "mount").map(read),
);

function read(flag: Flag): RunMount {
  const field = (...names: string[]) => flag.fields.findLast((it) => names.includes(it.name));
  return {
    flag,
    type: (field("type")?.value ?? "bind").toLowerCase(),
    from: field("from"),
    source: field("source", "src"),
    target: field("target", "dst", "destination"),
    id: field("id"),
  };
}
