import type { ComposeProject } from "../../model/compose/project.ts";
import { type TraefikUse, traefikUsesIn } from "../../model/compose/traefik-labels.ts";
import { source } from "../../text/source.ts";
import { entryPointsOf, traefiksOf } from "../knowledge/traefik-entry-points.ts";
import { type ServiceLabel, traefikLabelsIn } from "../knowledge/traefik-labels.ts";
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
  since: "0.4.0",
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
    const points = traefiks.map(entryPointsOf);
    const known = new Set(points.flatMap((it) => [...(it ?? [])]));
    if (points.every((it) => it !== undefined)) {
      const entries = uses.filter(({ use }) => use.kind === "entrypoints");
      check(project, entries, known, "entry point", once);
    }
  },
});

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
  what: "middleware" | "service" | "entry point",
  report: Report,
): void {
  const nearest = nearestAmong(declared);
  const isOfLabels = what !== "entry point";
  const who = isOfLabels ? "No label declares" : "No argument of Traefik declares";
  for (const { label, use } of named) {
    const { name, start } = use;
    if (declared.has(name.toLowerCase()) || (what === "service" && isMadeByTraefik(name, project))) continue;
    const span = label.valueAt(start, start + name.length);
    const near = nearest(name);
    const mayBeElsewhere = isOfLabels && near === undefined;
    const more = mayBeElsewhere ? "; a container of another project may" : andNear(near);
    report(span, `${who} the ${what} ${name}${more}.`, {
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
