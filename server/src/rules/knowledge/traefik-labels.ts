import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { entriesOf, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { HOLE, interpolate } from "../../syntax/compose/interpolate.ts";
import { spanInside } from "../../syntax/compose/scalar-span.ts";
import type { ScalarNode } from "../../syntax/compose/tree.ts";
import type { Span } from "../../text/span.ts";

/**
 * A label by which Traefik is configured: `traefik.http.routers.NAME.OPTION`. Keys count without upper case (doc.traefik.io, Routing,
 * Docker, read 2026-11).
 */
export interface TraefikLabel {
  readonly service: Service;
  readonly protocol: string;
  readonly kind: "routers" | "services" | "middlewares";
  /** Lower case. */
  readonly name: string;
  /** Lower case, what follows the name: `entrypoints`, `loadbalancer.server.port`. */
  readonly option: string;
  /** With holes where variables are not known. */
  readonly value: string;
  spanOf(start: number, end: number): Span;
}

export interface TraefikLabels {
  readonly labels: readonly TraefikLabel[];
  /** False when a variable that is not known is in the key of one, so that any name may be declared. */
  readonly complete: boolean;
}

/** Labels for Traefik of all services, those of `deploy` for a swarm among them. */
export function traefikLabelsOf(project: ComposeProject): TraefikLabels {
  let complete = true;
  const labels: TraefikLabel[] = [];
  const add = (service: Service, key: string, value: string, spanOf: TraefikLabel["spanOf"]) => {
    if (!/^traefik\./i.test(key)) return;
    if (key.includes(HOLE)) complete = false;
    const match = KEY.exec(key.toLowerCase());
    const [, protocol = "", kind, name = "", option = ""] = match ?? [];
    if (kind === "routers" || kind === "services" || kind === "middlewares")
      labels.push({ service, protocol, kind, name, option, value, spanOf });
  };
  for (const service of project.services.values()) {
    for (const node of [
      valueAt(service.node, "labels"),
      valueAt(valueAt(service.node, "deploy"), "labels"),
    ]) {
      for (const item of itemsOf(node)) {
        if (item.kind !== "scalar") continue;
        const { text, spanOf } = read(item, project);
        const at = text.indexOf("=");
        if (at > 0)
          add(service, text.slice(0, at), text.slice(at + 1), (from, to) =>
            spanOf(at + 1 + from, at + 1 + to),
          );
      }
      for (const { key, value } of entriesOf(node)) {
        if (value?.kind !== "scalar") continue;
        const { text, spanOf } = read(value, project);
        add(service, key.value, text, spanOf);
      }
    }
  }
  return { labels, complete };
}

const KEY = /^traefik\.(http|tcp|udp)\.(routers|services|middlewares)\.([^.]+)(?:\.(.+))?$/;

function read(node: ScalarNode, { file, variables }: ComposeProject) {
  const { text } = interpolate(node.value, variables, "open");
  return {
    text,
    spanOf: (start: number, end: number): Span =>
      text === node.value ? spanInside(file.text, node, start, end) : node.span,
  };
}
