import type { VariableLookup } from "../../../syntax/compose/interpolate.ts";
import type { MappingNode, ScalarNode, YamlNode } from "../../../syntax/compose/tree.ts";
import type { Span } from "../../../text/span.ts";
import { inForm } from "./forms.ts";
import { interpolatedParts } from "./interpolated.ts";
import { uniqueItems } from "./merge.ts";
import { rebased } from "./rebase.ts";
import { type PathKind, type Rule, rootRule, ruleBelow } from "./rules.ts";
import type { EffectiveMapping, EffectiveNode, EffectiveScalar, SourceFile } from "./tree.ts";

/** What a file is read with. */
export interface TreeInputs {
  readonly source: SourceFile;
  readonly lookup: VariableLookup;
  /** The folder that its paths count from, as seen from the project's; empty for that itself. */
  readonly prefix: string;
}

/** One file as a part of a project: interpolated, in one form, its paths seen from the project's folder. Takes time linear in its text. */
export function readTree(root: MappingNode, inputs: TreeInputs): EffectiveMapping {
  const reader = new TreeReader(inputs);
  return reader.mapping(root, rootRule, root.span);
}

class TreeReader {
  readonly #inputs: TreeInputs;
  /** What stands behind an anchor is read once, however many aliases lead there. */
  readonly #shared = new Map<YamlNode, { readonly rule: Rule | undefined; readonly node: EffectiveNode }>();

  constructor(inputs: TreeInputs) {
    this.#inputs = inputs;
  }

  mapping(node: MappingNode, rule: Rule | undefined, span: Span): EffectiveMapping {
    const entries = new Map<string, EffectiveNode>();
    for (const { key, value, span: place } of node.entries)
      entries.set(key.value, this.#value(value, ruleBelow(rule, key.value), place));
    return { kind: "mapping", entries, ...this.#base(node, span) };
  }

  #value(node: YamlNode | undefined, rule: Rule | undefined, span: Span): EffectiveNode {
    if (node?.viaAlias) {
      const known = this.#shared.get(node);
      if (known && known.rule === rule)
        return { ...known.node, origin: { source: this.#inputs.source, span } };
    }
    const read = this.#finished(this.#plain(node, rule, span), rule);
    if (node?.viaAlias) this.#shared.set(node, { rule, node: read });
    return read;
  }

  #plain(node: YamlNode | undefined, rule: Rule | undefined, span: Span): EffectiveNode {
    if (!node || node.tag === "!reset") {
      return { kind: "scalar", value: "", type: "null", parts: undefined, ...this.#base(node, span) };
    }
    if (node.kind === "mapping") return this.mapping(node, rule, span);
    if (node.kind === "scalar") return this.#scalar(node, span);
    // Items that become entries are no paths yet: `name=path`.
    const below = rule?.form === "pairs" ? undefined : rule?.each;
    const items = node.items.filter((it) => it.tag !== "!reset").map((it) => this.#value(it, below, it.span));
    return { kind: "sequence", items, ...this.#base(node, span) };
  }

  #finished(node: EffectiveNode, rule: Rule | undefined): EffectiveNode {
    if (!rule || node.tag === "!reset") return node;
    const moved = rule.path ? rebased(node, rule.path, this.#inputs.prefix) : node;
    const formed = rule.form ? this.#formed(moved, rule) : moved;
    return formed.kind === "sequence" && rule.unique
      ? { ...formed, items: uniqueItems(formed.items, rule.unique) }
      : formed;
  }

  /** A form makes items and entries that were not there when they were read. */
  #formed(node: EffectiveNode, rule: Rule): EffectiveNode {
    const formed = rule.form ? inForm(node, rule.form) : node;
    if (formed.kind === node.kind) return formed;
    const moved = (it: EffectiveNode, path: PathKind | undefined) =>
      path ? rebased(it, path, this.#inputs.prefix) : it;
    if (formed.kind === "sequence")
      return { ...formed, items: formed.items.map((it) => moved(it, rule.each?.path)) };
    if (formed.kind !== "mapping") return formed;
    const entries = [...formed.entries].map(
      ([key, it]) => [key, moved(it, ruleBelow(rule, key)?.path)] as const,
    );
    return { ...formed, entries: new Map(entries) };
  }

  #scalar(node: ScalarNode, span: Span): EffectiveScalar {
    const parts = node.type === "string" ? interpolatedParts(node.value, this.#inputs.lookup) : undefined;
    const value = parts ? parts.map((it) => it.text).join("") : node.value;
    return { kind: "scalar", value, type: node.type, parts, ...this.#base(node, span) };
  }

  #base(node: YamlNode | undefined, span: Span) {
    const tag = node?.tag === "!reset" || node?.tag === "!override" ? node.tag : undefined;
    return { origin: { source: this.#inputs.source, span }, overrode: [], tag, implied: false } as const;
  }
}
