import { isRemoteContext } from "../files/remote.ts";
import { plain } from "./forms.ts";
import { mountFields } from "./item-keys.ts";
import { isAbsolute } from "./paths.ts";
import type { PathKind } from "./rules.ts";
import { type EffectiveNode, type EffectiveScalar, effectiveAt, effectiveText } from "./tree.ts";

/**
 * A path that counts from the folder `prefix`, as seen from the project's folder. The empty prefix changes nothing, and neither are
 * changed what is absolute, what starts with `~`, and what is no path.
 */
export function rebased(node: EffectiveNode, kind: PathKind, prefix: string): EffectiveNode {
  if (prefix === "") return node;
  if (kind === "mount") return rebasedMount(node, prefix);
  if (kind === "volume") return rebasedVolume(node, prefix);
  if (node.kind !== "scalar" || node.type === "null") return node;
  if (isFixed(node.value) || (kind === "address" && isRemoteContext(node.value))) return node;
  return withPath(node, node.value, prefix);
}

function rebasedMount(node: EffectiveNode, prefix: string): EffectiveNode {
  if (node.kind === "mapping") {
    const source = effectiveAt(node, "source");
    if (effectiveText(effectiveAt(node, "type")) !== "bind" || source?.kind !== "scalar") return node;
    if (isFixed(source.value)) return node;
    return { ...node, entries: new Map(node.entries).set("source", withPath(source, source.value, prefix)) };
  }
  if (node.kind !== "scalar") return node;
  const [source, target] = mountFields(node.value);
  return target && source?.text.startsWith(".") ? withPath(node, source.text, prefix) : node;
}

/** A volume that binds a folder says so in the options of the local driver. */
function rebasedVolume(node: EffectiveNode, prefix: string): EffectiveNode {
  const options = effectiveAt(node, "driver_opts");
  const device = effectiveAt(options, "device");
  const binds = effectiveText(effectiveAt(options, "o")) === "bind";
  const isLocal = effectiveText(effectiveAt(node, "driver")) === "local";
  if (!binds || !isLocal || node.kind !== "mapping" || options?.kind !== "mapping") return node;
  if (device?.kind !== "scalar" || isFixed(device.value)) return node;
  const entries = new Map(options.entries).set("device", withPath(device, device.value, prefix));
  return { ...node, entries: new Map(node.entries).set("driver_opts", { ...options, entries }) };
}

function isFixed(path: string): boolean {
  return path === "" || path.startsWith("~") || isAbsolute(path);
}

/** `path` is what the scalar's text starts with. */
function withPath(node: EffectiveScalar, path: string, prefix: string): EffectiveScalar {
  const moved = moveInto(prefix, path);
  const value = moved + node.value.slice(path.length);
  if (!node.parts) return { ...node, value };
  // Pieces are kept where the path is only put behind the folder.
  const before = moved.endsWith(path) ? moved.slice(0, moved.length - path.length) : undefined;
  if (before !== undefined) return { ...node, value, parts: [plain(before), ...node.parts] };
  const isOpen = node.parts.some((it) => it.open);
  const variables = [...new Set(node.parts.flatMap((it) => it.variables))];
  return {
    ...node,
    value,
    parts: isOpen ? [{ text: value, variables, unset: undefined, open: true }] : undefined,
  };
}

function moveInto(prefix: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${prefix}/${path}`.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const joined = parts.join("/") || ".";
  return joined.startsWith("..") || joined === "." ? joined : `./${joined}`;
}
