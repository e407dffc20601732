import type { Block, LineRole, YamlLayout } from "../../syntax/compose/layout.ts";
import type { TextFormat, Written } from "./text.ts";

/** Lines that are to be indented, both ends included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** How far each line is to be indented; undefined for blank lines. A block that is not wholly in `range` keeps its column. */
export function indentsOf(
  file: Written,
  layout: YamlLayout,
  { step, indentsLists }: TextFormat,
  range: LineRange | undefined,
): readonly (number | undefined)[] {
  const columns = new Columns(step, indentsLists, range);
  const indents = layout.lines.map((role, line) => columns.indentOf(role, oldIndent(file, line)));
  alignComments(file, layout, columns, indents);
  return indents;
}

function oldIndent({ text, lines }: Written, line: number): number {
  const start = lines.startOf(line);
  let at = start;
  while (text[at] === " " || text[at] === "\t") at++;
  return at - start;
}

/** As most lists below a key are; indented where there are as many of either. */
export function listsAreIndented(layout: YamlLayout): boolean {
  return furtherIndented(layout) >= 0;
}

/** How many more lists below a key are indented than are not. */
export function furtherIndented({ lines }: YamlLayout): number {
  let more = 0;
  const seen = new Set<Block>();
  for (const role of lines) {
    if (role.kind !== "entry" || role.block.kind !== "sequence" || seen.has(role.block)) continue;
    seen.add(role.block);
    if (role.block.parent?.kind !== "mapping") continue;
    more += role.block.column > role.block.parent.column ? 1 : -1;
  }
  return more;
}

class Columns {
  readonly #step: number;
  readonly #indentsLists: boolean;
  readonly #range: LineRange | undefined;
  readonly #columns = new Map<Block, number>();

  constructor(step: number, indentsLists: boolean, range: LineRange | undefined) {
    this.#step = step;
    this.#indentsLists = indentsLists;
    this.#range = range;
  }

  /** Where the keys or dashes of a block go. */
  of(block: Block): number {
    const known = this.#columns.get(block);
    if (known !== undefined) return known;
    const column = this.#isOutside(block) ? block.column : this.#below(block);
    this.#columns.set(block, column);
    return column;
  }

  #isOutside({ firstLine, lastLine }: Block): boolean {
    return this.#range !== undefined && (firstLine < this.#range.first || lastLine > this.#range.last);
  }

  #below({ parent, kind }: Block): number {
    if (!parent) return 0;
    if (parent.kind === "mapping" && kind === "sequence" && !this.#indentsLists) return this.of(parent);
    return this.#inside(parent);
  }

  /** Where what belongs to an entry of a block goes: behind the dash, one step from the key. */
  #inside(block: Block): number {
    return this.of(block) + (block.kind === "sequence" ? 2 : this.#step);
  }

  indentOf(role: LineRole, old: number): number | undefined {
    switch (role.kind) {
      case "blank":
      case "comment":
        return undefined;
      case "marker":
        return 0;
      case "entry":
        return this.of(role.block);
      case "value":
        return role.block ? this.#inside(role.block) : 0;
      case "flow":
      case "folded":
        return this.#inBrackets(role, old);
      case "text":
        return role.text.explicit
          ? this.of(role.text.block) + role.text.column - role.text.block.column
          : this.#inside(role.text.block);
    }
  }

  /** A bracket that closes a value may stand below its key, where the author has it there. */
  #inBrackets(role: Extract<LineRole, { kind: "flow" | "folded" }>, old: number): number {
    const { block } = role;
    const closesValue = role.kind === "flow" && role.closes && role.depth === 0;
    if (!block) return role.depth * this.#step;
    if (closesValue && block.kind === "mapping" && old <= block.column) return this.of(block);
    return this.#inside(block) + Math.max(0, role.depth - 1) * this.#step;
  }
}

/**
 * A comment goes with what it stands above of when both start in one column, else with the block in whose column it is, or that it
 * is inside of.
 */
function alignComments(
  file: Written,
  { lines }: YamlLayout,
  columns: Columns,
  indents: (number | undefined)[],
): void {
  let next: { readonly old: number; readonly wanted: number } | undefined;
  const nextOf: (typeof next)[] = [];
  for (let line = lines.length - 1; line >= 0; line--) {
    nextOf[line] = next;
    const role = lines[line];
    const wanted = indents[line];
    if (role?.kind === "marker") next = undefined;
    else if (wanted !== undefined) next = { old: oldIndent(file, line), wanted };
  }
  let block: Block | undefined;
  for (const [line, role] of lines.entries()) {
    if (role.kind === "comment")
      indents[line] = commentIndent(oldIndent(file, line), nextOf[line], block, columns);
    else if (role.kind === "marker") block = undefined;
    else if (role.kind === "entry" || role.kind === "value" || role.kind === "flow" || role.kind === "folded")
      block = role.block;
    else if (role.kind === "text") block = role.text.block;
  }
}

function commentIndent(
  old: number,
  next: { readonly old: number; readonly wanted: number } | undefined,
  innermost: Block | undefined,
  columns: Columns,
): number {
  if (next && old === next.old) return next.wanted;
  let nearest: Block | undefined;
  for (let block = innermost; block; block = block.parent) {
    if (block.column === old) return columns.of(block);
    if (!nearest && block.column < old) nearest = block;
  }
  if (next && (old < next.old || !nearest)) return next.wanted;
  return nearest ? columns.of(nearest) : 0;
}
