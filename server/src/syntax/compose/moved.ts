import type { Span } from "../../text/span.ts";
import type { SyntaxProblem } from "../problem.ts";
import type { Anchor, WrittenEntry } from "./parts.ts";
import type { MappingEntry, MappingNode, ScalarNode, YamlNode } from "./tree.ts";

/**
 * Makes the nodes of one version of a file into those of the next, where the text from `from` on has moved by `shift` and nothing
 * in front of it that is handed in has changed. What stays where it is stays the same object.
 */
export class Mover {
  readonly #from: number;
  readonly #shift: number;
  readonly #hasAliases: boolean;
  /** One for all aliases of a node, as before. */
  readonly #shared = new Map<YamlNode, YamlNode>();
  /** With one that went before it. */
  readonly #both = new Map<Mover, Mover | undefined>();

  /** `hasAliases` is false where no node is behind one. */
  constructor(from: number, shift: number, hasAliases: boolean) {
    this.#from = from;
    this.#shift = shift;
    this.#hasAliases = hasAliases;
  }

  /**
   * Both moves in one, for what stands behind either edit. Undefined where that cannot be said of what is behind its aliases: it
   * may stand in front of the one and behind the other.
   */
  after(first: Mover): Mover | undefined {
    if (!this.#both.has(first)) {
      const isAtOnePlace = this.#from === first.#from + first.#shift;
      const hasAliases = this.#hasAliases || first.#hasAliases;
      const both =
        isAtOnePlace || !hasAliases
          ? new Mover(first.#from, first.#shift + this.#shift, hasAliases)
          : undefined;
      this.#both.set(first, both);
    }
    return this.#both.get(first);
  }

  span(span: Span): Span {
    return this.#stays(span) ? span : { start: this.#at(span.start), end: this.#at(span.end) };
  }

  /** What is in a block is moved when it is first looked at: of most services it never is before the next edit. */
  written(written: WrittenEntry): WrittenEntry {
    const { entry, size } = written;
    if (this.#stays(entry.span)) return written;
    const { key, value, span } = entry;
    if (value?.kind !== "mapping" || value.viaAlias) return { entry: this.entry(entry), size };
    const inside = written.inside?.movedBy(this) ?? new Inside(value, this);
    return {
      entry: {
        key: this.#scalar(key),
        value: withInside(value, this.span(value.span), inside),
        span: this.span(span),
      },
      size,
      inside,
    };
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

  /** A key without a letter that begins where the text has moved has moved too. */
  #stays({ start, end }: Span): boolean {
    return end < this.#from || (end === this.#from && start < end) || this.#shift === 0;
  }

  /** An entry whose key is an alias begins at the anchor, and ends where it is written. */
  #at(offset: number): number {
    return offset < this.#from ? offset : offset + this.#shift;
  }
}

/** What stands in a block that edits moved. */
export class Inside {
  readonly #before: MappingNode;
  readonly #mover: Mover;
  #moved: MappingNode | undefined;

  constructor(before: MappingNode, mover: Mover) {
    this.#before = before;
    this.#mover = mover;
  }

  get moved(): MappingNode {
    if (!this.#moved) {
      const moved = this.#mover.node(this.#before);
      this.#moved = moved.kind === "mapping" ? moved : this.#before;
    }
    return this.#moved;
  }

  /** Moved once more; undefined where it has to be looked at in between, or was. */
  movedBy(mover: Mover): Inside | undefined {
    const both = this.#moved ? undefined : mover.after(this.#mover);
    return both && new Inside(this.#before, both);
  }
}

function withInside({ kind, flow, tag, viaAlias }: MappingNode, span: Span, inside: Inside): MappingNode {
  return {
    kind,
    get entries() {
      return inside.moved.entries;
    },
    get merges() {
      return inside.moved.merges;
    },
    flow,
    span,
    tag,
    viaAlias,
  };
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
