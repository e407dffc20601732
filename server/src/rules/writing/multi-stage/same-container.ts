import type { Answer } from "../../../model/known.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { isShellOnly } from "../../knowledge/shell/shell-only.ts";

/**
 * Is the container of the new final stage set up as the one before: its user there, its ports and its stop signal the
 * same, its health check's programs there, and the variables set that its instructions name?
 */
export function isSameContainer(before: Stage, after: Stage): boolean {
  return (
    keepsSettings(before, after) && hasUser(before, after) && keepsVariables(before, after) && hasProbe(after)
  );
}

function keepsSettings({ result: old }: Stage, { result: now, instructions }: Stage): boolean {
  const { ports, stopSignal, workdir } = old;
  if (ports.known && now.ports.known && !isWithin(ports.value, now.ports.value)) return false;
  if (stopSignal.known && now.stopSignal.known && stopSignal.value !== now.stopSignal.value) return false;
  const hasWorkdir = instructions.some((it) => it.name === "WORKDIR");
  return !hasWorkdir || !workdir.known || (now.workdir.known && now.workdir.value === workdir.value);
}

function isWithin(some: readonly string[], all: readonly string[]): boolean {
  return some.every((it) => all.includes(it));
}

function hasUser({ result: old }: Stage, { result: now }: Stage): boolean {
  if (!now.user.known) return false;
  const { name, group } = now.user.value;
  // What is not known of both images is not known to be another one.
  const isKept = (is: Answer["is"], was: Answer["is"]) => is === "yes" || (is === "unknown" && was === is);
  if (/\$/.test(name)) return true;
  return (
    isKept(now.hasUser(name).is, old.hasUser(name).is) &&
    (group === undefined || /^\d+$/.test(group) || isKept(now.hasGroup(group).is, old.hasGroup(group).is))
  );
}

/** A variable of the builder, or of its base image, that is named by what is left of the stage. */
function keepsVariables(before: Stage, { model, instructions, result }: Stage): boolean {
  const text = instructions.map((it) => model.file.text.slice(it.span.start, it.span.end)).join("\n");
  const names = new Set([...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map((it) => it[1] ?? ""));
  return [...names].every(
    (it) => before.result.isSet(it).is !== "yes" || result.isSet(it).is === "yes" || it === "PATH",
  );
}

function hasProbe(stage: Stage): boolean {
  const probe = stage.instructions.findLast((it) => it.name === "HEALTHCHECK");
  if (probe?.inner?.name !== "CMD") return true;
  const commands = stage.commandsOf(probe)?.commands ?? [];
  return commands.every(({ name }) => {
    const program = name?.literal;
    if (program === undefined) return name === undefined;
    return isShellOnly(program) || program.includes("/") || stage.after(probe).hasTool(program).is === "yes";
  });
}
