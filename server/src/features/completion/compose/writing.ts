import { indentStep } from "../../../model/compose/edit/layout.ts";
import { span } from "../../../text/span.ts";
import { type Candidate, escapeSnippet } from "../candidate.ts";
import type { Asked, KeyProposal, Proposal } from "./asked.ts";
import type { ComposeCursor } from "./cursor.ts";

/**
 * How an entry is written at the cursor: as the value that stands there, with a dash before it on a line of its own, or in brackets
 * behind a key that takes a list.
 */
export type Form = "value" | "item" | "brackets";

/** The candidate for a scalar; undefined where it cannot be written, e.g. a list inside quotes. */
export function valueCandidate(
  { cursor }: Pick<Asked, "cursor">,
  proposal: Proposal,
  form: Form,
  needsText: boolean,
): Candidate | undefined {
  const {
    label,
    kind,
    detail,
    documentation,
    rank = 1,
    continues,
    keep,
    ahead,
    also,
    snippet = false,
  } = proposal;
  const typed = keep ?? 0;
  const isPart = keep !== undefined && keep > 0;
  if (isPart && form !== "value") return undefined;
  const scalar = scalarText(cursor, proposal, form, needsText, isPart);
  if (scalar === undefined) return undefined;
  const { offset } = cursor;
  const end = offset + (ahead ?? cursor.rest.length);
  const closes = cursor.quote && !cursor.closed && end === offset + cursor.rest.length;
  const newText = form === "item" ? `- ${scalar}` : form === "brackets" ? `[${scalar}]` : scalar;
  return {
    label: form === "item" ? `- ${label}` : label,
    kind,
    edit: {
      span: span(offset - cursor.typed.length + typed, end),
      newText: newText + (closes ? cursor.quote : "") + (cursor.needsComma ? "," : ""),
    },
    snippet,
    rank,
    ...(detail && { detail }),
    ...(documentation && { documentation }),
    ...(continues && form !== "brackets" && { continues }),
    ...(also && also.length > 0 && { also }),
  };
}

function scalarText(
  cursor: ComposeCursor,
  { label, text = label, yaml, snippet }: Proposal,
  form: Form,
  needsText: boolean,
  isPart: boolean,
): string | undefined {
  const inFlow = cursor.inFlow || form === "brackets";
  if (cursor.quote) {
    if (yaml !== undefined) return undefined;
    if (snippet) return text;
    return cursor.quote === '"' ? JSON.stringify(text).slice(1, -1) : text.replaceAll("'", "''");
  }
  if (yaml !== undefined) return hung(yaml, cursor.hang);
  if (isPart) return text;
  if (snippet && cursor.isJson) return `"${text}"`;
  if (snippet) return inFlow && /[,[\]{}]/.test(text.replace(/\$\{\d[^}]*\}/g, "")) ? undefined : text;
  const mayBePlain = !cursor.isJson || /^(?:true|false|null|\d+(?:\.\d+)?)$/.test(text);
  return mayBePlain && isPlain(text, inFlow) && !(needsText && isTyped(text)) ? text : JSON.stringify(text);
}

/** Can it stand without quotes? */
function isPlain(text: string, inFlow: boolean): boolean {
  if (text === "" || text !== text.trim() || /[\n\t]|: |:$| #/.test(text)) return false;
  if (/^[#&*!|>%@`"'[\]{},]|^[-?:](?:\s|$)/.test(text)) return false;
  return !inFlow || !/[,[\]{}]/.test(text);
}

/** Would YAML, of one version or another, take it for something else than a text? */
function isTyped(text: string): boolean {
  return /^(?:~|null|true|false|yes|no|on|off|y|n|[-+]?\.?\d[\d_,.]*(?:e[-+]?\d+)?|0[xo][\da-f]+|[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?)$/i.test(
    text,
  );
}

/** Lines but the first are pushed in as far as the place is further in than its line. */
function hung(text: string, hang: number): string {
  return text.replaceAll("\n", `\n${" ".repeat(hang)}`);
}

/** The candidate for a key, with what mostly stands behind it. */
export function keyCandidate({ cursor, project }: Asked, proposal: KeyProposal): Candidate {
  const {
    label,
    name = label,
    kind = "keyword",
    detail,
    documentation,
    rank = 1,
    behind,
    deprecated,
    also,
  } = proposal;
  const { offset, typed, rest, quote, closed, hasColon, inFlow, hang } = cursor;
  const start = offset - typed.length;
  const step = " ".repeat(indentStep(project.file));
  const opening = hasColon
    ? { text: "", snippet: false }
    : inFlow
      ? flowOpening(behind, cursor.isJson, cursor.needsComma)
      : blockOpening(behind, step);
  const isSnippet = opening.snippet || proposal.snippet === true;
  const written = quote ? name : isPlain(name, inFlow) && !cursor.isJson ? name : JSON.stringify(name);
  const key = isSnippet && proposal.snippet !== true ? escapeSnippet(written) : written;
  // The closing quote goes before the colon.
  const closing = quote && (!hasColon || !closed) ? quote : "";
  const end = offset + rest.length + (quote && closed && !hasColon ? 1 : 0);
  return {
    label,
    kind,
    edit: {
      span: span(start, end),
      newText:
        key + closing + (hasColon ? "" : `:${hung(opening.text, hang)}${cursor.needsComma ? "," : ""}`),
    },
    snippet: isSnippet,
    rank,
    continues: behind.kind !== "nothing" && behind.kind !== "lines",
    ...(detail && { detail }),
    ...(documentation && { documentation }),
    ...(deprecated && { deprecated }),
    ...(also && also.length > 0 && { also }),
  };
}

interface Opening {
  readonly text: string;
  readonly snippet: boolean;
}

function blockOpening(behind: KeyProposal["behind"], step: string): Opening {
  switch (behind.kind) {
    case "nothing":
      return { text: "", snippet: false };
    case "value":
      return { text: " ", snippet: false };
    case "list":
      return { text: `\n${step}- $0`, snippet: true };
    case "mapping":
      return { text: `\n${step}$0`, snippet: true };
    case "text":
      return { text: ` ${behind.yaml}`, snippet: false };
    case "lines":
      return {
        text: behind.lines.map((it) => `\n${step}${it.replaceAll("\t", step)}`).join(""),
        snippet: true,
      };
  }
}

function flowOpening(behind: KeyProposal["behind"], isJson: boolean, needsComma: boolean): Opening {
  switch (behind.kind) {
    case "nothing":
      return isJson ? { text: " {}", snippet: false } : { text: "", snippet: false };
    case "value":
      return isJson
        ? { text: ' "$0"', snippet: true }
        : needsComma
          ? { text: " $0", snippet: true }
          : { text: " ", snippet: false };
    case "list":
      return { text: " [$0]", snippet: true };
    case "mapping":
    case "lines":
      return { text: " { $0 }", snippet: true };
    case "text":
      return { text: ` ${behind.yaml}`, snippet: false };
  }
}
