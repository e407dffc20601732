import type { Span } from "../../text/span.ts";
import type { SyntaxProblem } from "../problem.ts";
import type { Anchor, WrittenEntry } from "./parts.ts";
import type { MappingEntry, ScalarNode, YamlNode } from "./tree.ts";

/**
 * Makes the nodes of one version of a file into those of the next, where the text from `from` on has moved by `shift` and nothing
 * in front of it that is handed in has changed. What stays where it is stays the same object.
 */
export class Mover {
  readonly #from: number;
  readonly #shift: number;
  /** One for all aliases of a node, as before. */
  readonly #shared = new Map<YamlNode, YamlNode>();

  constructor(from: number, shift: number) {
    this.#from = from;
    this.#shift = shift;
  }

  span(span: Span): Span {
    return this.#stays(span) ? span : { start: this.#at(span.start), end: this.#at(span.end) };
  }

  written(written: WrittenEntry): WrittenEntry {
    const entry = this.entry(written.entry);
    return entry === written.entry ? written : { entry, size: written.size };
  }

  problem(problem: SyntaxProblem): SyntaxProblem {
    return this.#stays(problem.span) ? problem : { ...problem, span: this.span(problem.span) };
  }

  anchor({ name, at, target }: Anchor): Anchor {
    return {
      name,
      at: this.#at(at),
      target: target && { ...target, node: this.node(target.node) },
    };
  }

  entry(entry: MappingEntry): MappingEntry {
    if (this.#stays(entry.span)) return entry;
    const { key, value, span } = entry;
    return { key: this.#scalar(key), value: value && this.node(value), span: this.span(span) };
  }

  node(node: YamlNode): YamlNode {
    // What is in it stands in front of its end, or behind an alias in front of it.
    if (this.#stays(node.span)) return node;
    if (!node.viaAlias) return this.#copy(node);
    const known = this.#shared.get(node) ?? this.#copy(node);
    this.#shared.set(node, known);
    return known;
  }

  #copy(node: YamlNode): YamlNode {
    switch (node.kind) {
      case "scalar":
        return this.#scalar(node);
      case "sequence":
        return {
          kind: "sequence",
          items: node.items.map((it) => this.node(it)),
          flow: node.flow,
          span: this.span(node.span),
          tag: node.tag,
          viaAlias: node.viaAlias,
        };
      default:
        return {
          kind: "mapping",
          entries: node.entries.map((it) => this.entry(it)),
          merges: node.merges.length === 0 ? node.merges : node.merges.map((it) => this.entry(it)),
          flow: node.flow,
          span: this.span(node.span),
          tag: node.tag,
          viaAlias: node.viaAlias,
        };
    }
  }

  #scalar(node: ScalarNode): ScalarNode {
    if (this.#stays(node.span)) return node;
    const { kind, value, style, type, span, tag, viaAlias } = node;
    return { kind, value, style, type, span: this.span(span), tag, viaAlias };
  }

  #stays({ end }: Span): boolean {
    return this.#shift === 0 || end <= this.#from;
  }

  /** An entry whose key is an alias begins at the anchor, and ends where it is written. */
  #at(offset: number): number {
    return offset < this.#from ? offset : offset + this.#shift;
  }
}

/** The same nodes as they are behind an alias. */
export function behindAlias(node: YamlNode): YamlNode {
  if (node.viaAlias) return node;
  const entryBehind = ({ key, value, span }: MappingEntry): MappingEntry => ({
    key: { ...key, viaAlias: true },
    value: value && behindAlias(value),
    span,
  });
  switch (node.kind) {
    case "scalar":
      return { ...node, viaAlias: true };
    case "sequence":
      return { ...node, items: node.items.map(behindAlias), viaAlias: true };
    default:
      return {
        ...node,
        entries: node.entries.map(entryBehind),
        merges: node.merges.map(entryBehind),
        viaAlias: true,
      };
  }
}
