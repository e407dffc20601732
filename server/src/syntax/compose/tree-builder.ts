import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Span } from "../../text/span.ts";
import type { SyntaxProblem } from "../problem.ts";
import { isDate } from "./dates.ts";
import { doubledKey } from "./doubled-keys.ts";
import { behindAlias } from "./moved.ts";
import { DEEPEST_NESTING } from "./nesting.ts";
import type { Anchor, Built, WrittenEntry } from "./parts.ts";
import type { MappingEntry, MappingNode, ScalarNode, SequenceNode, YamlNode } from "./tree.ts";

/**
 * How many nodes a file may have once each alias is written out. Aliases are shared here, so that a bomb costs this
 * layer nothing, but whoever walks the tree pays for each of them.
 */
export const MOST_NODES = 1_000_000;

/** What stands around a part of a file that is read by itself. */
export interface Around {
  /** What is added to the offsets of the `yaml` package. */
  readonly offset: number;
  /** Where the part ends in the file. */
  readonly end: number;
  /** Anchors in front of it, in document order. */
  readonly anchors: readonly Anchor[];
  /** How many nodes the rest of the file has. */
  readonly nodes: number;
}

/** Turns one document of the `yaml` package into our tree: aliases and merge keys resolved, each key once. */
export class TreeBuilder {
  readonly problems: SyntaxProblem[] = [];
  /** Those of this text, in document order. */
  readonly anchors: Anchor[] = [];
  /** What is written in the root and in the mappings that are its values, doubled keys included. */
  readonly written = new Map<MappingNode, readonly WrittenEntry[]>();
  /** Parts of the file cannot be read by themselves: an alias is a key. */
  isUnsure = false;
  readonly #text: string;
  readonly #offset: number;
  readonly #end: number;
  readonly #anchors = new Map<string, ParsedNode>();
  readonly #outside = new Map<string, Anchor>();
  readonly #sharedOutside = new Map<Anchor, Built>();
  /** What an alias means: the last anchor of that name before it. Filled at its first visit, in document order. */
  readonly #targets = new Map<Alias, ParsedNode | undefined>();
  readonly #shared = new Map<ParsedNode, Built>();
  readonly #open = new Set<ParsedNode>();
  #nodes = 0;
  #tooManyNodes = false;

  /** `text` is that of the whole file, of which a part is read where `around` is given. */
  constructor(text: string, around?: Around) {
    this.#text = text;
    this.#offset = around?.offset ?? 0;
    this.#end = around?.end ?? text.length;
    this.#nodes = around?.nodes ?? 0;
    for (const it of around?.anchors ?? []) this.#outside.set(it.name, it);
  }

  build(document: Document.Parsed): YamlNode | undefined {
    return document.contents ? this.#value(document.contents as ParsedNode, false)?.node : undefined;
  }

  /** Undefined for an empty value and for an alias that leads nowhere. */
  #value(node: ParsedNode, viaAlias: boolean): Built | undefined {
    if (isAlias(node)) return this.#alias(node);
    if (!viaAlias && node.anchor) this.#anchors.set(node.anchor, node);
    this.#nodes++;
    this.#open.add(node);
    const built = this.#own(node, viaAlias);
    this.#open.delete(node);
    if (!viaAlias && node.anchor)
      this.anchors.push({ name: node.anchor, at: this.#spanOf(node).start, target: built });
    return built;
  }

  #own(node: Exclude<ParsedNode, Alias>, viaAlias: boolean): Built | undefined {
    if (isMap(node)) return this.#mapping(node as YAMLMap.Parsed, viaAlias);
    if (isSeq(node)) return this.#sequence(node as YAMLSeq.Parsed, viaAlias);
    const scalar = node as Scalar.Parsed;
    const isEmpty = scalar.type === Scalar.PLAIN && !scalar.source && !scalar.tag;
    return isEmpty ? undefined : { node: this.#scalar(scalar, viaAlias), nodes: 1, depth: 1 };
  }

  #alias(alias: Alias.Parsed): Built | undefined {
    const built = this.#builtFor(alias);
    if (!built) return undefined;
    if (built.depth > DEEPEST_NESTING)
      return this.#refuse(alias, "yaml-nesting", "This is nested too deep to be read.");
    if (this.#nodes + built.nodes > MOST_NODES) {
      if (this.#tooManyNodes) return undefined;
      this.#tooManyNodes = true;
      const message = `With all aliases written out this file has more than ${MOST_NODES} values: it is read up to here.`;
      return this.#refuse(alias, "yaml-excessive-aliases", message);
    }
    this.#nodes += built.nodes;
    return built;
  }

  #builtFor(alias: Alias.Parsed): Built | undefined {
    const outside = this.#outsideOf(alias);
    if (outside) {
      const { target } = outside;
      const built =
        this.#sharedOutside.get(outside) ?? (target && { ...target, node: behindAlias(target.node) });
      if (built) this.#sharedOutside.set(outside, built);
      return built;
    }
    const target = this.#targetOf(alias);
    const built = target && (this.#shared.get(target) ?? this.#value(target, true));
    if (target && built) this.#shared.set(target, built);
    return built;
  }

  /** The anchor of another part of the file, where none of this one goes before it. */
  #outsideOf({ source }: Alias.Parsed): Anchor | undefined {
    return this.#anchors.has(source) ? undefined : this.#outside.get(source);
  }

  #targetOf(alias: Alias.Parsed): ParsedNode | undefined {
    if (this.#targets.has(alias)) return this.#targets.get(alias);
    const target = this.#anchors.get(alias.source);
    const isRecursive = target && this.#open.has(target);
    this.#targets.set(alias, isRecursive ? undefined : target);
    if (isRecursive)
      return this.#refuse(
        alias,
        "yaml-recursive-alias",
        `The alias *${alias.source} stands inside its own anchor.`,
      );
    if (!target)
      return this.#refuse(
        alias,
        "yaml-unknown-anchor",
        `No anchor &${alias.source} stands before this alias.`,
      );
    return target;
  }

  #mapping(map: YAMLMap.Parsed, viaAlias: boolean): Built<MappingNode> {
    const entries: { readonly entry: MappingEntry; readonly merged: boolean }[] = [];
    const values: { readonly nodes: number; readonly depth: number }[] = [];
    const merges: MappingEntry[] = [];
    const written: WrittenEntry[] = [];
    let end = 0;
    const ownKeys = new Map<string, ScalarNode>();
    for (const pair of map.items) {
      const key = this.#key(pair, viaAlias);
      if (!key) continue;
      const nodesBefore = this.#nodes;
      const value = pair.value ? this.#value(pair.value, viaAlias) : undefined;
      const entry = entryOf(key, value?.node, this.#writtenEnd(pair.value, value?.node) ?? key.span.end);
      end = entry.span.end;
      written.push({ entry, size: this.#nodes - nodesBefore });
      if (ownKeys.has(key.value)) {
        if (!viaAlias) this.problems.push(doubledKey(key));
        continue;
      }
      ownKeys.set(key.value, key);
      values.push({ nodes: (value?.nodes ?? 0) + 1, depth: value?.depth ?? 0 });
      if (key.value === "<<" && key.style === "plain") {
        merges.push(entry);
        entries.push(...this.#mergedBy(pair.value, value, key).map((it) => ({ entry: it, merged: true })));
      } else entries.push({ entry, merged: false });
    }
    const seen = new Set<string>();
    const kept = entries.filter(({ entry: { key }, merged }) => {
      if (merged && (ownKeys.has(key.value) || seen.has(key.value))) return false;
      seen.add(key.value);
      return true;
    });
    const node: MappingNode = {
      kind: "mapping",
      entries: kept.map((it) => it.entry),
      merges,
      flow: map.flow === true,
      ...this.#base(map, viaAlias, end),
    };
    if (this.#open.size <= 2 && written.length === map.items.length) this.written.set(node, written);
    return { node, ...sum(values) };
  }

  /** Entries that `<<` brings, of several mappings the first one's first. */
  #mergedBy(node: ParsedNode | null, value: Built | undefined, key: ScalarNode): readonly MappingEntry[] {
    const merged = value?.node;
    if (merged?.kind === "mapping") return merged.entries;
    const mappings = merged?.kind === "sequence" ? merged.items : [];
    const found = mappings.flatMap((it) => (it.kind === "mapping" ? [it] : []));
    const isBroken = merged ? found.length < Math.max(1, mappings.length) : !isAlias(node);
    if (isBroken)
      this.#report(key.span, "yaml-merge", "`<<` takes a mapping, or a list of mappings, to merge in.");
    return found.flatMap((it) => it.entries);
  }

  #key(pair: Pair<ParsedNode, ParsedNode | null>, viaAlias: boolean): ScalarNode | undefined {
    const { key } = pair;
    if (isAlias(key) && this.#outsideOf(key)) {
      this.isUnsure = true;
      return undefined;
    }
    const target = isAlias(key) ? this.#targetOf(key) : key;
    if (isScalar(target)) {
      const scalar = this.#scalar(target as Scalar.Parsed, viaAlias || target !== key);
      const kind = scalar.viaAlias ? undefined : otherThanText(scalar);
      if (kind)
        this.#report(
          scalar.span,
          "yaml-key",
          scalar.value === ""
            ? "A key has to be a text: there is none before the colon."
            : `A key has to be a text: without quotes ${scalar.value} is ${kind}.`,
          scalar.value === "" ? undefined : JSON.stringify(scalar.value),
        );
      if (!viaAlias && target === key && target.anchor) {
        this.#anchors.set(target.anchor, target);
        this.anchors.push({
          name: target.anchor,
          at: scalar.span.start,
          target: { node: scalar, nodes: 1, depth: 1 },
        });
      }
      return scalar;
    }
    // The problem is told at the anchor, whose part of the file says nothing of it.
    if (target !== key) this.isUnsure = true;
    if (target)
      this.#report(this.#spanOf(target), "yaml-key", "A key has to be a text, not a list or mapping.");
    return undefined;
  }

  #sequence(sequence: YAMLSeq.Parsed, viaAlias: boolean): Built<SequenceNode> {
    let end = 0;
    const items = sequence.items.flatMap((item) => {
      // A list inside brackets can hold `a: b` without braces: a mapping of one.
      const node = isPair(item) ? undefined : (item as ParsedNode);
      const built = node && (this.#value(node, viaAlias) ?? this.#emptyItem(node, viaAlias));
      end = this.#writtenEnd(node, built?.node) ?? end;
      return built ? [built] : [];
    });
    const node: SequenceNode = {
      kind: "sequence",
      items: items.map((it) => it.node),
      flow: sequence.flow === true,
      ...this.#base(sequence, viaAlias, end),
    };
    return { node, ...sum(items) };
  }

  /** `-` without a value is an item all the same: null. */
  #emptyItem(node: ParsedNode, viaAlias: boolean): Built | undefined {
    return isScalar(node)
      ? { node: this.#scalar(node as Scalar.Parsed, viaAlias), nodes: 1, depth: 1 }
      : undefined;
  }

  #scalar(scalar: Scalar.Parsed, viaAlias: boolean): ScalarNode {
    return {
      kind: "scalar",
      value: scalar.source,
      style: styleOf(scalar),
      type: typeOf(scalar),
      ...this.#base(scalar, viaAlias),
    };
  }

  /** `contentEnd` is where the last part of a block ends: the block's own range takes in the comments behind it. */
  #base(
    node: ParsedNode,
    viaAlias: boolean,
    contentEnd = 0,
  ): { span: Span; tag: string | undefined; viaAlias: boolean } {
    const { start, end: rangeEnd } = this.#spanOf(node);
    const isBlock = contentEnd > start && !(isCollection(node) && node.flow);
    let end = isBlock ? contentEnd : Math.min(rangeEnd, this.#end);
    // A block of text reaches to where the next node starts; what is shown of it ends with its last character.
    while (end > start && /\s/.test(this.#text[end - 1] ?? "")) end--;
    return { span: { start, end }, tag: isAlias(node) ? undefined : node.tag, viaAlias };
  }

  #spanOf({ range }: ParsedNode): Span {
    return { start: range[0] + this.#offset, end: range[1] + this.#offset };
  }

  /** Where a value ends at the place where it is written: an alias stands for a node that is elsewhere. */
  #writtenEnd(node: ParsedNode | null | undefined, value: YamlNode | undefined): number | undefined {
    return isAlias(node) ? this.#spanOf(node as Alias.Parsed).end : value?.span.end;
  }

  #report(span: Span, code: string, message: string, suggestion?: string): void {
    this.problems.push({ code, message, span, severity: "error", ...(suggestion && { suggestion }) });
  }

  #refuse(alias: Alias.Parsed, code: string, message: string): undefined {
    this.#report(this.#spanOf(alias), code, message);
    return undefined;
  }
}

function sum(parts: readonly { readonly nodes: number; readonly depth: number }[]): {
  nodes: number;
  depth: number;
} {
  let nodes = 1;
  let depth = 0;
  for (const part of parts) {
    nodes += part.nodes;
    depth = Math.max(depth, part.depth);
  }
  return { nodes, depth: depth + 1 };
}

function entryOf(key: ScalarNode, value: YamlNode | undefined, end: number): MappingEntry {
  return { key, value, span: { start: key.span.start, end: Math.max(end, key.span.end) } };
}

function styleOf({ type }: Scalar.Parsed): ScalarNode["style"] {
  switch (type) {
    case Scalar.QUOTE_SINGLE:
      return "single";
    case Scalar.QUOTE_DOUBLE:
      return "double";
    case Scalar.BLOCK_LITERAL:
      return "literal";
    case Scalar.BLOCK_FOLDED:
      return "folded";
    default:
      return "plain";
  }
}

/** What Compose's YAML reader takes a key for that it refuses as one; undefined for a text (docker compose 2.40.3, 2026-11). */
function otherThanText({ value, type, style, tag }: ScalarNode): string | undefined {
  if (style !== "plain" || tag !== undefined) return undefined;
  if (type === "null") return "nothing";
  if (type === "boolean") return "true or false";
  if (type === "number" || WHOLE_NUMBER.test(value)) return "a number";
  return isDate(value) ? "a date" : undefined;
}

/** Forms of YAML 1.1 that go on in Go. */
const WHOLE_NUMBER = /^[-+]?(?:\d[\d_]*|0b[01_]+)$/;

function typeOf({ value, type }: Scalar.Parsed): ScalarNode["type"] {
  if (type !== Scalar.PLAIN) return "string";
  if (value === null) return "null";
  if (typeof value === "number" || typeof value === "bigint") return "number";
  return typeof value === "boolean" ? "boolean" : "string";
}
