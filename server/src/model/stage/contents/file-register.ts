import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import { firstWhere } from "../../../text/sorted.ts";
import { type Answer, no, type Reason, unknown } from "../../known.ts";
import { below, directoryOf, prefixesOf } from "../paths.ts";
import type { FileContent, KnownFile } from "../state.ts";
import { Timeline } from "../timeline.ts";
import { LinkRegister } from "./link-register.ts";
import type { Links } from "./links.ts";

/** What is known of the files below one directory, from somewhere else: a stage, an image, the build context. */
export interface FileSource {
  /** Sources of the same thing have the same files, each with its own reason. */
  readonly of?: object | undefined;
  hasPath(path: string): Answer;
  fileAt(path: string): KnownFile | undefined;
  /** What the file at this path holds: undefined where that is not known, or something may have written it since. */
  contentAt(path: string): FileContent | undefined;
}

interface Write {
  readonly answer: Answer;
  readonly file: KnownFile;
}

interface Removal {
  readonly reason: Reason;
  /** False when it may not have happened. */
  readonly certain: boolean;
  /** Which of the paths below the directory are taken away; that very path and all below it where it is not said. */
  readonly takes?: ((path: string) => boolean) | undefined;
}

interface KeptRemoval extends Removal {
  readonly moment: number;
  /** The one before it, of the same path. */
  readonly before: KeptRemoval | undefined;
}

/** Those of a path that were the last. */
interface Removals {
  readonly last: KeptRemoval;
  readonly certain: KeptRemoval | undefined;
}

/** What a command makes of an owner; the part that is undefined stays. */
export interface NewOwner {
  readonly user: string | undefined;
  readonly group: string | undefined;
}

/** A user, a group, or those of one name. */
export interface OwnersConcerned {
  readonly part: "user" | "group" | "both";
  readonly name: string;
}

interface OwnerChange {
  readonly moment: number;
  /** Undefined where it is not known. */
  readonly owner: NewOwner | undefined;
  /** Does it go for everything below too? */
  readonly below: boolean;
  /** Only what they own is concerned. */
  readonly of?: OwnersConcerned | undefined;
  readonly by: Instruction;
  readonly reason: Reason;
}

/** What says whose a path is, the last first: a change of owner, or what wrote it. */
export interface OwnerHistory {
  /** Why it cannot be told. */
  readonly doubt?: Reason;
  readonly change?: OwnerChange;
  readonly write?: { readonly moment: number; readonly file: KnownFile; readonly wasThere: Answer };
}

/** Something that may have written below a directory. */
interface Disturbance {
  readonly reason: Reason;
  /** Which of the paths below it may have written; all of them where it is not said. */
  readonly mayBe?: ((path: string) => boolean) | undefined;
  readonly moment: number;
  /** The one before it, of the same directory. */
  readonly before: Disturbance | undefined;
}

interface Overlay {
  readonly moment: number;
  readonly source: FileSource;
  readonly from: string;
  /** The last one in front of it, to the same directory, that has other files: `COPY . .` may be there hundreds of times. */
  readonly other: number;
}

/**
 * The files of an image over the moments of a stage. Everything is kept by path, so that a question costs the depth
 * of the path it asks for, however long the stage is.
 */
export class FileRegister {
  private readonly writes = new Map<string, Timeline<Write>>();
  private readonly removals = new Map<string, Timeline<KeptRemoval>>();
  private readonly overlays = new Map<string, Overlay[]>();
  private readonly disturbances = new Map<string, Timeline<Disturbance>>();
  /** Changes of one path alone, and those that go for what is below it too. */
  private readonly ownersOf = new Map<string, Timeline<OwnerChange>>();
  private readonly ownersBelow = new Map<string, Timeline<OwnerChange>>();
  private readonly written: { readonly moment: number; readonly file: KnownFile }[] = [];
  private readonly base: FileSource;
  readonly links: LinkRegister;

  constructor(base: FileSource, links: Links) {
    this.base = base;
    this.links = new LinkRegister(links);
  }

  write(moment: number, file: KnownFile, answer: Answer): void {
    const path = this.links.real(file.path, Number.POSITIVE_INFINITY);
    timelineAt(this.writes, path).set(moment, { answer, file });
    if (answer.is === "yes") this.written.push({ moment, file });
    for (let at = directoryOf(path); at !== "/"; at = directoryOf(at)) {
      if (this.isKnownDirectory(at)) break;
      const directory: KnownFile = {
        ...file,
        path: at,
        kind: "directory",
        binary: undefined,
        content: undefined,
      };
      timelineAt(this.writes, at).set(moment, { answer, file: directory });
    }
  }

  /** Was it, and with it what is above it, written before and never removed? */
  private isKnownDirectory(path: string): boolean {
    if (this.removals.size > 0) return this.fileAt(path, Number.POSITIVE_INFINITY) !== undefined;
    const own = this.writes.get(path)?.before(Number.POSITIVE_INFINITY);
    return own ? own.answer.is === "yes" : this.base.fileAt(path) !== undefined;
  }

  /** Without `takes` a link goes, and not what it leads to. */
  remove(moment: number, path: string, removal: Removal): void {
    const at = removal.takes
      ? this.links.realDirectory(path)
      : this.links.real(path, Number.POSITIVE_INFINITY);
    const timeline = timelineAt(this.removals, at);
    const takes = removal.takes && seenFrom(path, at, removal.takes);
    timeline.set(moment, { ...removal, takes, moment, before: timeline.before(Number.POSITIVE_INFINITY) });
    if (removal.certain && !takes) this.links.remove(moment, at);
  }

  changeOwner(path: string, change: OwnerChange): void {
    const at = this.links.realDirectory(path);
    // Of a link that is the last part, what it leads to or the link itself, as options have it: with `-R` the link.
    const link = this.links.real(path, Number.POSITIVE_INFINITY);
    const sure = link !== at && change.below ? { ...change, owner: undefined } : change;
    timelineAt(change.below ? this.ownersBelow : this.ownersOf, at).set(change.moment, sure);
    if (link !== at)
      timelineAt(this.ownersOf, link).set(change.moment, { ...change, owner: undefined, below: false });
  }

  /** What says whose the path is, as everything before `limit` left it. */
  ownership(asked: string, limit: number): OwnerHistory {
    const path = this.links.real(asked, limit);
    const prefixes = prefixesOf(path);
    const written = this.writes.get(path)?.before(limit);
    const moment = written ? (this.writes.get(path)?.momentBefore(limit) ?? -1) : -1;
    const removal = this.lastRemovals(prefixes, limit)?.last;
    if (removal && removal.moment > moment) return { doubt: removal.reason };
    if (written && written.answer.is !== "yes") return { doubt: written.answer.because[0] ?? NO_REASON };
    const change = this.lastOwnerChange(path, prefixes, moment, limit);
    if (change && !change.owner && !change.of) return { doubt: change.reason };
    const kind = (written?.file ?? this.base.fileAt(path))?.kind;
    const doubt = this.mayBeReplaced(path, prefixes, change?.moment ?? moment, limit, kind);
    if (doubt) return { doubt };
    if (change) return { change };
    return written ? { write: { moment, file: written.file, wasThere: this.hasPath(path, moment) } } : {};
  }

  /** From `since` on; what wrote the path may have set its owner too. Of two at one moment the one that is not known counts. */
  private lastOwnerChange(
    path: string,
    prefixes: readonly string[],
    since: number,
    limit: number,
  ): OwnerChange | undefined {
    let last = this.ownersOf.get(path)?.before(limit);
    for (const prefix of prefixes) {
      const change = this.ownersBelow.get(prefix)?.before(limit);
      if (!change || (last && last.moment > change.moment)) continue;
      if (!last || last.moment < change.moment || !change.owner) last = change;
    }
    return last && last.moment >= since ? last : undefined;
  }

  /**
   * May something have put another file there since? A build writes files but gives no directory away; only packages do, below
   * the system's directories.
   */
  private mayBeReplaced(
    path: string,
    prefixes: readonly string[],
    since: number,
    limit: number,
    kind: KnownFile["kind"] | undefined,
  ): Reason | undefined {
    for (const prefix of prefixes) {
      const isDoubtful = kind !== "directory" || SYSTEM.test(prefix);
      const last = isDoubtful ? this.lastDisturbance(prefix, path, limit) : undefined;
      if (last && last.moment > since) return last.reason;
      const overlays = this.overlays.get(prefix) ?? NO_OVERLAYS;
      if (prefix !== path && (overlays[lastBefore(limit, overlays)]?.moment ?? NEVER) > since)
        return { message: `${prefix} was copied to since` };
    }
    return undefined;
  }

  /** Anything may have been written below this directory, or what `mayBe` says of it. */
  disturb(moment: number, at: string, reason: Reason, may?: Disturbance["mayBe"]): void {
    const directory = this.links.realDirectory(at);
    const mayBe = may && seenFrom(at, directory, may);
    const timeline = timelineAt(this.disturbances, directory);
    const last = timeline.before(Number.POSITIVE_INFINITY);
    // Two of one command: the narrower one must not hide the other.
    if (last?.moment === moment && mayBe) {
      const other = last.mayBe;
      const both = other && ((path: string) => other(path) || mayBe(path));
      timeline.set(moment, { ...last, mayBe: both });
    } else
      timeline.set(moment, { reason, mayBe, moment, before: last?.moment === moment ? last.before : last });
  }

  /** What was the last to write to a directory, and may have written this path. */
  private lastDisturbance(directory: string, path: string, limit: number): Disturbance | undefined {
    let it = this.disturbances.get(directory)?.before(limit);
    for (let steps = 0; it?.mayBe && !it.mayBe(path) && steps < MOST_STEPS; steps++) it = it.before;
    return it;
  }

  /** What `source` has below `from` is now below `directory` too. */
  overlay(moment: number, at: string, source: FileSource, from: string): void {
    const directory = this.links.realDirectory(at);
    const overlays = this.overlays.get(directory) ?? [];
    this.overlays.set(directory, overlays);
    const last = overlays.at(-1);
    const isSame = last && source.of !== undefined && last.source.of === source.of && last.from === from;
    overlays.push({ moment, source, from, other: isSame ? last.other : overlays.length - 1 });
  }

  hasPath(path: string, limit: number): Answer {
    const real = this.links.real(path, limit);
    const answer = this.answer(real, limit, this.base);
    if (real === path || answer.is !== "unknown") return answer;
    // What is known of an image may be known under one of its names.
    const other = this.base.hasPath(path);
    return other.is === "yes" && this.removals.size === 0 ? other : answer;
  }

  /** Have instructions put something there, whatever the base has? */
  isBrought(path: string, limit: number): Answer {
    return this.answer(this.links.real(path, limit), limit, NOTHING);
  }

  private answer(path: string, limit: number, base: FileSource): Answer {
    // In most stages nothing is removed, and nothing copied that is known from elsewhere.
    if (this.removals.size === 0) {
      const own = this.writes.get(path)?.before(limit)?.answer;
      if (own?.is === "yes") return own;
      if (this.overlays.size === 0) {
        const before = base.hasPath(path);
        return before.is === "yes" ? before : (own ?? this.lastDoubt(path, NEVER, limit) ?? before);
      }
    }
    const prefixes = prefixesOf(path);
    const removals = this.lastRemovals(prefixes, limit);
    const removal = removals?.last;
    const write = this.writes.get(path);
    const writeMoment = write?.momentBefore(limit) ?? -1;
    const certainRemoval = removals?.certain?.moment ?? -1;
    const written = writeMoment > certainRemoval ? write?.before(limit)?.answer : undefined;
    const answer =
      written?.is === "yes"
        ? written
        : this.found(path, prefixes, certainRemoval, limit, written, removals?.certain, base);
    // What may have been removed since is no longer certain.
    return answer.is === "yes" && removal && !removal.certain && removal.moment > writeMoment
      ? unknown(removal.reason)
      : answer;
  }

  fileAt(asked: string, limit: number): KnownFile | undefined {
    const path = this.links.real(asked, limit);
    // In most stages only what was written to this very path counts.
    if (this.removals.size === 0 && this.overlays.size === 0) {
      const own = this.writes.get(path)?.before(limit);
      return own?.answer.is === "yes" ? own.file : this.base.fileAt(path);
    }
    const prefixes = prefixesOf(path);
    const removal = this.lastRemovals(prefixes, limit)?.last.moment ?? -1;
    const write = this.writes.get(path);
    const last = write?.before(limit);
    if (last?.answer.is === "yes" && (write?.momentBefore(limit) ?? -1) > removal) return last.file;
    const found = this.overlays.size === 0 ? undefined : this.fileInOverlays(path, prefixes, removal, limit);
    if (found) return { ...found, path };
    return removal < 0 ? this.base.fileAt(path) : undefined;
  }

  private fileInOverlays(
    path: string,
    prefixes: readonly string[],
    since: number,
    limit: number,
  ): KnownFile | undefined {
    let found: KnownFile | undefined;
    this.fromOverlays(path, prefixes, since, limit, (source, there) => {
      found = source.fileAt(there);
      return found !== undefined;
    });
    return found;
  }

  /** Files that are still what was written, in the order of writing. */
  files(limit: number): KnownFile[] {
    return this.written
      .filter(({ moment, file }) => moment < limit && this.fileAt(file.path, limit) === file)
      .map((it) => it.file);
  }

  private found(
    path: string,
    prefixes: readonly string[],
    since: number,
    limit: number,
    written: Answer | undefined,
    removal: Removal | undefined,
    base: FileSource,
  ): Answer {
    const copied = this.overlays.size === 0 ? undefined : this.foundInOverlays(path, prefixes, since, limit);
    if (copied?.is === "yes") return copied;
    const before = removal ? no(removal.reason) : base.hasPath(path);
    if (before.is === "yes") return before;
    const answer = written ?? copied;
    if (answer && !answer.asContextIs) return answer;
    const doubt = this.lastDoubt(path, since, limit);
    // Of two doubts the one that says more of the build context stays.
    return doubt ?? (answer && (before.is === "no" || before.asContextIs) ? answer : before);
  }

  /** What was the last to write anything, after `since`, to one of the directories that the path is in. */
  private lastDoubt(path: string, since: number, limit: number): Answer | undefined {
    if (this.disturbances.size === 0) return undefined;
    let last: Disturbance | undefined;
    for (const prefix of prefixesOf(path)) {
      const disturbance = this.lastDisturbance(prefix, path, limit);
      if (disturbance && disturbance.moment > (last?.moment ?? since)) last = disturbance;
    }
    return last && unknown(last.reason);
  }

  /** What the file holds that everything before `limit` left at this path, if it is known to be what was put there. */
  contentAt(asked: string, limit: number): FileContent | undefined {
    const path = this.links.real(asked, limit);
    const prefixes = prefixesOf(path);
    const removed = this.lastRemovals(prefixes, limit)?.last.moment ?? NEVER;
    const write = this.writes.get(path);
    let moment = write?.momentBefore(limit) ?? NEVER;
    const written = moment > removed ? write?.before(limit) : undefined;
    let content = written?.answer.is === "yes" ? written.file.content : undefined;
    let isOwn = written !== undefined;
    for (const prefix of prefixes) {
      const overlays = this.overlays.get(prefix) ?? NO_OVERLAYS;
      const since = Math.max(removed, moment);
      // From the last on; of several of one moment the first counts.
      for (let at = lastBefore(limit, overlays), hit = since, steps = 0; at >= 0; steps++) {
        const overlay = overlays[at];
        if (!overlay || overlay.moment <= since || overlay.moment < hit) break;
        if (steps === MOST_STEPS) return undefined;
        at = overlay.other;
        const there = joined(overlay.from, below(path, prefix));
        const answer = overlay.source.hasPath(there);
        if (answer.is === "no" || answer.asContextIs) continue;
        hit = overlay.moment;
        [moment, isOwn] = [hit, true];
        content = answer.is === "yes" ? overlay.source.contentAt(there) : undefined;
      }
    }
    if (!isOwn && removed === NEVER) content = this.base.contentAt(path);
    return content && !this.lastDoubt(path, isOwn ? moment : NEVER, limit) ? content : undefined;
  }

  /** The first overlay that is sure to have it, else the first that may. */
  private foundInOverlays(
    path: string,
    prefixes: readonly string[],
    since: number,
    limit: number,
  ): Answer | undefined {
    let best: Answer | undefined;
    const isEnough = this.fromOverlays(path, prefixes, since, limit, (source, there) => {
      const answer = source.hasPath(there);
      const isBetter = !best || (best.asContextIs && !answer.asContextIs);
      if (answer.is === "yes" || (answer.is === "unknown" && isBetter)) best = answer;
      return answer.is === "yes";
    });
    return isEnough ? best : unknown(TOO_MANY_COPIES);
  }

  /**
   * What overlays say of a path, the latest of the deepest directory first; ends with the first that is sure. False where there
   * are more than anybody has by hand, and not all were asked.
   */
  private fromOverlays(
    path: string,
    prefixes: readonly string[],
    since: number,
    limit: number,
    ask: (source: FileSource, path: string) => boolean,
  ): boolean {
    for (const prefix of prefixes) {
      const overlays = this.overlays.get(prefix);
      if (!overlays) continue;
      const rest = below(path, prefix);
      for (let at = lastBefore(limit, overlays), steps = 0; at >= 0; steps++) {
        const overlay = overlays[at];
        if (!overlay || overlay.moment <= since) break;
        if (steps === MOST_STEPS) return false;
        if (ask(overlay.source, joined(overlay.from, rest))) return true;
        at = overlay.other;
      }
    }
    return true;
  }

  private lastRemovals(prefixes: readonly string[], limit: number): Removals | undefined {
    if (this.removals.size === 0) return undefined;
    const path = prefixes.at(-1) ?? "/";
    let last: KeptRemoval | undefined;
    let certain: KeptRemoval | undefined;
    for (const prefix of prefixes) {
      let it = this.removals.get(prefix)?.before(limit);
      for (let steps = 0; it && steps < MOST_STEPS; steps++, it = it.before) {
        if (it.takes && !it.takes(path)) continue;
        if (it.moment > (last?.moment ?? NEVER)) last = it;
        if (!it.certain) continue;
        if (it.moment > (certain?.moment ?? NEVER)) certain = it;
        break;
      }
    }
    return last && { last, certain };
  }
}

/** In front of every moment. */
const NEVER = -1;
const NO_REASON: Reason = { message: "it may have been written" };
const SYSTEM = /^\/(etc|run|usr|var)$/;
const NOTHING: FileSource = { hasPath: () => no(), fileAt: () => undefined, contentAt: () => undefined };
const NO_OVERLAYS: readonly Overlay[] = [];
const TOO_MANY_COPIES: Reason = { message: "too much is copied there" };
/** So many commands that certainly did not write a path are looked behind. */
const MOST_STEPS = 100;

/** The position of the last one in front of a moment; -1 without. */
function lastBefore(limit: number, overlays: readonly Overlay[]): number {
  return firstWhere(overlays, (it) => it.moment >= limit) - 1;
}

/** What is said of paths in a directory, of those in the one that it is a link to. */
function seenFrom(link: string, real: string, says: (path: string) => boolean): (path: string) => boolean {
  if (link === real) return says;
  return (path) => says(joined(link, below(path, real)));
}

function joined(from: string, rest: string): string {
  if (rest === "") return from;
  return from === "/" ? `/${rest}` : `${from}/${rest}`;
}

function timelineAt<T>(timelines: Map<string, Timeline<T>>, path: string): Timeline<T> {
  let timeline = timelines.get(path);
  if (!timeline) {
    timeline = new Timeline<T>();
    timelines.set(path, timeline);
  }
  return timeline;
}
