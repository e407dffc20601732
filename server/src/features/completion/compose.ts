import type { ComposeProject } from "../../model/compose/project.ts";
import type { Shape } from "../../model/compose/specification/shape.ts";
import type { ComposeFile } from "../../syntax/compose/tree.ts";
import { composePlaceAt } from "../compose-path.ts";
import { examplesOf, namesAt, suggestionsFor } from "../knowledge/compose-values.ts";
import type { Candidate } from "./candidate.ts";
import { aliases, countsAs, tags } from "./compose/anchors.ts";
import { type Asked, type KeyProposal, type Proposal, shapeOf } from "./compose/asked.ts";
import { type ComposeCursor, composeCursorIn } from "./compose/cursor.ts";
import { wholeHealthchecks } from "./compose/health.ts";
import { behindOf, specificationKeys } from "./compose/keys.ts";
import { namesFor, proposalsAt } from "./compose/places.ts";
import { completeVariable } from "./compose/variables.ts";
import { type Form, keyCandidate, valueCandidate } from "./compose/writing.ts";
import { wholeFiles } from "./templates.ts";

/**
 * What can be written at `offset` of a Compose file, in no order; empty where nothing is known. `written` is the text as it stands, where
 * the project was read from one that leaves out the line that is being written (`withoutLine`).
 */
export function completeCompose(
  project: ComposeProject,
  offset: number,
  written = project.file,
): Candidate[] {
  const cursor = composeCursorIn(written, offset);
  if (!cursor) return inLongText(project, offset, written);
  const path = countsAs(written, cursor.path);
  const service = path[0] === "services" ? project.services.get(path[1] ?? "") : undefined;
  const asked: Asked = { project, cursor, path, service };
  const isEmpty =
    written.text.replace(/^[ \t]*#.*$/gm, "").trim() === cursor.typed && path.length === 0 && !cursor.quote;
  const whole = isEmpty ? wholeFiles("compose", offset - cursor.typed.length, offset) : [];
  return [...unique([...marks(asked), ...inValue(asked), ...inKey(asked), ...itemKeys(asked)]), ...whole];
}

/** Variables in a text of several lines, such as a script behind `|`: there is nothing else to say about it. */
function inLongText(project: ComposeProject, offset: number, written: ComposeFile): Candidate[] {
  const { lines, text } = written;
  const line = lines.lineAt(offset);
  const typed = /\S*$/.exec(text.slice(lines.startOf(line), offset))?.[0] ?? "";
  if (!typed.includes("$")) return [];
  const place = composePlaceAt(written, offset);
  if (!place || place.onKey || lines.lineAt(place.span.start) === line) return [];
  const rest = /^\S*/.exec(text.slice(offset, lines.endOf(line)))?.[0] ?? "";
  const { path } = place;
  const cursor: ComposeCursor = {
    ...{ offset, path, at: "value", typed, rest, quote: undefined, closed: true, hasColon: false },
    ...{ inFlow: false, keys: new Set(), items: [], needsComma: false, isJson: false, hang: 0 },
  };
  const asked: Asked = { project, cursor, path, service: undefined };
  return [...candidates(asked, completeVariable(asked) ?? [], "value")];
}

/**
 * The text without the line at an offset, which is blank then, so that all other offsets stay: a quote or brace that is just being
 * opened makes nothing else unreadable.
 */
export function withoutLine({ text, lines }: ComposeFile, offset: number): string {
  const line = lines.lineAt(offset);
  const start = lines.startOf(line);
  const end = lines.endOf(line);
  return text.slice(0, start) + " ".repeat(end - start) + text.slice(end);
}

/** Anchors behind `*`, tags behind `!`. */
function marks(asked: Asked): readonly Candidate[] {
  const { project, cursor } = asked;
  if (cursor.quote || cursor.at === "key") return [];
  const isMerge = cursor.path.includes("<<");
  const taker = isMerge ? asked.path.slice(0, asked.path.indexOf("<<")) : asked.path;
  const isWanted = cursor.typed.startsWith("*") || (isMerge && cursor.typed === "");
  const wanted = isWanted ? aliases(project.file, cursor.offset, shapeOf({ path: taker })?.mapping) : [];
  const found = cursor.typed.startsWith("!") ? tags : wanted;
  return candidates(asked, found, "value");
}

function isMarked({ typed, path }: Asked["cursor"]): boolean {
  return /^[*!&]/.test(typed) || path.includes("<<");
}

/** Scalars: behind a key, in a list, on a line of its own below a key that takes a list, in brackets behind such a key. */
function inValue(asked: Asked): readonly Candidate[] {
  const { cursor, path } = asked;
  if (cursor.hasColon || (isMarked(cursor) && !cursor.quote)) return [];
  const shape = shapeOf(asked);
  const inList: Asked = { ...asked, path: [...path, "[]"] };
  if (cursor.at === "key") {
    if (!shape?.list || cursor.inFlow || cursor.quote || cursor.keys.size > 0) return [];
    return scalars(inList, "item");
  }
  const variables = completeVariable(asked);
  if (variables) return candidates(asked, variables, "value");
  const takesOnlyList = shape?.list && !shape.scalar;
  if (takesOnlyList && !cursor.quote && path.at(-1) !== "[]") return scalars(inList, "brackets");
  return scalars(asked, "value");
}

/** Scalars at a place, and in a list of pairs the names that a value follows. */
function scalars(asked: Asked, form: Form): readonly Candidate[] {
  const { path, cursor } = asked;
  const shape = shapeOf(asked);
  const pairs: Proposal[] = [];
  if (path.at(-1) === "[]" && !cursor.typed.includes("=")) {
    const mapping: Asked = { ...asked, path: path.slice(0, -1) };
    // Hosts stand before a colon, and are written with their address.
    if (shapeOf(mapping)?.mapping?.named && path.at(-2) !== "extra_hosts") {
      for (const it of keyNames(mapping)) {
        // Only names that stand before an equals sign in a list; others are entries themselves.
        const isPair = it.behind.kind === "value" || it.behind.kind === "text";
        if (isPair) pairs.push(asPair(it));
      }
    }
  }
  const own = path.at(-1) === "[]" && cursor.typed.includes("=") ? pairValues(asked) : [];
  const proposals = [...proposalsAt(asked), ...pairs, ...own, ...fromShape(asked, shape)];
  return candidates(asked, without(proposals, asked), form);
}

function asPair({
  label,
  kind = "variable",
  detail,
  documentation,
  rank = 1,
  behind,
}: KeyProposal): Proposal {
  const value = behind.kind === "text" ? unquoted(behind.yaml) : "";
  return {
    label,
    ...{ kind, detail, documentation, rank },
    text: `${label}=${value}`,
    continues: value === "",
  };
}

function unquoted(yaml: string): string {
  return yaml.startsWith('"') ? String(JSON.parse(yaml)) : yaml;
}

/** Behind `NAME=` in a list. */
function pairValues(asked: Asked): readonly Proposal[] {
  const { cursor, path } = asked;
  const equals = cursor.typed.indexOf("=");
  const name = cursor.typed.slice(0, equals);
  const value = { ...cursor, typed: cursor.typed.slice(equals + 1) };
  const place: Asked = { ...asked, cursor: value, path: [...path.slice(0, -1), name] };
  return proposalsAt(place).map((it) => ({ ...it, keep: equals + 1 + (it.keep ?? 0) }));
}

/** What the specification says of a scalar's texts, and examples of its form. */
function fromShape({ path }: Asked, shape: Shape | undefined): readonly Proposal[] {
  const scalar = shape?.scalar;
  if (!scalar) return [];
  const said = suggestionsFor({ scalar });
  const shown = said.length > 0 ? said : examplesOf(path.at(-1) ?? "", scalar);
  return shown.map((label, at) => ({ label, kind: "value", rank: 5 + at }));
}

/** Entries of a list but those that it has; of a value that can only be one of some, what else comes to mind. */
function without(proposals: readonly Proposal[], { cursor, path }: Asked): readonly Proposal[] {
  if (path.at(-1) !== "[]") return proposals;
  const given = new Set(cursor.items);
  return proposals.filter((it) => !given.has(it.text ?? it.label));
}

/** Keys: at the start of a line or of an entry of a list, and in braces. */
function inKey(asked: Asked): readonly Candidate[] {
  const { cursor } = asked;
  if (cursor.at === "value" && cursor.path.at(-1) !== "[]") return [];
  if (cursor.at === "value" && (cursor.inFlow || isMarked(cursor) || cursor.typed.includes(":"))) return [];
  // A list has no keys.
  if (cursor.at === "key" && cursor.items.length > 0 && cursor.keys.size === 0 && !cursor.inFlow) return [];
  return [
    ...specificationKeys(asked),
    ...keyNames(asked),
    ...(asked.path.length === 2 && asked.path[0] === "services" ? wholeHealthchecks(asked) : []),
  ].map((it) => keyCandidate(asked, it));
}

/** On a line of its own below a key that takes a list of mappings: a dash, and the keys of an entry. */
function itemKeys(asked: Asked): readonly Candidate[] {
  const { cursor, path } = asked;
  if (cursor.at !== "key" || cursor.inFlow || cursor.quote || cursor.hasColon || cursor.keys.size > 0)
    return [];
  if (!shapeOf(asked)?.list) return [];
  const dash = "- ";
  const entry: Asked = {
    ...asked,
    path: [...path, "[]"],
    cursor: { ...cursor, at: "value", hang: cursor.hang + dash.length },
  };
  return specificationKeys(entry).map((it) => {
    const candidate = keyCandidate(entry, it);
    const newText = dash + candidate.edit.newText;
    return { ...candidate, label: dash + candidate.label, edit: { ...candidate.edit, newText } };
  });
}

/** Names of the user's that make sense as keys. */
function keyNames(asked: Asked): readonly KeyProposal[] {
  const named = shapeOf(asked)?.mapping?.named;
  if (!named) return [];
  const behind: KeyProposal["behind"] = named.empty && !named.scalar ? { kind: "nothing" } : behindOf(named);
  const known = namesAt(asked.path).map(
    ({ value, summary }, rank): KeyProposal => ({
      label: value,
      detail: summary?.replaceAll("`", ""),
      kind: "value",
      rank,
      behind: named.scalar ? { kind: "value" } : behind,
    }),
  );
  return [...namesFor(asked), ...known].filter((it) => !asked.cursor.keys.has(it.name ?? it.label));
}

function candidates(asked: Asked, proposals: readonly Proposal[], form: Form): readonly Candidate[] {
  const scalar = shapeOf(asked)?.scalar;
  const needsText = scalar !== undefined && ["text", "size", "duration"].includes(scalar.type);
  return proposals.flatMap((it) => valueCandidate(asked, it, form, needsText) ?? []);
}

/** The first of those with one label: what the project is goes before what the specification says. */
function unique(all: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return all.filter(({ label }) => !seen.has(label) && seen.add(label));
}
