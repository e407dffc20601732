import { imageOf } from "../../model/compose/builds/run-image.ts";
import type { Mount, Service } from "../../model/compose/project.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const engineSocketMounted = composeRule({
  id: "engine-socket-mounted",
  title: "Service that may command the engine",
  severity: "info",
  tags: ["security"],
  aliases: ["exposing-docker-socket-volume"],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a mounted socket of Docker, Podman or containerd, but not for an image that is a proxy of it
      (\`…/docker-socket-proxy\`).`,
    why: source`
      Who can speak to the engine can start a container that has the host's whole disk, so whoever gets into this service has
      the host. A read-only mount changes nothing of that: requests are no writes to the file. Where it is needed, a proxy
      that lets only some requests through is safer.`,
    bad: source`
      services:
        dashboard:
          image: example/dashboard:3.2
          volumes:
            - /var/run/docker.sock:/var/run/docker.sock:ro
              ^^^^^^^^^^^^^^^^^^^^ engine-socket-mounted: Whoever gets into dashboard can command the engine, and has the host with it; read-only mounts do not change that.`,
    good: source`
      services:
        dashboard:
          image: example/dashboard:3.2
          environment: {DOCKER_HOST: "tcp://socket-proxy:2375"}
        socket-proxy:
          image: tecnativa/docker-socket-proxy:v0.4.1
          environment: {CONTAINERS: "1"}
          volumes:
            - /var/run/docker.sock:/var/run/docker.sock:ro`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      if (service.mounts.length === 0 || isProxy(service)) continue;
      for (const mount of service.mounts) {
        const { source: path, readOnly } = mount;
        if (!path || !isSocket(mount)) continue;
        const more = readOnly ? "; read-only mounts do not change that" : "";
        const message = `Whoever gets into ${service.name.value} can command the engine, and has the host with it${more}.`;
        once(path.spanOf(0, path.value.length), message);
      }
    }
  },
});

/** The folder before it may be a variable; the name says it. On Windows it is a pipe. */
function isSocket({ source: path }: Mount): boolean {
  return /(^|[\\/])(docker|podman|containerd|crio)\.sock$|[\\/]pipe[\\/]docker_engine$/.test(
    path?.value ?? "",
  );
}

function isProxy(service: Service): boolean {
  return /socket-?proxy/.test(imageOf(service)?.name ?? "");
}
