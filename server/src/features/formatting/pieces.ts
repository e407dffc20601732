import { type ComposeProject, notedOnServiceWith, type Service } from "../../model/compose/project.ts";
import type { YamlLayout } from "../../syntax/compose/layout.ts";
import { readLayout } from "../../syntax/compose/read-layout.ts";
import { isSameYaml } from "../../syntax/compose/same-yaml.ts";
import type { ComposeFile } from "../../syntax/compose/tree.ts";
import { applyEdits, type TextEdit } from "../../text/edit.ts";
import { lineBreakIn } from "../../text/line-breaks.ts";
import { LineIndex } from "../../text/line-index.ts";
import type { ListIndentation } from "./compose.ts";
import { furtherIndented } from "./indents.ts";
import { formatText, type TextFormat } from "./text.ts";

/**
 * The edits of `formatCompose` for a file with many services, worked out service by service: what is known of one that no edit has
 * changed is kept with it. None where one of them is too odd.
 */
export function formatPieces(
  file: ComposeFile,
  services: ComposeProject["services"],
  step: number,
  lists: ListIndentation,
): readonly TextEdit[] {
  const pieces = piecesOf(file, services);
  const understood = pieces.flatMap((piece) => {
    const found = formatted(piece, step);
    return found ? [{ start: piece.start, found }] : [];
  });
  if (understood.length < pieces.length) return [];
  const isMostly = understood.reduce((sum, it) => sum + it.found.furtherLists, 0) >= 0;
  const indentsLists = lists === "auto" ? isMostly : lists === "indented";
  const edits: TextEdit[] = [];
  for (const { start, found } of understood) {
    const own = found.edits(indentsLists);
    if (!own) return [];
    for (const { span, newText } of own)
      edits.push({ span: { start: span.start + start, end: span.end + start }, newText });
  }
  return edits;
}

/** Whole lines of a file. */
interface Piece {
  readonly start: number;
  readonly text: string;
  /** What makes it a YAML text that stands as it does in its file: a key around it, and one behind it for comments at its end. */
  readonly before: string;
  readonly behind: string;
  /** The one that it is, with the comments behind it. */
  readonly service?: Service | undefined;
}

/** What stands in front of the services, each of them, and the last one with all that follows. */
function piecesOf({ text, parts }: ComposeFile, services: ComposeProject["services"]): readonly Piece[] {
  const entries = parts?.services ?? [];
  const starts = entries.map(({ entry }) => text.lastIndexOf("\n", entry.key.span.start) + 1);
  const [first = text.length] = starts;
  const indent = text.slice(first, entries[0]?.entry.key.span.start);
  const lineBreak = lineBreakIn(text);
  const behind = `${indent}${NEXT}:${lineBreak}`;
  return [
    { start: 0, text: text.slice(0, first), before: "", behind },
    ...entries.map(({ entry }, at): Piece => {
      const start = starts[at] ?? 0;
      const next = starts[at + 1];
      const before = `services:${lineBreak}`;
      if (next === undefined) return { start, text: text.slice(start), before, behind: "" };
      const service = services.get(entry.key.value);
      const isSame = service?.node !== undefined && service.node === entry.value;
      return { start, text: text.slice(start, next), before, behind, service: isSame ? service : undefined };
    }),
  ];
}

const NEXT = "x-plimsoll-next";

/** A piece as it was read, with its edits as far as they were asked for. */
interface Formatted {
  /** How many more lists are indented than are not. */
  readonly furtherLists: number;
  /** Placed from where the piece starts; undefined where they would change what it says. */
  edits(indentsLists: boolean): readonly TextEdit[] | undefined;
}

interface Asked {
  readonly piece: Piece;
  readonly step: number;
}

/** Undefined for a piece that is not understood. */
function formatted(piece: Piece, step: number): Formatted | undefined {
  const { service, text, behind } = piece;
  return service ? kept(service, [text, behind, step], { piece, step }) : format({ piece, step });
}

const kept = notedOnServiceWith((_: Service, asked: Asked) => format(asked));

function format({ piece, step }: Asked): Formatted | undefined {
  const layout = readLayout(wholeOf(piece));
  if (!layout) return undefined;
  const furtherLists = furtherIndented(layout);
  // Mostly all services are written alike, so that this is what is asked for.
  const likely = furtherLists >= 0;
  const found = new Map([[likely, editsOf(piece, layout, { step, indentsLists: likely })]]);
  return {
    furtherLists,
    edits(indentsLists) {
      const again = found.has(indentsLists) ? undefined : readLayout(wholeOf(piece));
      if (again) found.set(indentsLists, editsOf(piece, again, { step, indentsLists }));
      return found.get(indentsLists);
    },
  };
}

function wholeOf({ before, text, behind }: Piece): string {
  return before + text + behind;
}

function editsOf(piece: Piece, layout: YamlLayout, format: TextFormat): readonly TextEdit[] | undefined {
  const { before, text, behind } = piece;
  const whole = wholeOf(piece);
  const all = formatText({ text: whole, lines: new LineIndex(whole) }, layout, format);
  if (all.length === 0) return [];
  // What is wrong with the reading above must not cost a value.
  if (!isSameYaml(whole, applyEdits(whole, all))) return undefined;
  const end = text.length + (behind === "" ? 1 : 0);
  return all
    .map(({ span, newText }) => ({
      span: { start: span.start - before.length, end: span.end - before.length },
      newText,
    }))
    .filter(({ span }) => span.start >= 0 && span.start < end && span.end <= text.length);
}
