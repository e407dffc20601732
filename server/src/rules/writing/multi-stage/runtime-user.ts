import type { Stage } from "../../../model/stage/stage.ts";
import { replace, type TextEdit } from "../../../text/edit.ts";
import { idOfUser } from "../../knowledge/users/user-ids.ts";
import { accountRuns, factsOf, makesAccount } from "./accounts.ts";
import type { StageParts } from "./split-stage.ts";

/** The user of a small image. */
export interface RuntimeUser {
  /** For a USER of its own; undefined where the image or the stage has one. */
  readonly name: string | undefined;
  /** RUNs that create it. */
  readonly setup: readonly string[];
  readonly edits: readonly TextEdit[];
}

/** Who the program runs as: as before where that was said and can be kept, else a user without rights. */
export function runtimeUser(parts: StageParts, stage: Stage, image: string): RuntimeUser | undefined {
  const { user } = stage.result;
  const facts = factsOf(image, stage);
  if (!user.known || !facts) return undefined;
  const { name, group, isRoot, instruction } = user.value;
  const isWritten = instruction !== undefined && parts.tail.includes(instruction);
  const hasShell = facts.shell !== "none";
  if (!instruction || (isRoot && !isWritten))
    return hasShell
      ? { name: "app", setup: ["RUN adduser -D app"], edits: [] }
      : { name: undefined, setup: [], edits: [] };
  const owner = group === undefined ? name : `${name}:${group}`;
  const setup = accountRuns([owner], parts, stage, facts);
  if (setup) return { name: isWritten ? undefined : owner, setup, edits: [] };
  const [word] = instruction.words;
  if (hasShell || !word) return undefined;
  // Without a shell nobody can be created, but a number needs no entry.
  const id = group === undefined ? ownIdOf(name, parts, stage) : undefined;
  if (!isWritten) return { name: id, setup: [], edits: [] };
  return { name: undefined, setup: [], edits: [replace(word.span, id ?? "nonroot")] };
}

/** `1000:1000` of a user that is created with that number, and with a group of its own, which then gets the same. */
function ownIdOf(name: string, { head }: StageParts, stage: Stage): string | undefined {
  const id = idOfUser(name, stage);
  const calls = head.flatMap((it) => stage.commandsOf(it)?.commands ?? []).filter(makesAccount);
  const joins = calls.some((it) =>
    it.arguments.some(({ raw }) => /^(-\w*[gGNS]|--(gid|groups?|ingroup|no-user-group|system))\b/.test(raw)),
  );
  return id === undefined || joins || calls.length !== 1 ? undefined : `${id}:${id}`;
}
