import { type CST, Lexer, Parser } from "yaml";
import { LineIndex } from "../../text/line-index.ts";
import { endOf, isAround, startOfBlock, startOfItem } from "./cst-places.ts";
import type { Block, Gap, LineRole, YamlLayout } from "./layout.ts";
import { tooDeep } from "./nesting.ts";

/** How a text stands on its lines. Undefined where it has an error, or something that no Compose file needs (keys with `?`, a byte order mark). */
export function readLayout(text: string): YamlLayout | undefined {
  const tokens = [...new Lexer().lex(text)];
  if (text.startsWith("\uFEFF") || tooDeep(tokens)) return undefined;
  const reader = new LayoutReader(text);
  const parser = new Parser();
  for (const token of tokens) for (const part of parser.next(token)) reader.top(part);
  for (const part of parser.end()) reader.top(part);
  return reader.layout();
}

interface Owner {
  readonly block: Block | undefined;
  /** Brackets that are open around. */
  readonly depth: number;
}

class LayoutReader {
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #roles: (LineRole | undefined)[];
  readonly #gaps: Gap[] = [];
  readonly #quoted = new Set<number>();
  #understood = true;

  constructor(text: string) {
    this.#text = text;
    this.#lines = new LineIndex(text);
    this.#roles = this.#lines.starts.map(() => undefined);
  }

  layout(): YamlLayout | undefined {
    const lines = this.#roles.map((role, line): LineRole | undefined => {
      if (role) return role;
      return this.#textOf(line).trim() === "" ? { kind: "blank" } : undefined;
    });
    const known = lines.filter((it) => it !== undefined);
    return this.#understood && known.length === lines.length
      ? { lines: known, gaps: this.#gaps, quoted: this.#quoted }
      : undefined;
  }

  top(part: CST.Token): void {
    if (part.type === "document") {
      this.#around(part.start, { block: undefined, depth: 0 });
      if (part.value) this.#value(part.value, { block: undefined, depth: 0 });
      this.#around(part.end, { block: undefined, depth: 0 });
    } else if (part.type === "doc-end") {
      this.#mark(part.offset, { kind: "marker" });
      this.#around(part.end, { block: undefined, depth: 0 });
    } else if (part.type === "directive") this.#mark(part.offset, { kind: "marker" });
    else this.#around([part as CST.SourceToken], { block: undefined, depth: 0 });
  }

  #value(token: CST.Token, owner: Owner): void {
    switch (token.type) {
      case "block-map":
        this.#mapping(token, owner);
        break;
      case "block-seq":
        this.#sequence(token, owner);
        break;
      case "flow-collection":
        this.#flow(token, owner);
        break;
      case "block-scalar":
        this.#blockText(token, owner);
        break;
      case "alias":
      case "scalar":
      case "single-quoted-scalar":
      case "double-quoted-scalar":
        this.#scalar(token, owner);
        break;
      default:
        this.#understood = false;
    }
  }

  #mapping({ items }: CST.BlockMap, { block: parent, depth }: Owner): void {
    const first = items.map(startOfItem).find((it) => it !== undefined);
    if (first === undefined || depth > 0) {
      this.#fail();
      return;
    }
    const block = this.#block("mapping", parent, first);
    for (const item of items) {
      const start = startOfItem(item);
      // What stands behind the last entry are comments.
      if (start === undefined && !item.sep && item.start.every(isAround)) {
        this.#around(item.start, { block, depth });
        continue;
      }
      if (start === undefined || item.explicitKey || !item.key || !item.sep) {
        this.#fail();
        return;
      }
      this.#mark(start, { kind: "entry", block });
      this.#around(item.start, { block, depth });
      this.#scalarKey(item.key, { block, depth });
      this.#colon(item.key, item.sep, item.value);
      this.#around(item.sep, { block, depth });
      if (item.value) this.#value(item.value, { block, depth });
      block.lastLine = Math.max(block.lastLine, this.#lines.lineAt(endOf(item.value ?? item.key)));
    }
    this.#spread(block);
  }

  #sequence({ items }: CST.BlockSequence, { block: parent, depth }: Owner): void {
    const dash = (item: CST.BlockSequence["items"][number]) =>
      item.start.find((it) => it.type === "seq-item-ind");
    const first = items.map(dash).find((it) => it !== undefined);
    if (!first || depth > 0) {
      this.#fail();
      return;
    }
    const block = this.#block("sequence", parent, first.offset);
    for (const item of items) {
      const mark = dash(item);
      if (mark) {
        this.#mark(mark.offset, { kind: "entry", block });
        const next = [...item.start.slice(item.start.indexOf(mark) + 1), ...(item.value ? [item.value] : [])];
        this.#gapBehind(mark, next);
        block.lastLine = Math.max(
          block.lastLine,
          this.#lines.lineAt(item.value ? endOf(item.value) : mark.offset),
        );
      }
      this.#around(item.start, { block, depth });
      if (item.value) this.#value(item.value, { block, depth });
    }
    this.#spread(block);
  }

  #flow({ start, items, end }: CST.FlowCollection, owner: Owner): void {
    this.#mark(start.offset, this.#startOf(owner));
    const inside = { block: owner.block, depth: owner.depth + 1 };
    for (const { start: before, key, sep, value } of items) {
      this.#around(before, inside);
      if (key) this.#value(key, inside);
      if (sep) {
        this.#colon(key ?? undefined, sep, value);
        this.#around(sep, inside);
      }
      if (value) this.#value(value, inside);
    }
    const [close, ...behind] = end;
    if (!close || close.type === "flow-error-end") {
      this.#fail();
      return;
    }
    this.#mark(close.offset, { kind: "flow", block: owner.block, depth: owner.depth, closes: true });
    this.#around(behind, owner);
  }

  #scalarKey(token: CST.Token, owner: Owner): void {
    const isScalar = "source" in token && "indent" in token && token.type !== "block-scalar";
    if (!isScalar || /[\r\n]/.test(token.source)) {
      this.#fail();
      return;
    }
    this.#around("end" in token ? token.end : undefined, owner);
  }

  #scalar({ offset, source, type, end }: CST.FlowScalar, owner: Owner): void {
    this.#mark(offset, this.#startOf(owner));
    const first = this.#lines.lineAt(offset);
    const last = this.#lines.lineAt(offset + source.length);
    for (let line = first + 1; line <= last; line++)
      this.#roles[line] ??= { kind: "folded", block: owner.block, depth: owner.depth };
    // Blanks at the end of a line in double quotes may count.
    if (type !== "scalar") for (let line = first; line < last; line++) this.#quoted.add(line);
    this.#around(end, owner);
  }

  #blockText({ offset, props, source }: CST.BlockScalar, { block, depth }: Owner): void {
    this.#mark(offset, this.#startOf({ block, depth }));
    const header = props.find((it) => it.type === "block-scalar-header");
    const last = props.at(-1);
    if (!block || depth > 0 || !header || !last || !("source" in header) || !("source" in last)) {
      this.#fail();
      return;
    }
    this.#around(props as CST.SourceToken[], { block, depth });
    const start = last.offset + last.source.length;
    if (source === "") return;
    const lines = source.split("\n");
    const contents = lines.map((it) => it.replace(/\r$/, ""));
    const first = contents.find((it) => /[^ ]/.test(it));
    if (first === undefined) return;
    const digit = /\d/.exec(header.source)?.[0];
    const column = digit === undefined ? (/^ */.exec(first)?.[0].length ?? 0) : block.column + Number(digit);
    const text = { block, column, explicit: digit !== undefined };
    const isEmpty = (it: string) => /^ *$/.test(it) && it.length <= column;
    const lastText = header.source.includes("+")
      ? contents.length - 1
      : contents.findLastIndex((it) => !isEmpty(it));
    const startLine = this.#lines.lineAt(start);
    const count = source.endsWith("\n") ? Math.min(lastText, contents.length - 2) : lastText;
    for (let at = 0; at <= count; at++) {
      const content = contents[at] ?? "";
      if (!isEmpty(content) && !content.startsWith(" ".repeat(column))) {
        this.#fail();
        return;
      }
      this.#roles[startLine + at] = { kind: "text", text, strips: header.source.includes("-") };
    }
  }

  /** Comments, anchors and tags around nodes. */
  #around(tokens: readonly CST.SourceToken[] | undefined, owner: Owner): void {
    for (const { type, offset } of tokens ?? []) {
      if (type === "comment")
        this.#mark(offset, owner.depth > 0 ? this.#startOf(owner) : { kind: "comment" });
      else if (type === "anchor" || type === "tag" || type === "comma")
        this.#mark(offset, this.#startOf(owner));
      else if (type === "map-value-ind") this.#mark(offset, this.#startOf(owner));
      else if (type === "doc-start" || type === "directive-line") this.#mark(offset, { kind: "marker" });
      else if (type === "explicit-key-ind" || type === "flow-error-end" || type === "byte-order-mark")
        this.#fail();
    }
  }

  #startOf({ block, depth }: Owner): LineRole {
    return depth > 0 ? { kind: "flow", block, depth, closes: false } : { kind: "value", block };
  }

  /** No blank before a colon, but behind an alias, whose name would take it in; one behind it. */
  #colon(key: CST.Token | undefined, sep: readonly CST.SourceToken[], value: CST.Token | undefined): void {
    const colon = sep.find((it) => it.type === "map-value-ind");
    if (!colon) return;
    if (key && key.type !== "alias") {
      const span = { start: endOf(key), end: colon.offset };
      if (span.end > span.start && /^[ \t]+$/.test(this.#text.slice(span.start, span.end)))
        this.#gaps.push({ span, wanted: "" });
    }
    this.#gapBehind(colon, [...sep.slice(sep.indexOf(colon) + 1), ...(value ? [value] : [])]);
  }

  #gapBehind({ offset, source }: CST.SourceToken, behind: readonly CST.Token[]): void {
    const next = behind.find((it) => it.type !== "space");
    if (!next || next.type === "comment" || next.type === "newline") return;
    const start = offset + source.length;
    const end = next.type === "block-map" || next.type === "block-seq" ? startOfBlock(next) : next.offset;
    if (
      end === undefined ||
      !/^[ \t]*$/.test(this.#text.slice(start, end)) ||
      (end - start === 1 && this.#text[start] === " ")
    )
      return;
    this.#gaps.push({ span: { start, end }, wanted: " " });
  }

  #block(kind: Block["kind"], parent: Block | undefined, offset: number): Block {
    const { line, column } = this.#lines.positionAt(offset);
    return { kind, parent, column, firstLine: line, lastLine: line };
  }

  /** What ends in a block ends in those around it too. */
  #spread(block: Block): void {
    if (block.parent) block.parent.lastLine = Math.max(block.parent.lastLine, block.lastLine);
  }

  /** Sets the role of a line that starts with what is at `offset`. */
  #mark(offset: number, role: LineRole): void {
    const line = this.#lines.lineAt(offset);
    if (
      this.#roles[line] === undefined &&
      /^[ \t]*$/.test(this.#text.slice(this.#lines.startOf(line), offset))
    )
      this.#roles[line] = role;
  }

  #textOf(line: number): string {
    return this.#text.slice(this.#lines.startOf(line), this.#lines.endOf(line));
  }

  #fail(): void {
    this.#understood = false;
  }
}
