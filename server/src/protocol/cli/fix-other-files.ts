import type { Fix, OtherFileChange, Problem } from "../../rules/rule.ts";
import { applyEdits } from "../../text/edit.ts";
import type { Disk } from "../../workspace/disk.ts";
import { createFile, writeBack } from "./write-back.ts";

export interface FixedWithOthers {
  /** Of the checked file; not written yet. */
  readonly text: string;
  /** Fixes made. */
  readonly made: number;
  /** Files that were written, each once. */
  readonly written: readonly string[];
  /** The file that could not be written, and why. */
  readonly failed: { readonly file: string; readonly why: string } | undefined;
}

/**
 * Makes the fixes that change other files, one after the other, as each may change what is said next. Of a problem that
 * could be fixed in its own file they are left out. `check` gives a text's problems, with the files as they are on `disk` then.
 */
export function fixOtherFiles(
  text: string,
  check: (text: string) => readonly Problem[],
  disk: Disk,
): FixedWithOthers {
  let current = text;
  const written = new Set<string>();
  const done = new Set<string>();
  const state = (failed?: FixedWithOthers["failed"]) => ({
    text: current,
    made: done.size,
    written: [...written],
    failed,
  });
  while (done.size < MOST_FIXES) {
    const fix = check(current)
      .flatMap(fixElsewhere)
      .find((it) => !done.has(keyOf(it, current)));
    if (!fix) break;
    for (const other of fix.others ?? []) {
      const why = write(other);
      disk.forget(other.file);
      if (why !== undefined) return state({ file: other.file, why });
      written.add(other.file);
    }
    done.add(keyOf(fix, current));
    current = applyEdits(current, fix.edits);
  }
  return state();
}

/** More than a file has places for; no two fixes may call for each other without end. */
const MOST_FIXES = 1000;

function fixElsewhere({ fixes }: Problem): readonly Fix[] {
  return fixes.some((it) => !it.others) ? [] : fixes.slice(0, 1);
}

/** The same once more would be two fixes that undo each other. One title may stand for several places of a file. */
function keyOf({ title, edits, others = [] }: Fix, text: string): string {
  return [title, ...others.map((it) => it.file), applyEdits(text, edits)].join("\n");
}

function write(change: OtherFileChange): string | undefined {
  return change.kind === "create"
    ? createFile(change.file, change.text)
    : writeBack(change.file, applyEdits(change.before, change.edits));
}
