import type { ComposeProject } from "../../model/compose/project.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import { source } from "../../text/source.ts";
import { entryPointsOf, traefiksOf } from "../knowledge/traefik-entry-points.ts";
import { type TraefikLabel, traefikLabelsOf } from "../knowledge/traefik-labels.ts";
import { composeRule, type Report } from "../rule.ts";
import { nearestAmong } from "../writing/nearest-among.ts";
import { replaceName } from "../writing/replace-name.ts";
import { reportOnce } from "../writing/report-once.ts";
import { andNear } from "../writing/undeclared-name.ts";

export const proxyLabelUnknown = composeRule({
  id: "proxy-label-unknown",
  title: "Label of Traefik that names what is declared nowhere",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.5.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a label that gives a router of Traefik a service, middleware or entry point that no label of the project declares and, of
      entry points, no argument of Traefik. Traefik has to be a service of the project, and all of that has to be known. Left alone are
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
                                                  ^^^^^ proxy-label-unknown: No label declares the middleware lgoin; login is near.
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
    const { labels, complete } = traefikLabelsOf(project);
    if (!complete) return;
    const once = reportOnce(report);
    for (const protocol of ["http", "tcp", "udp"]) {
      const own = labels.filter((it) => it.protocol === protocol);
      const middlewares = own.filter(
        (it) => it.option === "chain.middlewares" || (it.kind === "routers" && it.option === "middlewares"),
      );
      check(project, middlewares, namesOf(own, "middlewares"), "middleware", once);
      const routed = own.filter((it) => it.kind === "routers" && it.option === "service");
      check(project, routed, namesOf(own, "services"), "service", once);
    }
    const points = traefiks.map(entryPointsOf);
    const known = new Set(points.flatMap((it) => [...(it ?? [])]));
    if (points.every((it) => it !== undefined)) {
      const entries = labels.filter((it) => it.kind === "routers" && it.option === "entrypoints");
      check(project, entries, known, "entry point", once);
    }
  },
});

function namesOf(labels: readonly TraefikLabel[], kind: TraefikLabel["kind"]): ReadonlySet<string> {
  return new Set(labels.filter((it) => it.kind === kind).map((it) => it.name));
}

function check(
  project: ComposeProject,
  labels: readonly TraefikLabel[],
  declared: ReadonlySet<string>,
  what: "middleware" | "service" | "entry point",
  report: Report,
): void {
  const nearest = nearestAmong(declared);
  const isOfLabels = what !== "entry point";
  const who = isOfLabels ? "No label declares" : "No argument of Traefik declares";
  for (const { value, spanOf } of labels) {
    for (const match of value.matchAll(/[^,\s]+/g)) {
      const [name = ""] = match[0].split("@docker");
      if (name === "" || name.includes("@") || match[0].includes(HOLE) || declared.has(name.toLowerCase()))
        continue;
      if (what === "service" && isMadeByTraefik(name, project)) continue;
      const span = spanOf(match.index, match.index + name.length);
      const near = nearest(name);
      const mayBeElsewhere = isOfLabels && near === undefined;
      const more = mayBeElsewhere ? "; a container of another project may" : andNear(near);
      report(span, `${who} the ${what} ${name}${more}.`, {
        ...(mayBeElsewhere && { severity: "hint" }),
        fixes: near === undefined ? [] : replaceName(project.file, { value: name, span }, near, "unsafe"),
      });
    }
  }
}

/** A container without a service of its own is given one that is called after its service and project. */
function isMadeByTraefik(name: string, { services }: ComposeProject): boolean {
  return [...services.keys()].some((it) =>
    name.toLowerCase().startsWith(`${it.toLowerCase().replace(/[^a-z0-9]/g, "-")}-`),
  );
}
