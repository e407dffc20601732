import { sliceParts } from "./interpolated.ts";
import type { Form } from "./rules.ts";
import type {
  EffectiveMapping,
  EffectiveNode,
  EffectiveScalar,
  EffectiveSequence,
  TextPart,
} from "./tree.ts";

/** The node in the one form that its place has in a project. What has another kind than it may have stays as it is. */
export function inForm(node: EffectiveNode, form: Form): EffectiveNode {
  switch (form) {
    case "pairs":
      return node.kind === "sequence" ? mappingOfPairs(node) : node;
    case "texts":
      return node.kind === "scalar" && node.type !== "null" ? listOf(node, [bare(node)]) : node;
    case "hosts":
      return hosts(node);
    case "names":
      return node.kind === "sequence" ? mappingOfNames(node, nothing) : node;
    case "dependencies":
      return dependencies(node);
    case "context":
      return node.kind === "scalar" && node.type !== "null"
        ? mappingOf(node, [["context", bare(node)]])
        : node;
  }
}

function mappingOf(
  { origin, tag }: EffectiveNode,
  entries: Iterable<readonly [string, EffectiveNode]>,
): EffectiveMapping {
  return { kind: "mapping", entries: new Map(entries), origin, overrode: [], tag, implied: false };
}

function listOf({ origin, tag }: EffectiveNode, items: readonly EffectiveNode[]): EffectiveSequence {
  return { kind: "sequence", items, origin, overrode: [], tag, implied: false };
}

/** What stands inside has no tag of its own: that is the whole's. */
function bare(node: EffectiveScalar): EffectiveScalar {
  return { ...node, tag: undefined };
}

function nothing({ origin }: EffectiveNode): EffectiveScalar {
  return {
    ...{ kind: "scalar", value: "", type: "null", parts: undefined },
    ...{ origin, overrode: [], tag: undefined, implied: false },
  };
}

function text(item: EffectiveNode, value: string, parts: readonly TextPart[] | undefined): EffectiveScalar {
  return { ...nothing(item), value, type: "string", parts };
}

/** `- NAME=value`; a name alone has no value. */
function mappingOfPairs(node: EffectiveSequence): EffectiveMapping {
  const entries = new Map<string, EffectiveNode>();
  for (const item of node.items) {
    if (item.kind !== "scalar") continue;
    const at = item.value.indexOf("=");
    if (at < 0) entries.set(item.value, nothing(item));
    else
      entries.set(
        item.value.slice(0, at),
        text(item, item.value.slice(at + 1), sliceParts(item.parts, at + 1)),
      );
  }
  return { ...mappingOf(node, entries), fromList: true };
}

function mappingOfNames(
  node: EffectiveSequence,
  value: (item: EffectiveScalar) => EffectiveNode,
): EffectiveMapping {
  const scalars = node.items.flatMap((it) => (it.kind === "scalar" ? it : []));
  return mappingOf(
    node,
    scalars.map((it) => [it.value, value(it)] as const),
  );
}

/** `- host:address`, `- host=address` and `host: address` become `- host=address`. */
function hosts(node: EffectiveNode): EffectiveNode {
  if (node.kind === "sequence") {
    return {
      ...node,
      items: node.items.map((it) => {
        const at = it.kind === "scalar" ? it.value.search(/[:=]/) : -1;
        if (it.kind !== "scalar" || at < 0 || it.value[at] === "=") return it;
        return {
          ...it,
          value: `${it.value.slice(0, at)}=${it.value.slice(at + 1)}`,
          parts: withSign(it.parts, at),
        };
      }),
    };
  }
  if (node.kind !== "mapping") return node;
  const items = [...node.entries].flatMap(([name, value]) => {
    const addresses = value.kind === "sequence" ? value.items : [value];
    return addresses.flatMap((it) =>
      it.kind === "scalar"
        ? text(it, `${name}=${it.value}`, it.parts && [plain(`${name}=`), ...it.parts])
        : [],
    );
  });
  return listOf(node, items);
}

function withSign(parts: readonly TextPart[] | undefined, at: number): readonly TextPart[] | undefined {
  return parts && [...(sliceParts(parts, 0, at) ?? []), plain("="), ...(sliceParts(parts, at + 1) ?? [])];
}

/** A text that no variable decided. */
export function plain(value: string): TextPart {
  return { text: value, variables: [], unset: undefined };
}

/** A short dependency waits for the start; a long one without `required` cannot do without the service. */
function dependencies(node: EffectiveNode): EffectiveNode {
  const implied = (item: EffectiveNode, value: string, type: EffectiveScalar["type"]) => ({
    ...text(item, value, undefined),
    type,
    implied: true,
  });
  if (node.kind === "sequence") {
    return mappingOfNames(node, (it) =>
      mappingOf(it, [
        ["condition", implied(it, "service_started", "string")],
        ["required", implied(it, "true", "boolean")],
      ]),
    );
  }
  if (node.kind !== "mapping") return node;
  const entries = [...node.entries].map(([name, it]) => {
    if (it.kind !== "mapping" || it.entries.has("required")) return [name, it] as const;
    return [
      name,
      { ...it, entries: new Map([...it.entries, ["required", implied(it, "true", "boolean")]]) },
    ] as const;
  });
  return { ...node, entries: new Map(entries) };
}
