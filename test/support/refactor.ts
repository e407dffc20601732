import { expect } from "vitest";
import { type Refactored, refactor } from "../../server/src/features/refactor/refactor.ts";
import type { ComposeProject } from "../../server/src/model/compose/project.ts";
import { parseCompose } from "../../server/src/syntax/compose/parse.ts";
import { applyEdits, overlap } from "../../server/src/text/edit.ts";
import { source } from "../../server/src/text/source.ts";
import type { Span } from "../../server/src/text/span.ts";
import { meaningOf } from "./compose/compose-meaning.ts";
import { type ComposeSurroundings, composeOf } from "./compose.ts";

const folder = "/project";

/** Offers at a cursor, or at a selection. */
export function offersAt(
  text: string,
  at: number | Span,
  around: ComposeSurroundings = {},
): readonly Refactored[] {
  return offersIn(composeOf(text, around), at);
}

function offersIn(project: ComposeProject, at: number | Span): readonly Refactored[] {
  return refactor(project, typeof at === "number" ? { start: at, end: at } : at, folder);
}

/** The text, and all files, as they are after an offer was taken. */
export interface Taken {
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
}

export function take(
  text: string,
  { edits, others = [] }: Refactored,
  files: Readonly<Record<string, string>> = {},
): Taken {
  const after: Record<string, string> = { ...files };
  for (const other of others) {
    const name = other.file.slice(folder.length + 1);
    after[name] = other.kind === "create" ? other.text : applyEdits(files[name] ?? "", other.edits);
  }
  return { text: applyEdits(text, edits), files: after };
}

/** Every offer of a text once, found by a cursor at each word, and at a selection of each line's block. */
export function everyOffer(text: string, around: ComposeSurroundings = {}): readonly Refactored[] {
  const project = composeOf(text, around);
  const found = new Map<string, Refactored>();
  const add = (it: Refactored) => found.set(JSON.stringify([it.id, it.title, it.edits]), it);
  for (const { index } of text.matchAll(/(?<![^\s[{,:"'-])[^\s[{,:"'-]/g))
    for (const it of offersIn(project, index)) add(it);
  for (const { index, 0: line } of text.matchAll(/^( *)[\w-]+:\r?\n(?:\1 +.*\n)+/gm))
    for (const it of offersIn(project, { start: index, end: index + line.length })) add(it);
  return [...found.values()];
}

/** After an offer the file can be read, means the same, has its comments, and its lines end as they did. */
export function expectSame(
  before: string,
  offer: Refactored,
  files: Readonly<Record<string, string>> = {},
): void {
  const says = () => `${offer.title}\n${before}\n->\n${after.text}`;
  const after = take(before, offer, files);
  for (const [at, edit] of offer.edits.entries())
    for (const other of offer.edits.slice(at + 1))
      expect(overlap(edit, other), `edits overlap: ${says()}`).toBe(false);
  expect(parseCompose(after.text).problems, says()).toEqual([]);
  const had = commentsOf({ text: before, files });
  const has = commentsOf(after);
  for (const [comment, count] of had)
    expect(has.get(comment) ?? 0, `${comment}: ${says()}`).toBeGreaterThanOrEqual(count);
  if (before.includes("\r\n")) expect(after.text, says()).not.toMatch(/(?<!\r)\n/);
  else expect(after.text, says()).not.toContain("\r");
  expect(after.text, says()).not.toMatch(/[ \t]+$(?<!^[ \t]*)/m);
  if (["health", "declare"].includes(offer.id) || /secret/.test(offer.title)) return;
  expect(meaningOf(after.text, after.files), says()).toEqual(meaningOf(before, files));
}

/** Fixtures have ` #` in comments only. */
function commentsOf({ text, files }: Taken): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const it of [text, ...Object.values(files)].flatMap((file) => file.match(/(?<=^|\s)#.*/gm) ?? []))
    counts.set(it.trim(), (counts.get(it.trim()) ?? 0) + 1);
  return counts;
}

/** Before with `<|>` at the cursor, a line `->`, after. The offer whose title is or begins so. */
export function rewrites(title: string, around: ComposeSurroundings = {}) {
  return (strings: TemplateStringsArray): void => {
    const [fixture = "", after = ""] = source(strings).split("->\n");
    const { text, at } = cursorsOf(fixture);
    for (const [before, expected] of [
      [text, after],
      [text.replaceAll("\n", "\r\n"), after.replaceAll("\n", "\r\n")],
    ] as const) {
      const place = before === text ? at : shifted(text, at);
      const offers = offersAt(before, place, around);
      const offer =
        offers.find((it) => it.title === title) ?? offers.find((it) => it.title.startsWith(title));
      expect(offer?.title, `offered: ${offers.map((it) => it.title).join("; ")}`).toBeDefined();
      if (!offer) return;
      expect(take(before, offer, around.files).text).toBe(expected);
      expectSame(before, offer, around.files);
    }
  };
}

/** Titles of the offers at the cursor. */
export function offered(around: ComposeSurroundings = {}) {
  return (strings: TemplateStringsArray): readonly string[] => {
    const { text, at } = cursorsOf(source(strings));
    return offersAt(text, at, around).map((it) => it.title);
  };
}

/** One `<|>` is a cursor, two are a selection. */
function cursorsOf(fixture: string): { readonly text: string; readonly at: Span } {
  const [before = "", inside, behind] = fixture.split("<|>");
  if (inside === undefined) throw new Error("A <|> has to mark the cursor.");
  if (behind === undefined)
    return { text: before + inside, at: { start: before.length, end: before.length } };
  return { text: before + inside + behind, at: { start: before.length, end: before.length + inside.length } };
}

function shifted(text: string, { start, end }: Span): Span {
  const breaks = (offset: number) => text.slice(0, offset).split("\n").length - 1;
  return { start: start + breaks(start), end: end + breaks(end) };
}
