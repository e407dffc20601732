import type { Service, ServiceCommand } from "../../model/compose/project.ts";
import type { ImageReference } from "../../model/stage/stage.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import { source } from "../../text/source.ts";
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
      nothing that stays: a shell or an interpreter without a terminal (\`ubuntu\`, \`alpine\`, \`node\`, \`python\`, a JDK …), or
      a program that without a command prints its help (\`minio/minio\`, Keycloak). Also Keycloak's \`start\` without a certificate
      and without \`KC_HTTP_ENABLED\`.`,
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
      const keyless = keylessStart(service);
      if (keyless) {
        const what = `${service.name.value} ends at once: Keycloak's \`start\` wants a certificate, or KC_HTTP_ENABLED where a proxy has one.`;
        once(keyless.span, what);
      }
      const what = service.image && startOf(service);
      if (!service.image || what === undefined) continue;
      const loops = /^(?:always|unless-stopped)$/.test(service.restart?.value ?? "");
      if (!loops && service.ports.length === 0) continue;
      const end = loops ? "ends at once and is started again and again" : "ends at once";
      once(service.image.span, `${service.name.value} ${end}: the image's own command is ${what}.`);
    }
  },
});

/** Entrypoints that start what they are given (docker-library's scripts, Temurin's; 2026-11). */
const PASSES_ON = /^(?:docker-entrypoint\.sh|docker-php-entrypoint|\/__cacert_entrypoint\.sh)$/;

/** What ends when standard input is empty, which it is without `stdin_open` and `tty`. */
const ENDS: readonly (readonly [line: RegExp, what: string])[] = [
  [/^(?:\/bin\/)?(?:ba|a|da)?sh(?: -l)?$/, "a shell"],
  [/^node$|^\/nodejs\/bin\/node$/, "Node's prompt"],
  [/^(?:\/usr\/bin\/)?python[\d.]*$/, "Python's prompt"],
  [/^irb$/, "Ruby's prompt"],
  [/^php -a$/, "PHP's prompt"],
  [/^jshell$/, "Java's prompt"],
];

const KEYCLOAK = /^(?:quay\.io\/)?keycloak\/keycloak$/;

/** Images whose entrypoint prints its help when it is given nothing (as generally known). */
const HELP: readonly (readonly [image: RegExp, what: string])[] = [
  [/^(?:quay\.io\/)?minio\/minio$/, "none, and without `server` MinIO prints its help"],
  [KEYCLOAK, "none, and without `start` Keycloak prints its help"],
];

/**
 * The command of a Keycloak that is started for production and is told neither of a certificate nor that it may speak HTTP: "Key
 * material not provided to setup HTTPS" (keycloak/keycloak, issues 12803 and 33605; read 2026-11). Older ones spoke HTTP for
 * `KC_PROXY=edge` too.
 */
function keylessStart(service: Service): ServiceCommand | undefined {
  const { image, imageBuild, command, entrypoint, complete, environmentComplete, environment } = service;
  if (!image || imageBuild || !command?.words || entrypoint || !complete || !environmentComplete)
    return undefined;
  if (!KEYCLOAK.test(image.value.name) || isOnWildfly(image.value)) return undefined;
  const { words } = command;
  if (!words.includes("start") || words.some((it) => it.includes(HOLE) || TELLS_HOW.test(it)))
    return undefined;
  if (environment.some((it) => /^KC_(?:HTTP_ENABLED|HTTPS_\w+|PROXY|CONFIG_\w+)$/.test(it.name.value)))
    return undefined;
  const mayBeTold =
    service.configs.length > 0 ||
    !service.grantsComplete ||
    service.mounts.some(({ target: { value } }) => value.includes(HOLE) || MAY_CONFIGURE.test(value));
  return mayBeTold ? undefined : command;
}

const TELLS_HOW = /^(?:--(?:http-enabled|https-|proxy(?:=|$)|config-)|-cf)/;
const MAY_CONFIGURE = /^\/(?:opt\/?(?:keycloak\/?(?:(?:conf|bin)(?:\/.*)?)?)?)?$/;

/** The first Keycloaks there stood on WildFly. */
function isOnWildfly({ tag = "" }: ImageReference): boolean {
  return /^(?:\d|1[0-6])(?:\.|$)|legacy/.test(tag);
}

/** What the image starts by itself; undefined where it stays, or where something else is started. */
function startOf(service: Service): string | undefined {
  const { image, build, imageBuild, imageFacts, command, entrypoint, complete, node } = service;
  if (!image || build || imageBuild || command || entrypoint || !complete) return undefined;
  // That one is started by the image itself.
  if (KEYCLOAK.test(image.value.name) && isOnWildfly(image.value)) return undefined;
  if (["command", "entrypoint", "stdin_open", "tty", "extends", "provider"].some((it) => entryAt(node, it)))
    return undefined;
  const prints = HELP.find(([it]) => it.test(image.value.name))?.[1];
  if (prints !== undefined) return prints;
  const { entrypoint: before, cmd } = imageFacts ?? {};
  if (before === undefined || cmd === undefined) return undefined;
  const words = [...(before ?? []), ...(cmd ?? [])].filter((it) => !PASSES_ON.test(it));
  const line = words.join(" ");
  if (/ (?:--?help|help|--version|--info)$/.test(line)) return `\`${line}\``;
  const ends = ENDS.find(([it]) => it.test(line))?.[1];
  return ends === undefined ? undefined : `${ends}, which has nothing to read here`;
}
