import type { Service } from "../../model/compose/project.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { valueIn } from "../../text/value-in.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const serviceEndsAtOnce = composeRule({
  id: "service-ends-at-once",
  title: "Service that ends as soon as it starts",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a service that is to stay (it is always started again, or publishes a port) and has no \`command\`, where its image starts
      nothing that stays: a shell or an interpreter without a terminal (\`ubuntu\`, \`alpine\`, \`node\`, \`python\` …), or
      a program that without a command prints its help (\`minio/minio\`, Keycloak).`,
    why: source`
      A shell or interpreter reads from standard input, which is empty in a service, and ends with code 0. What is always started
      again does so in a loop.`,
    bad: source`
      services:
        box:
          image: ubuntu:24.04
                 ^^^^^^^^^^^^ service-ends-at-once: box ends at once and is started again and again: the image's own command is a shell, which has nothing to read here.
          restart: unless-stopped`,
    good: source`
      services:
        box:
          image: ubuntu:24.04
          command: sleep infinity
          init: true
          restart: unless-stopped`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const what = service.image && startOf(service);
      if (!service.image || what === undefined) continue;
      const loops = /^(?:always|unless-stopped)$/.test(service.restart?.value ?? "");
      if (!loops && service.ports.length === 0) continue;
      const end = loops ? "ends at once and is started again and again" : "ends at once";
      once(service.image.span, `${service.name.value} ${end}: the image's own command is ${what}.`);
    }
  },
});

const SHELL = "a shell, which has nothing to read here";

/**
 * Their CMD (docker-library's Dockerfiles, as of 2026-11; MinIO's and Keycloak's entrypoints print their help when given nothing, as
 * generally known). Without `stdin_open` and `tty` standard input is empty.
 */
const STARTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...["ubuntu", "debian", "alpine", "fedora", "rockylinux", "rockylinux/rockylinux", "almalinux"],
      ...["amazonlinux", "busybox", "archlinux", "golang", "rust", "buildpack-deps"],
    ].map((it) => [it, SHELL]),
  ),
  node: "Node's prompt, which has nothing to read here",
  python: "Python's prompt, which has nothing to read here",
  ruby: "Ruby's prompt, which has nothing to read here",
  "minio/minio": "none, and without `server` MinIO prints its help",
  "quay.io/minio/minio": "none, and without `server` MinIO prints its help",
  "quay.io/keycloak/keycloak": "none, and without `start` Keycloak prints its help",
  "keycloak/keycloak": "none, and without `start` Keycloak prints its help",
};

/** What the image starts by itself; undefined where it stays, or where something else is started. */
function startOf(service: Service): string | undefined {
  const { image, build, imageBuild, command, entrypoint, complete, node } = service;
  if (!image || build || imageBuild || command || entrypoint || !complete) return undefined;
  // The first Keycloaks there stood on WildFly, and started it.
  if (/keycloak$/.test(image.value.name) && /^(?:\d|1[0-6])(?:\.|$)|legacy/.test(image.value.tag ?? ""))
    return undefined;
  if (["command", "entrypoint", "stdin_open", "tty", "extends", "provider"].some((it) => entryAt(node, it)))
    return undefined;
  return valueIn(STARTS, image.value.name);
}
