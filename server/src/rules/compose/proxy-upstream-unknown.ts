import { servicesByHost } from "../../model/compose/hosts/endpoints.ts";
import { hostNames, isContainerOf, mayReachOthers } from "../../model/compose/hosts/hosts.ts";
import { networksOf } from "../../model/compose/hosts/shared-networks.ts";
import type { ComposeProject, Service } from "../../model/compose/project.ts";
import type { PassedHost } from "../../syntax/gateway/passed-host.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { type GatewayFile, gatewayFilesOf } from "../knowledge/compose/gateway-files.ts";
import { isToldByImageAlone, mayServe, servedPorts } from "../knowledge/compose/served-ports.ts";
import { isServiceBeside } from "../knowledge/compose/services-beside.ts";
import { composeRule, type Fix, type Report } from "../rule.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";
import { nearestAmong } from "../writing/suggestions/nearest-among.ts";

export const proxyUpstreamUnknown = composeRule({
  id: "proxy-upstream-unknown",
  title: "Proxy that passes requests to no service",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a configuration of nginx, Caddy, HAProxy, Traefik, Envoy or Apache, mounted, copied by the Dockerfile or given as a config, that
      passes requests to a host which nothing in the project is called, or to a port that the service does not expose; also what
      Prometheus is to scrape. Names with a dot or a variable are left alone.`,
    why: source`
      The names are looked up when nginx starts, and it ends with "host not found in upstream" when one of them is not there;
      the others answer each request with an error. So does a port where nothing listens.`,
    bad: source`
      services:
        gateway:
          image: nginx:1.30
          volumes:
            - ./nginx.conf:/etc/nginx/conf.d/default.conf:ro
              ^^^^^^^^^^^^ proxy-upstream-unknown: Line 3 of ./nginx.conf passes requests to coments, and nothing in this project has that name; did you mean comments?
        comments:
          image: example/comments:1.4`,
    good: source`
      services:
        gateway:
          image: nginx:1.30
          volumes:
            - ./nginx.conf:/etc/nginx/conf.d/default.conf:ro
        coments:
          image: example/comments:1.4`,
  },

  check(project, report) {
    if (!project.complete) return;
    const all = gatewayFilesOf(project);
    if (all.length === 0) return;
    const names = hostNames(project);
    const byHost = servicesByHost(project);
    const nearest = nearestAmong(project.services.keys());
    for (const file of all) {
      const { gateway } = file;
      if (mayReachOthers(gateway, project)) continue;
      for (const hosts of byAddress(file)) {
        const [first] = hosts;
        if (!first) continue;
        const to = byHost.get(first.host.toLowerCase());
        if (to) checkPort(file, hosts, to, project, report);
        else if (
          !names.has(first.host.toLowerCase()) &&
          !isContainerOf(first.host, project) &&
          !isServiceBeside(first.host, project)
        )
          checkName(file, hosts, nearest(first.host), networksOf(gateway, project) !== undefined, report);
      }
    }
  },
});

/** One address is one mistake, however often it is written. */
function byAddress({ hosts }: GatewayFile): readonly (readonly PassedHost[])[] {
  const groups = new Map<string, PassedHost[]>();
  for (const it of hosts) {
    const address = `${it.host}:${it.port ?? ""}`;
    const same = groups.get(address);
    if (same) same.push(it);
    else groups.set(address, [it]);
  }
  return [...groups.values()];
}

function checkName(
  file: GatewayFile,
  hosts: readonly PassedHost[],
  near: string | undefined,
  isClosed: boolean,
  report: Report,
): void {
  const [first] = hosts;
  // Without a port the name may be that of an `upstream` in a file that is not seen.
  if (!first || (first.port === undefined && !file.isAll)) return;
  // To a network with a name of its own other projects may join theirs.
  if (!isClosed && near === undefined) return;
  const message = `${where(file, first)} ${file.does} ${first.host}, and nothing in this project has that name${didYouMean(near)}`;
  const fixes = near === undefined ? [] : rewrite(file, hosts, first.host, near);
  report(file.place, message, { fixes });
}

function checkPort(
  file: GatewayFile,
  hosts: readonly PassedHost[],
  to: Service,
  project: ComposeProject,
  report: Report,
): void {
  const [first] = hosts;
  const served = to === file.gateway ? undefined : servedPorts(to, project);
  if (first?.port === undefined || !served || mayServe(to, first.port, served)) return;
  const isGuess = isToldByImageAlone(to, served);
  // Metrics often have a port of their own, which no image exposes.
  if (file.does === "scrapes" && served.told === undefined) return;
  const { ports, verb } = served;
  const message = `${where(file, first)} ${file.does} ${first.host}:${first.port}, and ${to.name.value} ${verb} ${ports.join(", ")}.`;
  report(file.place, message, {
    ...(isGuess && { severity: "info" as const }),
    related: [{ message: `The service ${to.name.value} is here.`, span: to.name.span }],
    fixes: ports.flatMap((it) => rewrite(file, hosts, String(first.port), String(it))),
  });
}

function where({ lines, path }: GatewayFile, { start }: PassedHost): string {
  return `Line ${lines.lineAt(start) + 1} of ${path}`;
}

/** Puts another host or port in each place of the configuration. */
function rewrite(
  { file, text, path }: GatewayFile,
  hosts: readonly PassedHost[],
  written: string,
  wanted: string,
): readonly Fix[] {
  const places = hosts.map((it): Span => (it.host === written ? it : (it.portAt ?? it)));
  if (file === undefined || places.some((it) => text.slice(it.start, it.end) !== written)) return [];
  const edits = places.map(({ start, end }) => replace({ start, end }, wanted));
  const title = `Replace ${written} with ${wanted} in ${path}`;
  return [{ kind: "unsafe", title, edits: [], others: [{ kind: "edit", file, before: text, edits }] }];
}
