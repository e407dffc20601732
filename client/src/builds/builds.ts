import type { BuildEvent } from "../engine/build/build-types.ts";
import {
  type BuildEnd,
  type BuildRecord,
  type BuildSubject,
  type OpenRecord,
  openRecord,
} from "./build-record.ts";

/** The builds of this session of the editor: those that run, and the last that are over. */
export interface Builds {
  /** Those that run first; within that, the newest first. */
  all(): readonly BuildRecord[];
  find(id: string): BuildRecord | undefined;
  /** Enters a build that begins now. */
  begin(subject: BuildSubject): BuildInProgress;
  /** Asks a build that runs to stop. */
  cancel(id: string): void;
  /** Forgets a build that is over; undefined ids mean all of them. */
  remove(id?: string): void;
  /**
   * `listener` is told soon after anything changed, some times a second while builds run; with the changed builds' ids. Answers
   * how to stop that.
   */
  onChange(listener: (changed: ReadonlySet<string>) => void): () => void;
}

export interface BuildInProgress {
  readonly record: BuildRecord;
  /** Aborted by `cancel`. */
  readonly signal: AbortSignal;
  take(event: BuildEvent): void;
  finish(end: BuildEnd): void;
}

/** What is over is kept up to this number. */
const kept = 20;
/** ms between two tellings. */
const atMostEvery = 300;

export interface Clock {
  /** ms since 1970. */
  now(): number;
  later(act: () => void, milliseconds: number): void;
}

const realClock: Clock = {
  now: () => Date.now(),
  later: (act, milliseconds) => void setTimeout(act, milliseconds),
};

export function createBuilds(clock: Clock = realClock): Builds {
  const entries = new Map<string, { readonly record: OpenRecord; readonly control: AbortController }>();
  const listeners = new Set<(changed: ReadonlySet<string>) => void>();
  let number = 0;
  let changed = new Set<string>();
  let isWaiting = false;
  let lastTold = Number.NEGATIVE_INFINITY;

  const tell = () => {
    isWaiting = false;
    lastTold = clock.now();
    const told = changed;
    changed = new Set();
    for (const listener of [...listeners]) listener(told);
  };
  const touch = (id: string) => {
    changed.add(id);
    if (isWaiting) return;
    isWaiting = true;
    clock.later(tell, Math.max(0, lastTold + atMostEvery - clock.now()));
  };
  const running = () => [...entries.values()].filter((it) => it.record.end === undefined);
  const over = () => [...entries.values()].filter((it) => it.record.end !== undefined);
  const drop = (id: string) => {
    if (entries.get(id)?.record.end === undefined) return;
    entries.delete(id);
    touch(id);
  };
  return {
    all: () => [...running().reverse(), ...over().reverse()].map((it) => it.record),
    find: (id) => entries.get(id)?.record,
    begin(subject) {
      const id = String(++number);
      const control = new AbortController();
      const record = openRecord(id, subject, clock.now);
      entries.set(id, { record, control });
      touch(id);
      return {
        record,
        signal: control.signal,
        take(event) {
          record.take(event);
          touch(id);
        },
        finish(end) {
          record.finish(end);
          for (const it of over().slice(0, -kept)) drop(it.record.id);
          touch(id);
        },
      };
    },
    cancel: (id) => entries.get(id)?.control.abort(),
    remove(id) {
      for (const it of id === undefined ? over().map((one) => one.record.id) : [id]) drop(it);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
