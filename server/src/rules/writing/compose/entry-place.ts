import { pathFrom } from "../../../model/compose/files/path-from.ts";
import type { ComposeProject, EnvironmentEntry } from "../../../model/compose/project.ts";
import { replace } from "../../../text/edit.ts";
import type { Span } from "../../../text/span.ts";
import type { Fix } from "../../rule.ts";
import type { OnceReport } from "./report-once.ts";

/** Other text for a part of a variable's value; offsets are of the value. */
export interface ValueChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A part of a variable's value as rules report it, be it written in the Compose file or in an `env_file`. */
export interface EntryPlace {
  readonly span: Span;
  /** Begins the message: at the path of an `env_file` it has to say which of its variables is meant. */
  readonly prefix: string;
  /** What tells two findings at this place apart. */
  readonly subject: string;
  /** Writes other text into the value, where that stands there as it is. */
  fix(kind: Fix["kind"], title: string, ...changes: readonly ValueChange[]): readonly Fix[];
}

/** Reports at such a place. */
export function reportEntry(
  report: OnceReport,
  { span, prefix, subject }: EntryPlace,
  message: string,
  finding: Parameters<OnceReport>[2],
): void {
  report(span, `${prefix}${message}`, finding, subject);
}

/** The place of a part of an entry's value. */
export function entryPlace(
  { file: compose, files }: ComposeProject,
  { name, value, file }: EnvironmentEntry,
  start: number,
  end: number,
): EntryPlace | undefined {
  if (!value) return undefined;
  const isSame = (text: string, span: Span, it: ValueChange) =>
    text.slice(span.start, span.end) === value.value.slice(it.start, it.end);
  if (!file) {
    return {
      span: value.spanOf(start, end),
      prefix: "",
      subject: "",
      fix(kind, title, ...changes) {
        const edits = changes.map((it) => ({ it, span: value.spanOf(it.start, it.end) }));
        if (!edits.every(({ it, span }) => isSame(compose.text, span, it))) return [];
        return [{ kind, title, edits: edits.map(({ it, span }) => replace(span, it.text)) }];
      },
    };
  }
  return {
    span: value.span,
    prefix: `${name.value} in ${file.path}: `,
    subject: `${name.value} ${start}`,
    fix(_, title, ...changes) {
      const path = pathFrom(files.directory, file.path);
      const { valueAt = -1, text } = file;
      const edits = changes.map((it) => ({
        it,
        span: { start: valueAt + it.start, end: valueAt + it.end },
      }));
      if (path === undefined || valueAt < 0 || !edits.every(({ it, span }) => isSame(text, span, it)))
        return [];
      const written = edits.map(({ it, span }) => replace(span, it.text));
      const others = [{ kind: "edit" as const, file: path, before: text, edits: written }];
      return [{ kind: "unsafe", title: `${title} in ${file.path}`, edits: [], others }];
    },
  };
}
