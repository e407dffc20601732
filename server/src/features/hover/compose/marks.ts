import type { ComposeFile } from "../../../syntax/compose/tree.ts";
import { literally } from "../../../text/literally.ts";
import { yamlWithoutSecrets } from "../../knowledge/shown-value.ts";
import { bold, code, codeBlock } from "../../markdown.ts";
import type { Hover } from "../hover.ts";

const MARK = /(?<=^|[\s[{,:])(?:[&*][^\s,[\]{}]+|![\w-]+|<<(?=[ \t]*:))/g;
const MOST_LINES = 15;

/** What an anchor, an alias, a merge key or a tag of Compose under the cursor stands for. */
export function hoverMark(file: ComposeFile, offset: number): Hover | undefined {
  const { text, lines } = file;
  const line = lines.lineAt(offset);
  const start = lines.startOf(line);
  const written = text.slice(start, lines.endOf(line));
  const found = [...written.matchAll(MARK)].find(
    (it) => start + it.index <= offset && offset <= start + it.index + it[0].length,
  );
  if (!found || isQuotedOrComment(written, found.index)) return undefined;
  const mark = found[0];
  const markdown = textOf(file, mark, start + found.index);
  return markdown === undefined
    ? undefined
    : { span: { start: start + found.index, end: start + found.index + mark.length }, markdown };
}

function isQuotedOrComment(line: string, at: number): boolean {
  const before = line.slice(0, at);
  return /(?:^|\s)#/.test(before) || before.split('"').length % 2 === 0 || before.split("'").length % 2 === 0;
}

function textOf(file: ComposeFile, mark: string, at: number): string | undefined {
  if (mark === "!reset")
    return "**!reset**\n\nTakes away what the files before this one say here, as if it had never been written.";
  if (mark === "!override")
    return "**!override**\n\nReplaces what the files before this one say here; without it both would be merged.";
  if (mark === "<<")
    return "**<<**\n\nTakes over the keys of the mapping behind it. Keys that are written beside it go before those.";
  if (mark.startsWith("*")) return aliasText(file, mark.slice(1), at);
  return mark.startsWith("&") ? anchorText(file, mark.slice(1), at) : undefined;
}

function aliasText(file: ComposeFile, name: string, at: number): string {
  const anchor = anchorsOf(file, name).findLast((it) => it < at);
  if (anchor === undefined)
    return `${bold(`*${name}`)}\n\nNothing above it has the anchor ${code(`&${name}`)}.`;
  const line = file.lines.lineAt(anchor);
  return `${bold(`*${name}`)}\n\nStands for what is anchored in line ${line + 1}:\n\n${codeBlock("yaml", blockAt(file, line))}`;
}

function anchorText(file: ComposeFile, name: string, at: number): string {
  const next = anchorsOf(file, name).find((it) => it > at) ?? file.text.length;
  const uses = [...file.text.matchAll(new RegExp(`(?<=[\\s[{,])\\*${literally(name)}(?=[\\s,\\]}]|$)`, "g"))]
    .map((it) => it.index)
    .filter((it) => at < it && it < next);
  if (uses.length === 0) return `${bold(`&${name}`)}\n\nAn anchor that no alias uses.`;
  const shown = uses.slice(0, 12).map((it) => file.lines.lineAt(it) + 1);
  const more = uses.length > shown.length ? ` and ${uses.length - shown.length} more` : "";
  return `${bold(`&${name}`)}\n\nAn anchor. ${code(`*${name}`)} stands for it in line${uses.length > 1 ? "s" : ""} ${shown.join(", ")}${more}.`;
}

function anchorsOf({ text }: ComposeFile, name: string): readonly number[] {
  return [...text.matchAll(new RegExp(`(?<=[\\s[{,]|^)&${literally(name)}(?=[\\s,\\]}]|$)`, "gm"))].map(
    (it) => it.index,
  );
}

/** A line and what is indented under it, passwords hidden. */
function blockAt({ text, lines }: ComposeFile, line: number): string {
  const indentOf = (it: number) =>
    /^[ \t]*/.exec(text.slice(lines.startOf(it), lines.endOf(it)))?.[0].length ?? 0;
  const indent = indentOf(line);
  const found: string[] = [];
  for (let at = line; at < lines.starts.length; at++) {
    const written = text.slice(lines.startOf(at), lines.endOf(at));
    if (at > line && written.trim() !== "" && indentOf(at) <= indent) break;
    if (found.length === MOST_LINES) {
      found.push("…");
      break;
    }
    found.push(written.slice(Math.min(indent, written.length)));
  }
  return yamlWithoutSecrets(found.join("\n").trimEnd());
}
