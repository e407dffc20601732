import { hostNames, isContainerOf, mayReachOthers } from "../../model/compose/hosts.ts";
import type { ComposeProject, Mount, Service } from "../../model/compose/project.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { nearestAmong } from "../writing/nearest-among.ts";
import { reportOnce } from "../writing/report-once.ts";
import { andNear } from "../writing/undeclared-name.ts";

export const proxyUpstreamUnknown = composeRule({
  id: "proxy-upstream-unknown",
  title: "Proxy that passes requests to no service",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports a mounted nginx configuration whose \`proxy_pass\`, \`fastcgi_pass\` or \`upstream\` names a host with a port that
      nothing in the project is called. Names with a dot or a variable are left alone.`,
    why: source`
      The names are looked up when nginx starts, and it ends with "host not found in upstream" when one of them is not there.`,
    bad: source`
      services:
        gateway:
          image: nginx:1.30
          volumes:
            - ./nginx.conf:/etc/nginx/conf.d/default.conf:ro
              ^^^^^^^^^^^^ proxy-upstream-unknown: Line 3 of ./nginx.conf passes requests to coments, and nothing in this project is called so; comments is near.
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
    const once = reportOnce(report);
    const names = hostNames(project);
    const nearest = nearestAmong(project.services.keys());
    for (const service of project.services.values()) {
      if (!runsNginx(service) || mayReachOthers(service, project)) continue;
      for (const { path, place, text } of configurations(service, project)) {
        const unknown = upstreamsOf(text).find(
          ({ host }) => !names.has(host.toLowerCase()) && !isContainerOf(host, project),
        );
        if (!unknown) continue;
        const line = text.slice(0, unknown.at).split("\n").length;
        const near = andNear(nearest(unknown.host));
        const message = `Line ${line} of ${path} passes requests to ${unknown.host}, and nothing in this project is called so${near}.`;
        once(place, message);
      }
    }
  },
});

function runsNginx({ image, build }: Service): boolean {
  return !build && /^(?:.*\/)?(?:nginx|nginx-unprivileged|openresty)$/.test(image?.value.name ?? "");
}

interface Configuration {
  readonly path: string;
  readonly place: Mount["span"];
  readonly text: string;
}

/** Files that nginx reads by default; one in another place may be for something else. */
function configurations({ mounts }: Service, { files }: ComposeProject): readonly Configuration[] {
  return mounts.flatMap(({ kind, source: path, target }) => {
    if (kind !== "bind" || !path?.known) return [];
    if (!/^\/etc\/nginx\/(?:nginx\.conf|conf\.d\/[^/]+\.conf)$/.test(target.value)) return [];
    const text = files.readFile(path.value);
    return text === undefined ? [] : [{ path: path.value, place: path.spanOf(0, path.value.length), text }];
  });
}

interface Upstream {
  readonly host: string;
  readonly at: number;
}

const PASS =
  /^[ \t]*(?:(?:proxy|fastcgi|uwsgi|scgi|grpc)_pass\s+(?:[a-z]+:\/\/)?|server\s+)([a-z0-9_-]+):\d+[\s/;]/gim;

/** Hosts with a port; without one a name may be an `upstream` of another file. */
function upstreamsOf(text: string): readonly Upstream[] {
  return [...text.matchAll(PASS)].flatMap(({ 1: host, index }) =>
    host === undefined || /^\d+$/.test(host) || new RegExp(`^\\s*upstream\\s+${host}\\s*\\{`, "m").test(text)
      ? []
      : [{ host, at: index }],
  );
}
