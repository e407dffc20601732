import { stripVTControlCharacters } from "node:util";
import { withoutWrapping } from "../build/build-failure.ts";
import { type BuildLog, imageIdOf, logTails } from "../build/build-log.ts";
import { readClassicStep } from "../build/build-steps.ts";
import type { BuildEvent, BuildStep } from "../build/build-types.ts";
import type { BuildRecord } from "../records.ts";

/** Reads the output of the classic builder, and of Podman's, which is alike. `now` gives ms: these builders tell no times. */
export function classicLog(now: () => number): BuildLog {
  const tails = logTails();
  let imageId: string | undefined;
  let current: { readonly step: BuildStep; readonly since: number; cached: boolean } | undefined;
  let lineStart = true;

  return {
    read(record) {
      imageId = imageIdOf(record) ?? imageId;
      if (record.error !== undefined)
        return current ? [{ kind: "failed", step: current.step, error: withoutWrapping(record.error) }] : [];
      if (record.progressDetail?.current !== undefined) return ofPull(record, record.progressDetail);
      if (record.status !== undefined)
        return [{ kind: "log", step: current?.step, text: `${record.status}\n` }];
      return record.stream === undefined ? [] : ofStream(record.stream);
    },
    end: () => completed(),
    get imageId() {
      return imageId;
    },
    get failing() {
      return current?.step;
    },
    tail: (step) => tails.of(step.id),
  };

  /** Of a layer that is fetched; what is unpacked has been counted before. */
  function ofPull(
    { id = "", status }: BuildRecord,
    { current: bytes = 0, total }: NonNullable<BuildRecord["progressDetail"]>,
  ): readonly BuildEvent[] {
    if (current === undefined || status !== "Downloading") return [];
    return [{ kind: "transfer", step: current.step, transfer: { item: id, current: bytes, total } }];
  }

  function ofStream(stream: string): readonly BuildEvent[] {
    // The classic builder colours what a step wrote to its error output.
    const text = stripVTControlCharacters(stream);
    const atStart = lineStart;
    lineStart = text.endsWith("\n") || text === "";
    const step = atStart ? readClassicStep(text) : undefined;
    if (step) {
      lineStart = true;
      const before = completed();
      current = { step, since: now(), cached: false };
      return [...before, { kind: "started", step }];
    }
    if (/^(?: ---|--)> Using cache/.test(text)) {
      if (current) current.cached = true;
      return [];
    }
    const built = /^Successfully built ([0-9a-f]{12,64})\s*$/.exec(text)?.[1];
    if (built) imageId ??= built;
    if (isBookkeeping(text)) return [];
    if (current) tails.add(current.step.id, text);
    return [{ kind: "log", step: current?.step, text }];
  }

  function completed(): readonly BuildEvent[] {
    if (!current) return [];
    const { step, since, cached } = current;
    current = undefined;
    return [{ kind: "completed", step, cached, milliseconds: now() - since }];
  }
}

/** Lines that name intermediate images and containers, and the empty one after each step. */
function isBookkeeping(text: string): boolean {
  return (
    /^ ---> (?:[0-9a-f]{12}|Running in [0-9a-f]{12}|Removed intermediate container [0-9a-f]{12})\s*$/.test(
      text,
    ) ||
    // Podman's (4.3.1): ids, what it is committed as, and a complaint of its parser about itself.
    /^(?:--> )?[0-9a-f]{11,64}\s*$/.test(text) ||
    /^(?:\[\d+\/\d+\] )?COMMIT\b/.test(text) ||
    /^time="[^"]*" level=error msg="\+\(UNHANDLED LOGLEVEL\)/.test(text) ||
    text.trim() === ""
  );
}
