import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import { appendItem } from "../../model/compose/edit/append-item.ts";
import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { valueAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { isExposedByDefault, traefiksOf } from "../knowledge/compose/traefik-entry-points.ts";
import { labelTextsOf, traefikLabelsIn } from "../knowledge/compose/traefik-labels.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const routerNotEnabled = composeRule({
  id: "router-not-enabled",
  title: "Router of Traefik for a service that it leaves out",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a service with labels for a router, and without \`traefik.enable=true\`, where the one Traefik of the project is told
      \`exposedByDefault=false\`. A service that is switched off by \`traefik.enable=false\` is left alone.`,
    why: source`
      Traefik then looks at containers only that say \`traefik.enable=true\`. It leaves out the others without a word, and each request for
      them is answered with 404.`,
    bad: source`
      services:
        proxy:
          image: traefik:v3.6
          command:
            - --providers.docker
            - --providers.docker.exposedByDefault=false
        api:
          image: example/api:1.4
          labels:
            - traefik.http.routers.api.rule=Host(\`api.example.com\`)
                                   ^^^ router-not-enabled: proxy looks at no container without traefik.enable=true, so it leaves api out.`,
    good: source`
      services:
        proxy:
          image: traefik:v3.6
          command:
            - --providers.docker
            - --providers.docker.exposedByDefault=false
        api:
          image: example/api:1.4
          labels:
            - traefik.enable=true
            - traefik.http.routers.api.rule=Host(\`api.example.com\`)`,
  },

  check(project, report) {
    if (!project.complete) return;
    const [traefik, second] = traefiksOf(project);
    if (!traefik || second || isExposedByDefault(traefik) !== "no") return;
    const { labels, complete } = traefikLabelsIn(project);
    if (!complete) return;
    const once = reportOnce(report);
    const seen = new Set<Service>();
    for (const { service, kind, nameAt } of labels) {
      if (kind !== "routers" || seen.has(service) || !service.complete) continue;
      seen.add(service);
      if (valueAt(service.node, "label_file") || saysWhether(service)) continue;
      const [name, proxy] = [service.name.value, traefik.name.value];
      once(nameAt, `${proxy} looks at no container without traefik.enable=true, so it leaves ${name} out.`, {
        related: [{ message: `The service ${proxy} is here.`, span: traefik.name.span }],
        fixes: enable(project, service),
      });
    }
  },
});

function saysWhether({ node }: Service): boolean {
  return labelTextsOf(node).some((it) => /^\s*["']?(?:traefik\.enable\b|[^=]*\$)/i.test(it));
}

function enable({ file }: ComposeProject, { node }: Service): readonly Fix[] {
  const labels = valueAt(node, "labels");
  if (!node || !labels || labels.viaAlias) return [];
  const edits =
    labels.kind === "mapping"
      ? appendEntry(file, labels, { key: "traefik.enable", value: '"true"' })
      : appendItem(file, node, "labels", "traefik.enable=true");
  return edits ? [{ kind: "unsafe", title: "Add traefik.enable=true", edits }] : [];
}
