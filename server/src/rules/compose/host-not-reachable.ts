import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import { appendItem } from "../../model/compose/edit/append-item.ts";
import { endpointsOf, servicesByHost } from "../../model/compose/endpoints.ts";
import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { haveCommon, networksOf, sharesNetworkWith } from "../../model/compose/shared-networks.ts";
import { valueAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { gatewayFilesOf } from "../knowledge/gateway-files.ts";
import { composeRule, type Fix, type Report } from "../rule.ts";
import { entryPlace, reportEntry } from "../writing/entry-place.ts";
import { reportOnce } from "../writing/report-once.ts";

export const hostNotReachable = composeRule({
  id: "host-not-reachable",
  title: "Host on another network",
  severity: "warning",
  tags: ["run"],
  aliases: ["S67"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports the name of another service in a URL or a variable such as \`DB_HOST\` when the two services have no network in
      common. Nothing is said when a part of the project is not known, or a network is one from outside.`,
    why: source`
      Containers find each other only on a network that both are on. A service with networks of its own is no longer on the
      \`default\` one, so the name of the other is not found.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          networks: [front]
          environment:
            DATABASE_URL: postgres://app:\${DB_PASSWORD}@db:5432/app
                                                        ^^ host-not-reachable: api is on front and db on back, so api does not find it.
        db:
          image: postgres:18
          networks: [back]
      networks:
        front:
        back:`,
    good: source`
      services:
        api:
          image: example/api:1.4
          networks: [front, back]
          environment:
            DATABASE_URL: postgres://app:\${DB_PASSWORD}@db:5432/app
        db:
          image: postgres:18
          networks: [back]
      networks:
        front:
        back:`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    for (const endpoint of endpointsOf(project)) {
      const { from, to } = endpoint;
      const own = networksOf(from, project);
      const others = networksOf(to, project);
      if (!own || !others || haveCommon(own, others)) continue;
      const name = from.name.value;
      const message = `${name} is on ${listed(own)} and ${to.name.value} on ${listed(others)}, so ${name} does not find it.`;
      const { written } = endpoint;
      const place =
        written && entryPlace(project, written.entry, endpoint.reference.start, endpoint.reference.end);
      if (!place) continue;
      const finding = {
        related: [{ message: `The service ${to.name.value} is here.`, span: to.name.span }],
        fixes: others.slice(0, MOST_NETWORKS).flatMap((it) => join(project, from, it)),
      };
      reportEntry(once, place, message, finding);
    }
    checkGateways(project, once);
  },
});

/** What the configuration of a proxy passes requests to. */
function checkGateways(project: ComposeProject, report: Report): void {
  const byHost = servicesByHost(project);
  for (const { gateway, hosts, path, place } of gatewayFilesOf(project)) {
    const apart = new Set(
      hosts.flatMap(({ host }) => {
        const to = byHost.get(host.toLowerCase());
        return to && to !== gateway && sharesNetworkWith(gateway, to, project) === "no" ? [to] : [];
      }),
    );
    for (const to of apart) {
      const own = networksOf(gateway, project) ?? [];
      const others = networksOf(to, project) ?? [];
      const [name, other] = [gateway.name.value, to.name.value];
      const message = `${path} passes requests to ${other}, which is on ${listed(others)} and ${name} on ${listed(own)}, so ${name} does not find it.`;
      report(place, message, {
        related: [{ message: `The service ${other} is here.`, span: to.name.span }],
        fixes: others.slice(0, MOST_NETWORKS).flatMap((it) => join(project, gateway, it)),
      });
    }
  }
}

/** Nobody picks from a list of more. */
const MOST_NETWORKS = 20;

function listed(networks: readonly string[]): string {
  const more = networks.length - MOST_NETWORKS;
  return `${networks.slice(0, MOST_NETWORKS).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function join({ file }: ComposeProject, from: Service, network: string): readonly Fix[] {
  const { node } = from;
  const isPlain = /^[a-zA-Z][\w.-]*$/.test(network);
  if (!node || !isPlain) return [];
  const written = valueAt(node, "networks");
  // A service without networks is on the default one, and leaves it with the first of its own.
  const edits = !written
    ? from.networks.length > 0
      ? undefined
      : appendEntry(file, node, { key: "networks", value: `[default, ${network}]` })
    : written.kind === "mapping"
      ? appendEntry(file, written, { key: network, value: undefined })
      : appendItem(file, node, "networks", network);
  return edits ? [{ kind: "unsafe", title: `Put ${from.name.value} on ${network}`, edits }] : [];
}
