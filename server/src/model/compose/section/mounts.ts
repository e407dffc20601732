import { itemsOf, valueAt } from "../../../syntax/compose/find.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";
import type { YamlNode } from "../../../syntax/compose/tree.ts";
import type { Mount, ResolvedText } from "../project.ts";
import { knownText, partOf, type Reading, resolvedText } from "../reading/reading.ts";

/** `volumes` of a service; entries without a target are left out. */
export function readMounts(service: YamlNode | undefined, reading: Reading): readonly Mount[] {
  return itemsOf(valueAt(service, "volumes")).flatMap((item) => {
    const mount =
      item.kind === "scalar" ? readShortMount(resolvedText(item, reading)) : readLongMount(item, reading);
    return mount ? [mount] : [];
  });
}

/** A single letter before a colon is taken for a drive of Windows, whatever follows (docker compose 2.40, tried 2026-11). */
const FIELD = /(?:[A-Za-z]:)?[^:]*/y;

/** `[SOURCE:]TARGET[:OPTIONS]` (compose-spec 05-services.md#volumes; compose-go format/volume.go, read 2026-11). */
function readShortMount(spec: ResolvedText): Mount | undefined {
  const fields: { start: number; end: number }[] = [];
  for (let at = 0; at <= spec.value.length; ) {
    FIELD.lastIndex = at;
    FIELD.test(spec.value);
    fields.push({ start: at, end: FIELD.lastIndex });
    at = FIELD.lastIndex + 1;
  }
  const [first, second, third] = fields.map((it) => partOf(spec, it.start, it.end, HOLE));
  if (!first) return undefined;
  if (!second) {
    if (!first.value) return undefined;
    const kind = first.known ? "anonymous" : "unknown";
    return { span: spec.span, kind, source: undefined, target: first, ...readOptions(undefined) };
  }
  return second.value
    ? { span: spec.span, kind: kindOfSource(first), source: first, target: second, ...readOptions(third) }
    : undefined;
}

/** `ro,rslave`; Compose leaves out what it does not know (compose-go format/volume.go, read 2026-11). */
function readOptions(options: ResolvedText | undefined): Pick<Mount, "readOnly" | "propagation"> {
  const words = options?.value.split(",") ?? [];
  const propagation = words.find((it) => PROPAGATION.test(it));
  const readOnly = words.includes("ro") || (options?.known === false ? undefined : false);
  if (!options || propagation === undefined) return { readOnly, propagation: undefined };
  const at = options.value.indexOf(propagation);
  const span = options.spanOf(at, at + propagation.length);
  return { readOnly, propagation: { value: propagation, span } };
}

const PROPAGATION = /^r?(?:shared|slave|private)$/;

/** Does the source of a mount start like a path? Else it is the name of a volume. */
export function isPathSource(source: string): boolean {
  return /^(?:[./~]|\\\\|[A-Za-z]:[\\/])/.test(source);
}

function kindOfSource({ value, known }: ResolvedText): Mount["kind"] {
  if (isPathSource(value)) return "bind";
  return known && value ? "volume" : "unknown";
}

function readLongMount(node: YamlNode, reading: Reading): Mount | undefined {
  const textAt = (key: string): ResolvedText | undefined => {
    const value = valueAt(node, key);
    return value?.kind === "scalar" ? resolvedText(value, reading) : undefined;
  };
  const target = textAt("target");
  if (!target) return undefined;
  const source = textAt("source");
  return {
    span: node.span,
    kind: kindOfType(knownText(valueAt(node, "type"), reading)?.value, source),
    source,
    target,
    readOnly: readOnlyOf(valueAt(node, "read_only"), reading),
    propagation: knownText(valueAt(valueAt(node, "bind"), "propagation"), reading),
  };
}

function readOnlyOf(value: YamlNode | undefined, reading: Reading): boolean | undefined {
  if (!value) return false;
  const text = knownText(value, reading)?.value;
  return text === undefined ? undefined : text === "true";
}

function kindOfType(type: string | undefined, source: ResolvedText | undefined): Mount["kind"] {
  if (type === "bind" || type === "tmpfs") return type;
  if (type !== "volume") return "unknown";
  if (!source) return "anonymous";
  return source.known ? "volume" : "unknown";
}
