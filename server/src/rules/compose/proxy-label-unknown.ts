import type { ComposeProject, Placed, Service } from "../../model/compose/project.ts";
import { knownAt } from "../../model/compose/reading/known-at.ts";
import { type TraefikUse, traefikUsesIn } from "../../model/compose/traefik-labels.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { literally } from "../../text/literally.ts";
import { source } from "../../text/source.ts";
import {
  certificateResolversOf,
  entryPointsOf,
  traefiksOf,
} from "../knowledge/compose/traefik-entry-points.ts";
import { type ServiceLabel, traefikLabelsIn } from "../knowledge/compose/traefik-labels.ts";
import { composeRule, type Report } from "../rule.ts";
import { replaceName } from "../writing/compose/replace-name.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";
import { nearestAmong } from "../writing/suggestions/nearest-among.ts";

export const proxyLabelUnknown = composeRule({
  id: "proxy-label-unknown",
  title: "Label of Traefik that names what is declared nowhere",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a label that gives a router of Traefik a service, middleware, entry point or certificate resolver that no label of the project declares and, of
      the last two, no argument of Traefik, and \`traefik.docker.network\` with a network that the service is not on. Traefik has to be a service of the project, and all of that has to be known. Left alone are
      names from elsewhere (\`auth@file\`) and services that Traefik makes by itself (\`api-myproject\`); a name with \`@docker\` is one of labels.
      Traefik sees all containers of the engine: a service or middleware that no name here is near to may be one of another project's, and
      gets a hint only.`,
    why: source`
      Traefik starts, writes "does not exist" to its log and leaves the router out: each request to it is answered with 404.`,
    bad: source`
      services:
        proxy:
          image: traefik:v3.6
          command: --providers.docker --entrypoints.web.address=:80
        api:
          image: example/api:1.4
          labels:
            traefik.http.routers.api.entrypoints: web
            traefik.http.routers.api.middlewares: lgoin
                                                  ^^^^^ proxy-label-unknown: No label declares the middleware lgoin; did you mean login?
            traefik.http.middlewares.login.basicauth.usersfile: /users`,
    good: source`
      services:
        proxy:
          image: traefik:v3.6
          command: --providers.docker --entrypoints.web.address=:80
        api:
          image: example/api:1.4
          labels:
            traefik.http.routers.api.entrypoints: web
            traefik.http.routers.api.middlewares: login
            traefik.http.middlewares.login.basicauth.usersfile: /users`,
  },

  check(project, report) {
    if (!project.complete) return;
    const traefiks = traefiksOf(project);
    if (traefiks.length === 0) return;
    const { labels, complete } = traefikLabelsIn(project);
    if (!complete) return;
    const once = reportOnce(report);
    const uses = labels.flatMap((label) => traefikUsesIn(label).map((use) => ({ label, use })));
    for (const protocol of ["http", "tcp", "udp"]) {
      const own = uses.filter(({ label }) => label.protocol === protocol);
      for (const [kind, what] of declaredByLabels) {
        const declared = labels.filter((it) => it.protocol === protocol && it.kind === kind);
        const named = own.filter(({ use }) => use.kind === kind);
        check(project, named, new Set(declared.map((it) => it.name)), what, once);
      }
    }
    checkNetworks(project, once);
    const points = traefiks.map(entryPointsOf);
    const known = new Set(points.flatMap((it) => [...(it ?? [])]));
    if (points.every((it) => it !== undefined)) {
      const entries = uses.filter(({ use }) => use.kind === "entrypoints");
      check(project, entries, known, "entry point", once);
    }
    const resolvers = traefiks.map(certificateResolversOf);
    const declared = new Set(resolvers.flatMap((it) => [...(it ?? [])]));
    // A Traefik without any is one to develop with, and the labels are for another one.
    if (declared.size > 0 && resolvers.every((it) => it !== undefined)) {
      const named = uses.filter(({ use }) => use.kind === "certresolvers");
      check(project, named, declared, "certificate resolver", once);
    }
  },
});

/** `traefik.docker.network`: a name as the engine knows it, of a network that the service is on. */
function checkNetworks(project: ComposeProject, report: Report): void {
  for (const service of project.services.values()) {
    const named = networkLabel(service, project);
    const own = named && networkNames(service, project);
    if (!named || !own || own.some((it) => it.test(named.value))) continue;
    const { networks } = service;
    const meant = networks.find((it) => it.name.value === named.value)?.name.value;
    const why =
      meant === undefined
        ? `${service.name.value} is on no network called ${named.value}`
        : `The engine knows the network ${meant} as PROJECT_${meant}, with the name of the project`;
    report(named.span, `${why}; Traefik takes any network of ${service.name.value} instead.`, {
      // With one network there is no other to take.
      ...(networks.length < 2 && { severity: "info" }),
    });
  }
}

function networkLabel({ node }: Service, project: ComposeProject): Placed<string> | undefined {
  const labels = valueAt(node, "labels");
  const mapped = knownAt(project, labels, "traefik.docker.network");
  if (mapped) return { value: mapped.value, span: mapped.node.span };
  for (const item of itemsOf(labels)) {
    const value =
      item.kind === "scalar" ? /^traefik\.docker\.network=([\w.-]+)$/.exec(item.value)?.[1] : undefined;
    if (value !== undefined) return { value, span: item.span };
  }
  return undefined;
}

/** Of the networks that a service is on; undefined where one is not known. Those without a name begin with the project's. */
function networkNames(service: Service, project: ComposeProject): readonly RegExp[] | undefined {
  if (!service.complete || !service.networksComplete || service.networkMode) return undefined;
  const keys = service.networks.map((it) => it.name.value);
  const names = (keys.length > 0 ? keys : ["default"]).map((key) => {
    const declared = valueAt(valueAt(project.file.root, "networks"), key);
    const name = knownAt(project, declared, "name")?.value;
    if (valueAt(declared, "name")) return name === undefined ? undefined : new RegExp(`^${literally(name)}$`);
    // Who writes `external: false` undoes it of another file, which is started without this one elsewhere.
    const isUndone = valueAt(declared, "external") !== undefined && !project.networks.get(key)?.external;
    const isExternal = project.networks.get(key)?.external === true;
    return new RegExp(`${isUndone ? "(?:^|_)" : isExternal ? "^" : "_"}${literally(key)}$`);
  });
  return names.includes(undefined) ? undefined : names.flatMap((it) => it ?? []);
}

const declaredByLabels = [
  ["middlewares", "middleware"],
  ["services", "service"],
] as const;

interface NamedInLabel {
  readonly label: ServiceLabel;
  readonly use: TraefikUse;
}

function check(
  project: ComposeProject,
  named: readonly NamedInLabel[],
  declared: ReadonlySet<string>,
  what: "middleware" | "service" | "entry point" | "certificate resolver",
  report: Report,
): void {
  const nearest = nearestAmong(declared);
  const isOfLabels = what === "middleware" || what === "service";
  const who = isOfLabels ? "No label declares" : "No argument of Traefik declares";
  for (const { label, use } of named) {
    const { name, start } = use;
    if (declared.has(name.toLowerCase()) || (what === "service" && isMadeByTraefik(name, project))) continue;
    const span = label.valueAt(start, start + name.length);
    const near = nearest(name);
    const mayBeElsewhere = isOfLabels && near === undefined;
    const more = mayBeElsewhere ? "; a container of another project may." : didYouMean(near);
    report(span, `${who} the ${what} ${name}${more}`, {
      ...(mayBeElsewhere && { severity: "hint" }),
      fixes: near === undefined ? [] : replaceName(project.file, { value: name, span }, near, "unsafe"),
    });
  }
}

/** A container without a service of its own is given one that is called after its service and project. */
function isMadeByTraefik(name: string, { services }: ComposeProject): boolean {
  return [...services.keys()].some((it) =>
    name.toLowerCase().startsWith(`${it.toLowerCase().replace(/[^a-z0-9]/g, "-")}-`),
  );
}
