import { onOneLine } from "../lines/one-line.ts";
/** What a build of a stage came to, kept with the workspace. Bytes; nothing of the Dockerfile's text but `name`s is in it. */
export interface SizeRecord {
  /** ms since 1970. */
  readonly time: number;
  readonly imageId: string;
  readonly tag: string;
  readonly platform: string;
  /** On disk. */
  readonly total: number;
  /** As transferred; undefined where the engine does not tell. */
  readonly transfer?: number | undefined;
  /** What was checked out; undefined outside of a git repository. */
  readonly commit?: RecordedCommit | undefined;
  /** Undefined where it is not certain what the base image brought. */
  readonly base?: RecordedBase | undefined;
  /** Those behind the base, oldest first, those that add nothing included. */
  readonly instructions: readonly RecordedInstruction[];
}

export interface RecordedCommit {
  readonly id: string;
  /** Whether files of the build were changed since, or are in no commit. */
  readonly isDirty: boolean;
}

export interface RecordedBase {
  /** As FROM names it. */
  readonly name: string;
  readonly bytes: number;
}

export interface RecordedInstruction {
  /** Of its text: see `instructionKey`. */
  readonly key: string;
  /** Short, for when the text has gone from the Dockerfile: see `instructionName`. */
  readonly name: string;
  readonly bytes: number;
}

/** Why an image weighs more or less than the one before it. */
export interface SizeMove {
  /**
   * `same`: the instruction stands as before, and makes another size. `edited`: it stands where another one stood, `before`.
   * `rest`: what nothing else explains.
   */
  readonly how: "same" | "edited" | "added" | "removed" | "base" | "platform" | "rest";
  /** Of the instruction as it is in the newer image, of a removed one as it was; undefined where no instruction is meant. */
  readonly key: string | undefined;
  readonly name: string;
  /** What stood there before, of what was edited. */
  readonly before?: string;
  /** More than before; below 0: less. */
  readonly bytes: number;
}

export interface SizeStep {
  readonly record: SizeRecord;
  /** Bytes more than the build before; undefined for the first. */
  readonly change: number | undefined;
  /** What moved it, the most first; what moved nothing is left out. */
  readonly moves: readonly SizeMove[];
}

/** Builds in the order of time, each with what moved its size against the one before. */
export function sizeSteps(records: readonly SizeRecord[]): readonly SizeStep[] {
  return records.map((record, index) => {
    const before = records[index - 1];
    if (before === undefined) return { record, change: undefined, moves: [] };
    return { record, change: record.total - before.total, moves: movesBetween(before, record) };
  });
}

/** Which instructions make the difference between two images, the most first. The moves add up to the difference. */
export function movesBetween(before: SizeRecord, after: SizeRecord): readonly SizeMove[] {
  const change = after.total - before.total;
  if (before.platform !== after.platform) {
    const name = `${before.platform} → ${after.platform}`;
    return [{ how: "platform", key: undefined, name, bytes: change }];
  }
  const moves: SizeMove[] = [];
  if (before.base && after.base) {
    const { name } = after.base;
    const was = before.base.name;
    moves.push({
      ...{ how: "base", key: undefined, name, bytes: after.base.bytes - before.base.bytes },
      ...(was !== name && { before: was }),
    });
  }
  for (const [old, now] of aligned(before.instructions, after.instructions)) {
    if (old && now && old.key === now.key)
      moves.push({ how: "same", key: now.key, name: now.name, bytes: now.bytes - old.bytes });
    else if (old && now)
      moves.push({
        how: "edited",
        key: now.key,
        name: now.name,
        before: old.name,
        bytes: now.bytes - old.bytes,
      });
    else if (now) moves.push({ how: "added", key: now.key, name: now.name, bytes: now.bytes });
    else if (old) moves.push({ how: "removed", key: old.key, name: old.name, bytes: -old.bytes });
  }
  const rest = change - moves.reduce((sum, it) => sum + it.bytes, 0);
  moves.push({ how: "rest", key: undefined, name: "", bytes: rest });
  return moves.filter((it) => it.bytes !== 0).sort((a, b) => Math.abs(b.bytes) - Math.abs(a.bytes));
}

type Pair = readonly [RecordedInstruction | undefined, RecordedInstruction | undefined];

/**
 * Lays two lists of instructions side by side. Between those that stayed, what went and what came is the same instruction, edited,
 * when both begin with the same keyword.
 */
function aligned(
  before: readonly RecordedInstruction[],
  after: readonly RecordedInstruction[],
): readonly Pair[] {
  const pairs: Pair[] = [];
  let old = 0;
  let now = 0;
  for (const [oldStays, nowStays] of [...stayed(before, after), [before.length, after.length] as const]) {
    pairs.push(...paired(before.slice(old, oldStays), after.slice(now, nowStays)));
    if (oldStays < before.length) pairs.push([before[oldStays], after[nowStays]]);
    old = oldStays + 1;
    now = nowStays + 1;
  }
  return pairs;
}

/** The longest common subsequence, by key: indexes into both. A Dockerfile has some dozens of instructions. */
function stayed(
  before: readonly RecordedInstruction[],
  after: readonly RecordedInstruction[],
): readonly (readonly [number, number])[] {
  const width = after.length + 1;
  const longest = new Uint16Array((before.length + 1) * width);
  const at = (old: number, now: number) => longest[old * width + now] ?? 0;
  for (let old = before.length - 1; old >= 0; old--)
    for (let now = after.length - 1; now >= 0; now--)
      longest[old * width + now] =
        before[old]?.key === after[now]?.key
          ? at(old + 1, now + 1) + 1
          : Math.max(at(old + 1, now), at(old, now + 1));
  const found: (readonly [number, number])[] = [];
  for (let old = 0, now = 0; old < before.length && now < after.length; )
    if (before[old]?.key === after[now]?.key) found.push([old++, now++]);
    else if (at(old + 1, now) >= at(old, now + 1)) old++;
    else now++;
  return found;
}

function paired(gone: readonly RecordedInstruction[], come: readonly RecordedInstruction[]): readonly Pair[] {
  const left = [...gone];
  const pairs: Pair[] = [];
  for (const it of come) {
    const at = left.findIndex((old) => keyword(old) === keyword(it));
    // What stood before the one that was edited went for good.
    for (const old of left.splice(0, Math.max(0, at))) pairs.push([old, undefined]);
    pairs.push([at < 0 ? undefined : left.shift(), it]);
  }
  return [...pairs, ...left.map((old): Pair => [old, undefined])];
}

function keyword({ name }: RecordedInstruction): string {
  return name.split(" ")[0] ?? "";
}

/** Builds that are kept of one stage. */
export const keptRecords = 200;

/** The records with one more; a build that came to the same image again takes the place of the last. */
export function withRecord(records: readonly SizeRecord[], record: SizeRecord): readonly SizeRecord[] {
  const last = records.at(-1);
  const before = last?.imageId === record.imageId ? records.slice(0, -1) : records;
  return [...before, record].slice(-keptRecords);
}

/** Bytes that the last build has more than the one before it; undefined before there are two. */
export function lastChange(records: readonly SizeRecord[]): number | undefined {
  const last = records.at(-1);
  const before = records.at(-2);
  return last && before && last.total - before.total;
}

/** Words of a command that say which one it is; values, addresses and passwords look otherwise. */
const plain = /^[a-z][a-z.-]{0,15}$/;

/**
 * A few words of an instruction by which its author knows it again: `RUN npm ci`, `COPY go.mod go.sum`. Not the text: that may
 * hold what nobody wants kept.
 */
export function instructionName(text: string): string {
  const words = onOneLine(text).split(" ");
  const keyword = (words[0] ?? "").toUpperCase();
  const rest = words.slice(1).filter((it) => !it.startsWith("--"));
  if (keyword === "RUN") {
    const end = rest.findIndex((it) => !plain.test(it));
    return [keyword, ...rest.slice(0, end < 0 ? 2 : Math.min(end, 2))].join(" ");
  }
  if (!/^(?:COPY|ADD|WORKDIR)$/.test(keyword)) return keyword;
  const paths = rest.filter((it) => /^[\w./*-]{1,40}$/.test(it)).slice(0, 3);
  return [keyword, ...paths].join(" ");
}
