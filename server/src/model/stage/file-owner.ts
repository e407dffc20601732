import { expandedValue, UNKNOWN } from "../../syntax/dockerfile/expand.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { type Known, known, notKnown, type Reason } from "../known.ts";
import { imageNameBelow } from "./base-image.ts";
import type { FileRegister, OwnerHistory, OwnersConcerned } from "./contents/file-register.ts";
import type { EvaluatedStage } from "./evaluated-stage.ts";
import { baseName, below, isWithin, joinPath, resolvePath } from "./paths.ts";
import type { FileOwner, UserSetting } from "./state.ts";

/** Where a question is asked: the files of a stage, before a moment. */
interface Place {
  readonly stage: EvaluatedStage;
  readonly register: FileRegister;
  readonly limit: number;
}

/**
 * Whose the file or directory at a path is. COPY and ADD give to root unless `--chown` says otherwise, whatever USER says;
 * between stages files keep their owner, and the directory that is made for them is root's (moby/buildkit#1941, read 2026-11).
 * What RUN and WORKDIR make is the user's, `chown` changes it. Images are not known file by file.
 */
export function ownerAt(path: string, place: Place, steps = MOST_STEPS): Known<FileOwner> {
  const { stage, register, limit } = place;
  if (steps === 0 || hasNoIds(stage)) return notKnown({ message: `it is not known whose ${path} is` });
  const { doubt, change, write } = register.ownership(path, limit);
  if (doubt) return notKnown(doubt);
  if (change?.of) {
    const { of, owner, moment } = change;
    const before = ownerAt(path, { ...place, limit: moment }, steps - 1);
    if (!before.known || !isConcerned(before.value, of)) return before;
    if (!owner) return notKnown(change.reason);
    const { user, group } = before.value;
    return known(ownerOf(owner.user ?? user, owner.group ?? group, change.by), change.reason);
  }
  if (change?.owner) {
    const { user, group } = change.owner;
    const isWhole = user !== undefined && group !== undefined;
    const before = isWhole ? undefined : ownerAt(path, { ...place, limit: change.moment }, steps - 1);
    if (user === undefined && before && !before.known) return before;
    const old = before?.known ? before.value : undefined;
    return known(ownerOf(user ?? old?.user ?? "", group ?? old?.group, change.by), change.reason);
  }
  if (write) return ownerOfWritten(path, write, place, steps);
  const other = stage.stageBelow();
  return other
    ? ownerAt(path, endOf(other), steps - 1)
    : notKnown({ message: `it is not known whose ${path} is in the image`, span: stage.from.span });
}

function isConcerned({ user, group }: FileOwner, { part, name }: OwnersConcerned): boolean {
  return (part !== "group" && user === name) || (part !== "user" && group === name);
}

/** A chain of stages, or of changes, longer than this is not followed. */
const MOST_STEPS = 100;

/** Windows has no owners that a Dockerfile could name by id. */
function hasNoIds(stage: EvaluatedStage): boolean {
  return /windows|nanoserver|servercore/.test(imageNameBelow(stage)?.text ?? "");
}

type Write = NonNullable<OwnerHistory["write"]>;

function ownerOfWritten(path: string, write: Write, place: Place, steps: number): Known<FileOwner> {
  const { file, wasThere, moment } = write;
  const { stage } = place;
  const by = file.writtenBy;
  if (by.name === "COPY" || by.name === "ADD") return ownerOfCopied(path, write, place, steps);
  // What is written to keeps its owner.
  if (wasThere.is === "yes") return ownerAt(path, { ...place, limit: moment }, steps - 1);
  if (wasThere.is === "unknown") return notKnown(...wasThere.because);
  const before = stage.before(by);
  const { user } = before;
  if (!user.known) return notKnown(...user.because);
  // For WORKDIR a name that is not found is root; a RUN ends.
  const isThere = by.name === "WORKDIR" ? before.hasUser(user.value.name) : undefined;
  if (isThere?.is === "unknown") return notKnown(...isThere.because);
  if (isThere?.is === "no") return known(ownerOf("root", "root", by), ...isThere.because);
  return known(ownerOfUser(user.value, by), ...user.because);
}

function ownerOfCopied(path: string, write: Write, place: Place, steps: number): Known<FileOwner> {
  const { file, wasThere, moment } = write;
  const { stage } = place;
  const copy = file.writtenBy;
  const value = expanderAt(copy, stage);
  const last = copy.words.at(-1)?.raw;
  const { workdir } = stage.before(copy);
  const text = last === undefined ? undefined : value(last);
  const to = text === undefined ? undefined : resolvePath(workdir.known ? workdir.value : undefined, text);
  const reason = (message: string): Reason => ({ message, span: copy.span });
  if (to === undefined || (copy.name === "ADD" && copy.words.some((it) => ARCHIVE.test(it.raw))))
    return notKnown(reason(`it is not known whose ${path} is`));
  const isBelow = path !== to && isWithin(path, to);
  if (!isBelow && file.kind !== "file") {
    // A directory that is there stays as it is; one in a layer of its own (`--link`) covers it.
    if (wasThere.is === "yes" && file.kind === "directory" && !copy.flags.some((it) => it.name === "link"))
      return ownerAt(path, { ...place, limit: moment }, steps - 1);
    if (wasThere.is !== "no") return notKnown(...wasThere.because);
  }
  const flag = copy.flags.find((it) => it.name === "chown");
  if (flag) {
    const owner = flag.value === undefined ? undefined : value(flag.value);
    return owner === undefined
      ? notKnown(reason("--chown depends on a value that is not known"))
      : ownerOfFlag(owner, copy, stage);
  }
  const from = copy.flags.find((it) => it.name === "from")?.value;
  if (from === undefined || (!isBelow && file.kind === "directory"))
    return known(ownerOf("root", "root", copy), reason(`${copy.name} without --chown gives to root`));
  const kept = ownerInOther(path, to, copy, from, stage, steps);
  const isMaybeDirectory = !isBelow && file.kind === "unknown";
  return kept && (kept.isRoot || (/^\d+$/.test(kept.user) && !isMaybeDirectory))
    ? known({ ...kept, givenBy: copy }, reason(`COPY --from keeps the owner`))
    : notKnown(reason(`it is not known whose ${path} is in ${from}`));
}

/** Compression is told by content; these names are what archives have. A pattern may stand for one. */
const ARCHIVE = /\.(tar|tgz|tbz2?|txz|tzst)$|\.tar\.\w+$|[*?[]/;

function ownerInOther(
  path: string,
  to: string,
  copy: Instruction,
  from: string,
  stage: EvaluatedStage,
  steps: number,
): FileOwner | undefined {
  const other = stage.model.findStage(from, stage);
  const [source, ...more] = copy.words.slice(0, -1);
  const text = source && expanderAt(copy, stage)(source.raw);
  const at = text === undefined || /[*?[]/.test(text) ? undefined : resolvePath("/", text);
  if (!other || at === undefined || more.length > 0) return undefined;
  const rest = path === to ? "" : below(path, to);
  const isFolder = other.result.fileAt(at)?.kind === "directory";
  const inside = rest === "" || (!isFolder && rest === baseName(at)) ? at : joinPath(at, rest);
  const owner = ownerAt(inside, endOf(other), steps - 1);
  if (!owner.known) return undefined;
  // A name is another stage's; the number behind it is not known here.
  const { group } = owner.value;
  return group === "root" || /^\d+$/.test(group ?? "") ? owner.value : { ...owner.value, group: undefined };
}

function endOf(stage: EvaluatedStage): Place {
  return { stage, ...stage.filesAt(stage.instructions.length) };
}

/** BuildKit takes a name that it does not find for root, and without a group the user's number for it. */
function ownerOfFlag(text: string, copy: Instruction, stage: EvaluatedStage): Known<FileOwner> {
  const [user = "", group] = text.split(":");
  const reason: Reason = { message: `--chown=${text}`, span: copy.span };
  if (user === "") return known(ownerOf("root", group, copy), reason);
  const found = stage.before(copy).hasUser(user);
  if (found.is === "no") return known(ownerOf("root", "root", copy), reason, ...found.because);
  const ownGroup = /^\d+$/.test(user) || user === "root" ? user : undefined;
  return known(ownerOf(user, group ?? ownGroup, copy), reason);
}

function ownerOfUser({ name, group, isRoot }: UserSetting, by: Instruction): FileOwner {
  return isRoot ? ownerOf("root", group ?? "root", by) : ownerOf(name, group, by);
}

function ownerOf(user: string, group: string | undefined, givenBy: Instruction): FileOwner {
  const isRoot = isRootName(user);
  const name = isRoot ? "root" : user;
  return { user: name, group: group !== undefined && isRootName(group) ? "root" : group, isRoot, givenBy };
}

function isRootName(name: string): boolean {
  return name === "root" || /^0+$/.test(name);
}

function expanderAt(instruction: Instruction, stage: EvaluatedStage): (raw: string) => string | undefined {
  const before = stage.before(instruction);
  const lookup = (name: string) => {
    const variable = before.variable(name);
    return variable.known ? variable.value : UNKNOWN;
  };
  return (raw) => expandedValue(raw, lookup, stage.model.file.escape);
}
