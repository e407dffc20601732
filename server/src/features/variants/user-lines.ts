import { SCRATCH } from "../../model/image/shipped-images.ts";
import type { StageState } from "../../model/stage/state.ts";
import { idOfUser } from "../../rules/knowledge/users/user-ids.ts";
import { insertAbove } from "../../rules/writing/dockerfile/lines.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { replace, type TextEdit } from "../../text/edit.ts";
import { type Adapting, hasNoShell, type StepResult } from "./step.ts";

/** Who images without rights run as: distroless has the user, and a number needs no entry (distroless README, read 2026-11). */
const NONROOT = "65532:65532";

/**
 * Users and owners by name that the new base does not have, and that nothing can make there, become numbers: the same as before
 * where they are known. A container that never said who it runs as gets a user without rights where no one is at hand.
 */
export function adaptUsers(at: Adapting): StepResult {
  const { stage } = at;
  const edits: TextEdit[] = [];
  const changes = new Set<string>();
  const checks = new Set<string>();
  const numberFor = (written: string): string | undefined => {
    const { owner, isOwn } = ownerFor(written, at) ?? {};
    if (owner === undefined) return undefined;
    changes.add(`${written} becomes ${owner}: the image has no entry for such a user or group.`);
    if (!isOwn)
      checks.add(
        `Which id ${written.split(":")[0]} had is not known: files of volumes may belong to another one.`,
      );
    return owner;
  };
  for (const instruction of stage.instructions) {
    const [word] = instruction.name === "USER" ? instruction.words : [];
    const owner = word && numberFor(word.raw);
    if (word && owner !== undefined) edits.push(replace(word.span, owner));
    for (const flag of instruction.flags) {
      const given = flag.name === "chown" && flag.value !== undefined ? numberFor(flag.value) : undefined;
      if (given !== undefined && flag.valueSpan) edits.push(replace(flag.valueSpan, given));
    }
  }
  const kept = baseUser(at);
  const added = kept ?? plainUser(at);
  const start = added && startOf(stage.instructions);
  if (added && start) edits.push(insertAbove(stage.model.file, start, `USER ${added}`));
  if (kept && start) changes.add(`USER ${kept} says what the base said before.`);
  const runsAs = added ?? plainName(stage.result);
  if (!kept && runsAs !== undefined && wasRoot(at.before.result))
    changes.add(`The program runs as a user without rights, ${runsAs}, where it was root.`);
  return { edits, changes: [...changes], checks: [...checks] };
}

/** Undefined where what is written is there, or is no plain name. */
function ownerFor(
  written: string,
  { stage, before, facts }: Adapting,
): { readonly owner: string; readonly isOwn: boolean } | undefined {
  const [name = "", group] = written.split(":");
  if (/\$/.test(written)) return undefined;
  if (group === undefined && isMadeBefore(name, before) && hasNoShell(stage.result, facts))
    return { owner: `${name}:${name}`, isOwn: true };
  const isMissing =
    stage.result.hasUser(name).is === "no" ||
    (group !== undefined && stage.result.hasGroup(group).is === "no");
  if (!isMissing) return undefined;
  if (name === "root") return { owner: "0:0", isOwn: true };
  const id = idOfUser(name, before);
  if (id === undefined) return { owner: NONROOT, isOwn: false };
  const groupId = group !== undefined && /^\d+$/.test(group) ? group : String(id);
  return { owner: `${id}:${groupId}`, isOwn: true };
}

/** Is it the number of a user that a RUN made? Without an entry it would be in the group of root. */
function isMadeBefore(number: string, { instructions }: Adapting["before"]): boolean {
  if (!/^[1-9]\d*$/.test(number)) return false;
  const makes = new RegExp(`\\b(useradd|adduser)\\b.*\\b${number}\\b`);
  return instructions.some((it) => it.name === "RUN" && makes.test(it.body.text));
}

/** Root because nobody said otherwise, or by name. */
function wasRoot({ user }: StageState): boolean {
  return user.known && user.value.isRoot;
}

function plainName({ user }: StageState): string | undefined {
  return user.known && !user.value.isRoot ? user.value.name : undefined;
}

/** Who the old base ran it as, where the new one would run it as root: as a number, since the name was the old base's. */
function baseUser({ stage, before }: Adapting): string | undefined {
  const { user } = before.result;
  if (!user.known || user.value.isRoot || user.value.instruction || !wasRoot(stage.result)) return undefined;
  const { name, group } = user.value;
  const id = idOfUser(name, before);
  return id === undefined ? undefined : `${id}:${group !== undefined && /^\d+$/.test(group) ? group : id}`;
}

/** USER for a program that is root only because nobody said otherwise, where no image brings one. */
function plainUser({ stage, facts }: Adapting): string | undefined {
  const { user, volumes } = stage.result;
  const isLeft = user.known && user.value.isRoot && !user.value.instruction;
  if (!isLeft || facts.name !== SCRATCH.name) return undefined;
  // What is in a volume belongs to root already.
  return volumes.known && volumes.value.length === 0 ? NONROOT : undefined;
}

function startOf(instructions: readonly Instruction[]): Instruction | undefined {
  return instructions.find((it) => it.name === "ENTRYPOINT" || it.name === "CMD");
}
