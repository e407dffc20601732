import { isDate } from "../../../syntax/compose/dates.ts";
import { isNull } from "../../../syntax/compose/find.ts";
import { interpolate, type VariableLookup } from "../../../syntax/compose/interpolate.ts";
import type {
  MappingEntry,
  MappingNode,
  ScalarNode,
  SequenceNode,
  YamlNode,
} from "../../../syntax/compose/tree.ts";
import { composeShape } from "./root.ts";
import { type Misfit, misfitOf } from "./scalar-fits.ts";
import type { MappingShape, ScalarShape, Shape } from "./shape.ts";

/** Keys that lead to a place from the root; a list's entry as its number. */
export type Path = readonly (string | number)[];

/** A place where a file is not as the Compose specification says. */
export type Mismatch =
  | {
      readonly kind: "unknown-key";
      readonly path: Path;
      readonly entry: MappingEntry;
      readonly shape: MappingShape;
      /** The mapping that it stands in. */
      readonly mapping: MappingNode;
    }
  | {
      readonly kind: "bad-name";
      readonly path: Path;
      readonly key: ScalarNode;
      readonly names: MappingShape["names"];
    }
  /** `node` is undefined where nothing stands behind the key. */
  | {
      readonly kind: "wrong-kind";
      readonly path: Path;
      /** Its entry and the mapping with that; undefined for an entry of a list. */
      readonly entry: MappingEntry | undefined;
      readonly mapping: MappingNode | undefined;
      readonly node: YamlNode | undefined;
      readonly shape: Shape;
    }
  | {
      readonly kind: "missing-key";
      readonly path: Path;
      /** What the mapping stands behind; undefined for an entry of a list. */
      readonly key: ScalarNode | undefined;
      readonly mapping: MappingNode;
      readonly missing: string;
      readonly shape: MappingShape;
    }
  | {
      readonly kind: "scalar";
      readonly path: Path;
      readonly node: ScalarNode;
      /** After interpolation. */
      readonly value: string;
      readonly why: Misfit;
      readonly shape: ScalarShape;
    }
  | { readonly kind: "twice"; readonly path: Path; readonly node: YamlNode; readonly first: YamlNode };

/**
 * Is it wrong in a layer over another one too? What is missing there, or empty, the other may have, though nothing for an empty item of a
 * list (docker compose 2.40 with further documents of a file and with an override, tried 2026-11).
 */
export function isWrongInLayer(it: Mismatch): boolean {
  if (it.kind === "missing-key" || it.kind === "twice") return false;
  return it.kind !== "wrong-kind" || !isNull(it.node) || it.entry === undefined;
}

/** What a file was found to be. */
export interface Judged {
  /** In document order. */
  readonly mismatches: readonly Mismatch[];
  /** Services in which there is none. */
  readonly fitting: ReadonlySet<MappingEntry>;
}

/**
 * Where a Compose file is not what the specification says: all places, in document order. Values with variables that are not
 * known fit everywhere. Takes time linear in the file. Services that are known to fit are not looked at.
 */
export function judge(
  root: MappingNode | undefined,
  variables: VariableLookup,
  fits: (service: MappingEntry) => boolean = () => false,
): Judged {
  const fitting = new Set<MappingEntry>();
  const walk: Walk = { found: [], variables, fits, fitting };
  if (root) visitMapping(root, undefined, composeShape.mapping, [], walk);
  return { mismatches: walk.found, fitting };
}

interface Walk {
  readonly found: Mismatch[];
  readonly variables: VariableLookup;
  readonly fits: (service: MappingEntry) => boolean;
  readonly fitting: Set<MappingEntry>;
}

/** Where a node stands: with its key in a mapping, or in a list. */
interface Standing {
  readonly entry: MappingEntry | undefined;
  readonly mapping: MappingNode | undefined;
}

const IN_LIST: Standing = { entry: undefined, mapping: undefined };

function visit(node: YamlNode | undefined, standing: Standing, shape: Shape, path: Path, walk: Walk): void {
  // What stands behind an alias is judged at each place, as each may want something else of it.
  if (node?.tag === "!reset") return;
  if (isEmpty(node)) {
    const takesNull =
      shape.empty || (shape.scalar !== undefined && node !== undefined && shape.scalar.type === "any");
    if (!takesNull) walk.found.push({ kind: "wrong-kind", path, ...standing, node, shape });
  } else if (node?.kind === "scalar" && shape.scalar) visitScalar(node, shape.scalar, path, walk);
  else if (node?.kind === "sequence" && shape.list) visitList(node, shape, path, walk);
  else if (node?.kind === "mapping" && shape.mapping)
    visitMapping(node, standing.entry?.key, shape.mapping, path, walk);
  else if (!isOpen(node, walk)) walk.found.push({ kind: "wrong-kind", path, ...standing, node, shape });
}

function visitScalar(node: ScalarNode, shape: ScalarShape, path: Path, walk: Walk): void {
  if (node.style === "plain" && node.tag === undefined && isDate(node.value)) {
    walk.found.push({ kind: "scalar", path, node, value: node.value, why: "date", shape });
    return;
  }
  const { text, known } = interpolate(node.value, walk.variables, "open");
  if (!known) return;
  const why = misfitOf(shape, { text, type: typeOf(node) });
  if (why) walk.found.push({ kind: "scalar", path, node, value: text, why, shape });
}

function visitList(node: SequenceNode, { list }: Shape, path: Path, walk: Walk): void {
  if (!list) return;
  const seen = new Map<string, YamlNode>();
  node.items.forEach((item, index) => {
    visit(item, IN_LIST, list.items, [...path, index], walk);
    if (!list.unique || item.kind !== "scalar") return;
    const first = seen.get(item.value);
    if (first) walk.found.push({ kind: "twice", path: [...path, index], node: item, first });
    else seen.set(item.value, item);
  });
}

function visitMapping(
  node: MappingNode,
  key: ScalarNode | undefined,
  shape: MappingShape | undefined,
  path: Path,
  walk: Walk,
): void {
  if (!shape) return;
  const areServices = path.length === 1 && path[0] === "services";
  for (const entry of node.entries) {
    if (areServices && walk.fits(entry)) {
      walk.fitting.add(entry);
      continue;
    }
    const foundBefore = walk.found.length;
    visitEntry(entry, node, shape, path, walk);
    if (areServices && walk.found.length === foundBefore) walk.fitting.add(entry);
  }
  for (const missing of shape.required ?? [])
    if (!node.entries.some((it) => it.key.value === missing))
      walk.found.push({ kind: "missing-key", path, key, mapping: node, missing, shape });
}

function visitEntry(
  entry: MappingEntry,
  node: MappingNode,
  shape: MappingShape,
  path: Path,
  walk: Walk,
): void {
  const name = entry.key.value;
  const below = [...path, name];
  const known = Object.hasOwn(shape.keys, name) ? shape.keys[name] : undefined;
  if (known) visit(entry.value, { entry, mapping: node }, known.shape, below, walk);
  else if (shape.named) {
    if (
      shape.names &&
      !namePatterns[shape.names].test(name) &&
      !(shape.names === "limit" && name.startsWith("x-"))
    )
      walk.found.push({ kind: "bad-name", path: below, key: entry.key, names: shape.names });
    visit(entry.value, { entry, mapping: node }, shape.named, below, walk);
  } else if (!mayHave(shape, name))
    walk.found.push({ kind: "unknown-key", path: below, entry, shape, mapping: node });
}

function mayHave({ others }: MappingShape, name: string): boolean {
  return others === "free" || (others !== "closed" && name.startsWith("x-"));
}

const namePatterns: Readonly<Record<NonNullable<MappingShape["names"]>, RegExp>> = {
  resource: /^[a-zA-Z0-9._-]+$/,
  limit: /^[a-z]+$/i,
};

function isEmpty(node: YamlNode | undefined): boolean {
  return node === undefined || (node.kind === "scalar" && typeOf(node) === "null");
}

/** A tag of YAML's own says what a scalar is; others say nothing, and make a text of it. */
function typeOf({ type, tag }: ScalarNode): ScalarNode["type"] {
  switch (tag) {
    case undefined:
    case "!override":
      return type;
    case "tag:yaml.org,2002:int":
    case "tag:yaml.org,2002:float":
      return "number";
    case "tag:yaml.org,2002:bool":
      return "boolean";
    case "tag:yaml.org,2002:null":
      return "null";
    default:
      return "string";
  }
}

/** A text with variables that are not known: nothing is certain of it but that it is a text. */
function isOpen(node: YamlNode | undefined, walk: Walk): boolean {
  return node?.kind === "scalar" && !interpolate(node.value, walk.variables, "open").known;
}
