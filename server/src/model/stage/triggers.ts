import { UNKNOWN } from "../../syntax/dockerfile/expand.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { notKnown, type Reason } from "../known.ts";
import type { BaseConfiguration } from "./configuration/configuration.ts";
import { Changes } from "./contents/changes.ts";
import { PROGRAM_DIRECTORIES } from "./contents/layout.ts";
import type { StageContents } from "./contents/stage-contents.ts";
import type { Stage } from "./stage.ts";

/**
 * What ONBUILD of the stage below runs at the start of this one. BuildKit does so for stages of the same file since
 * moby/buildkit#5490, and did not before: what a trigger changes is therefore not known, either way.
 */
export function triggersOf({ base }: Stage): readonly Instruction[] {
  if (base.kind !== "stage") return [];
  const found: Instruction[] = [];
  for (const { name, inner } of base.stage.instructions) if (name === "ONBUILD" && inner) found.push(inner);
  return found;
}

/** The configuration behind triggers: everything that one of them sets is no longer known. */
export function configurationBehind(
  triggers: readonly Instruction[],
  base: BaseConfiguration,
): BaseConfiguration {
  if (triggers.length === 0) return base;
  const names = new Set(triggers.flatMap((it) => it.pairs.map((pair) => pair.name.raw)));
  const unlessSet = <Name extends Setting>(instruction: string, name: Name): BaseConfiguration[Name] => {
    const trigger = triggers.find((it) => it.name === instruction);
    return trigger ? (notKnown(reasonOf(trigger)) as BaseConfiguration[Name]) : base[name];
  };
  return {
    user: unlessSet("USER", "user"),
    workdir: unlessSet("WORKDIR", "workdir"),
    shell: unlessSet("SHELL", "shell"),
    ports: unlessSet("EXPOSE", "ports"),
    volumes: unlessSet("VOLUME", "volumes"),
    healthcheck: unlessSet("HEALTHCHECK", "healthcheck"),
    entrypoint: unlessSet("ENTRYPOINT", "entrypoint"),
    // An ENTRYPOINT takes away the CMD of the base.
    command: triggers.some((it) => it.name === "CMD")
      ? unlessSet("CMD", "command")
      : unlessSet("ENTRYPOINT", "command"),
    stopSignal: unlessSet("STOPSIGNAL", "stopSignal"),
    variable: (name) => (names.has(name) ? UNKNOWN : base.variable(name)),
  };
}

/** Lets triggers do to a stage's contents whatever their kind can do. Gives the moment behind them. */
export function changeByTriggers(triggers: readonly Instruction[], contents: StageContents): number {
  let moment = 0;
  for (const instruction of triggers) {
    const cause = { instruction, reason: reasonOf(instruction), certain: false };
    const changes = new Changes(contents, moment, cause, [], PROGRAM_DIRECTORIES);
    if (["RUN", "COPY", "ADD"].includes(instruction.name)) changes.mayDoAnything();
    // The directory that it makes may be any.
    if (instruction.name === "WORKDIR") changes.mayBuildBelow("/");
    moment = changes.end;
  }
  return moment;
}

type Setting = Exclude<keyof BaseConfiguration, "variable">;

function reasonOf({ name, span }: Instruction): Reason {
  return { message: `ONBUILD ${name} of the stage below`, span };
}
