import type { ComposeProject, PortMapping, Service } from "../project.ts";
import { readPorts } from "../section/ports.ts";

/**
 * The ports of a service that hang on variables, as they are while nobody sets one that has a default: by where they begin in the file.
 * Those that another service hands down are left out, and so are those that are known, or not known even so.
 */
export function usualPorts(
  { file, variables }: ComposeProject,
  { node, ports }: Service,
): ReadonlyMap<number, PortMapping> {
  const open = new Set(ports.flatMap((it) => (it.known ? [] : it.span.start)));
  if (open.size === 0) return new Map();
  const usual = readPorts(node, { text: file.text, inputs: { variables, defaults: "taken" } });
  return new Map(
    usual.flatMap((it) => (it.known && open.has(it.span.start) ? [[it.span.start, it] as const] : [])),
  );
}
