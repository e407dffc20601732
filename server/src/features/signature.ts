import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import { cursorIn, type DockerfileCursor } from "./completion/dockerfile-cursor.ts";
import { flagsOf } from "./knowledge/flags.ts";
import { instructionKnowledge } from "./knowledge/instructions.ts";

/** The forms of the instruction that is being written, and the part of it that comes next. */
export interface Signatures {
  readonly forms: readonly Form[];
  /** Index of the form that is being written. */
  readonly active: number;
  /** Index of its part at the cursor; undefined behind the last one. */
  readonly part: number | undefined;
}

export interface Form {
  readonly label: string;
  readonly parts: readonly FormPart[];
}

export interface FormPart {
  /** Offsets in the label. */
  readonly start: number;
  readonly end: number;
  /** Markdown. */
  readonly documentation: string | undefined;
}

/**
 * Shown while the arguments of an instruction are written. Of a command line only in front of its first word: what follows is the
 * program's.
 */
export function signaturesAt(model: DockerfileModel, offset: number): Signatures | undefined {
  const cursor = cursorIn(model.file, offset);
  if (!cursor || cursor.inKeyword || cursor.inHereDocument) return undefined;
  const known = instructionKnowledge(cursor.keyword);
  if (!known) return undefined;
  const before = cursor.words.filter((it) => !it.startsWith("--"));
  const isList = [...before, cursor.typed].some((it) => it.startsWith("["));
  if (commandLines.has(known.name) && !isList && before.length > 0) return undefined;
  // There is nothing to say about a command line but its flags.
  if (known.name === "RUN" && !isList && !cursor.typed.startsWith("-")) return undefined;

  const forms = known.forms.map((label) => ({ label, parts: partsOf(label, known.name) }));
  const active = Math.max(0, formFor(known.forms, before, isList));
  return { forms, active, part: partAt(forms[active], cursor, before, isList) };
}

const commandLines: ReadonlySet<string> = new Set(["RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK", "ONBUILD"]);

/** Of `FROM [--platform=…] <image>[:<tag>|@<digest>] [AS <name>]` the three behind the keyword. */
function partsOf(label: string, instruction: string): readonly FormPart[] {
  const flags = flagsOf[instruction] ?? [];
  const from = label.indexOf(" ") + 1;
  return [...label.slice(from).matchAll(PART)].map(({ 0: text, index }) => {
    const flag = /^\[--([\w-]+)/.exec(text)?.[1];
    return {
      start: from + index,
      end: from + index + text.length,
      documentation: flags.find((it) => it.name === flag)?.summary,
    };
  });
}

/** A flag, `[AS <name>]`, an entry of a list, a placeholder with what belongs to it, a word. */
const PART = /\[--[^\]]*\]|\[AS <name>\]|"<[^"]*"…?|<[^<>]*>(?:=<[^>]*>)?(?:\[[^\]]*\])*…?|[A-Z]+/g;

/** The form with a list for who writes one, `HEALTHCHECK NONE` for who writes that. */
function formFor(forms: readonly string[], before: readonly string[], isList: boolean): number {
  const word = before[0]?.toUpperCase();
  if (word === "NONE") return forms.findIndex((it) => it.endsWith(" NONE"));
  return forms.findIndex((it) => /\["/.test(it) === isList);
}

function partAt(
  form: Form | undefined,
  { typed }: DockerfileCursor,
  before: readonly string[],
  isList: boolean,
): number | undefined {
  if (!form) return undefined;
  const textOf = ({ start, end }: FormPart) => form.label.slice(start, end);
  const flag = /^--([\w-]*)/.exec(typed);
  if (flag) {
    if (before.length > 0) return undefined;
    const found = form.parts.findIndex((it) => textOf(it).startsWith(`[--${flag[1]}`));
    return found < 0 ? undefined : found;
  }
  const own = form.parts.flatMap((it, index) => (textOf(it).startsWith("[--") ? [] : [index]));
  const at = isList ? [...before, typed].join(" ").split(",").length - 1 : before.length;
  // The last but one may be given many times, and what is written last then counts as the last.
  return own[at] ?? (form.label.includes("…") && own.length > 0 ? own.at(-1) : undefined);
}
