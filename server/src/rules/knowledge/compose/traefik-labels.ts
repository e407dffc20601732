import { type ComposeProject, notedOnService, type Service } from "../../../model/compose/project.ts";
import {
  caddyPortsOf,
  type LabelReader,
  type TraefikLabel,
  traefikLabelsOf,
} from "../../../model/compose/traefik-labels.ts";
import { entriesOf, itemsOf, valueAt } from "../../../syntax/compose/find.ts";
import { interpolate } from "../../../syntax/compose/interpolate.ts";
import { spanInside } from "../../../syntax/compose/scalar-span.ts";
import type { YamlNode } from "../../../syntax/compose/tree.ts";
import type { Span } from "../../../text/span.ts";

/** A label for Traefik, and the service that has it. */
export interface ServiceLabel extends TraefikLabel<Span> {
  readonly service: Service;
}

/** Labels for Traefik of all services; not `complete` where a variable that is not known is in the key of one. */
export function traefikLabelsIn(project: ComposeProject): {
  readonly labels: readonly ServiceLabel[];
  readonly complete: boolean;
} {
  const reader = readerOf(project);
  const found = [...project.services.values()]
    .filter((it) => mayHaveTraefikLabels(it))
    .map((service) => ({ service, ...traefikLabelsOf(service.node, reader) }));
  return {
    labels: found.flatMap(({ service, labels }) => labels.map((it) => ({ ...it, service }))),
    complete: found.every((it) => it.complete),
  };
}

/** Asked of each service after each edit; a variable may stand for any part of a label. */
const mayHaveTraefikLabels = notedOnService(({ node }): boolean =>
  labelTextsOf(node).some((it) => /traefik\.|\$/i.test(it)),
);

/** Labels of a service's containers as `name=value`, in either form, variables as they are written. */
export function labelTextsOf(service: YamlNode | undefined): readonly string[] {
  return [valueAt(service, "labels"), valueAt(valueAt(service, "deploy"), "labels")].flatMap((node) => [
    ...itemsOf(node).flatMap((it) => (it.kind === "scalar" ? it.value : [])),
    ...entriesOf(node).map(({ key, value }) => `${key.value}=${value?.kind === "scalar" ? value.value : ""}`),
  ]);
}

/** Ports of services to which labels have caddy-docker-proxy pass requests. */
export function caddyPortsIn(
  project: ComposeProject,
): readonly { readonly service: Service; readonly port: number; readonly span: Span }[] {
  const reader = readerOf(project);
  return [...project.services.values()].flatMap((service) =>
    caddyPortsOf(service.node, reader).map(({ port, at }) => ({ service, port, span: at })),
  );
}

function readerOf({ file, variables }: ComposeProject): LabelReader<Span> {
  return {
    key: (node) => ({ value: node.value, at: () => node.span }),
    value(node) {
      if (node?.kind !== "scalar") return undefined;
      const { text: value } = interpolate(node.value, variables, "open");
      const isWritten = value === node.value;
      return {
        value,
        at: (start, end) => (isWritten ? spanInside(file.text, node, start, end) : node.span),
      };
    },
  };
}
