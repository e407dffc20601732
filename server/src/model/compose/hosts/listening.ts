import { itemsOf, valueAt } from "../../../syntax/compose/find.ts";
import type { Stage } from "../../stage/stage.ts";
import { stagesDownFrom } from "../../stage/stage-graph.ts";
import { notedOnService, type Service } from "../project.ts";
import { serverOf } from "../servers/known-server.ts";

/**
 * Does anything tell that a service listens on a port? `no` only when its image or Dockerfile says where it listens, or it is a
 * known server, and nothing in its part of the file speaks of the port; `yes` when something does. `published` are the ports that
 * count as spoken of: those of the service, unless told otherwise.
 */
export function listensOn(
  service: Service,
  port: number,
  published: Service["ports"] = service.ports,
): "yes" | "no" | "unknown" {
  const isTarget = published.some((it) => isWithin(port, it.target, it.lastTarget));
  if (isTarget || portsOfImage(service)?.includes(port) || speaksOf(service, port)) return "yes";
  if (!service.complete || !service.environmentComplete) return "unknown";
  return serverOf(service) || published.some((it) => it.target !== undefined) ? "no" : "unknown";
}

/**
 * Ports of the image or Dockerfile of a service that certainly listens where that says; undefined where configuration, a base
 * image or a part of the service in another file may say otherwise.
 */
export function certainPorts(service: Service): readonly number[] | undefined {
  const { imageBuild: build, mounts, configs, environmentComplete, complete, networkMode, command } = service;
  if (!complete || !environmentComplete || networkMode) return undefined;
  if (!build && command && (!command.words || enablesPlugins(service, command.words))) return undefined;
  const isAsBuilt = build
    ? build.stage !== undefined && exposes(build.stage)
    : configs.length === 0 &&
      mounts.every((it) => it.kind === "volume" || HOLDS_NO_SETTINGS.test(it.target.value));
  const ports = isAsBuilt ? portsOfImage(service) : undefined;
  return ports && ports.length > 0 ? ports : undefined;
}

/** Plugins of RabbitMQ listen at more than EXPOSE says: `sh -c "rabbitmq-plugins enable …"`. */
function enablesPlugins(service: Service, command: readonly string[]): boolean {
  return serverOf(service)?.title === "RabbitMQ" && command.some((it) => /\bplugins?\b/.test(it));
}

/** Where images have pages, scripts and what a database begins with, and never where they listen. */
const HOLDS_NO_SETTINGS =
  /^(?:\/var\/www|\/usr\/share\/nginx\/html|\/usr\/local\/apache2\/htdocs|\/docker-entrypoint-initdb\.d)(?:\/|$)/;

/** Does the Dockerfile itself say where it listens? What a base image exposes need not hold for what is built on it. */
function exposes(stage: Stage): boolean {
  for (const { instructions } of stagesDownFrom(stage))
    if (instructions.some((it) => it.name === "EXPOSE")) return true;
  return false;
}

/** Ports that EXPOSE of the stage or image names; undefined when not known. */
export const portsOfImage = notedOnService(
  ({ imageBuild: build, imageFacts }): readonly number[] | undefined => {
    const ports = build ? build.stage?.result.ports : undefined;
    const exposed = build ? (ports?.known ? ports.value : undefined) : imageFacts?.exposedPorts;
    return exposed?.map((it) => Number.parseInt(it, 10)).filter((it) => !Number.isNaN(it));
  },
);

/** Is the number in `expose`, a variable, the command or, unless those are what it is asked for, a label of the service? */
export function speaksOf(service: Service, port: number, withLabels = true): boolean {
  const number = new RegExp(`(?<!\\d)${port}(?!\\d)`);
  return textsOf(service, withLabels).some((it) => number.test(it));
}

/** The numbers of which `speaksOf` is true, as they are written. */
export const numbersSpokenOf = notedOnService(
  (service): ReadonlySet<string> => new Set(textsOf(service, true).flatMap((it) => it.match(/\d+/g) ?? [])),
);

function textsOf(
  { environment, command, entrypoint, node }: Service,
  withLabels: boolean,
): readonly string[] {
  const labels = withLabels ? valueAt(node, "labels") : undefined;
  return [
    ...environment.map((it) => it.value?.value ?? ""),
    ...(command?.words ?? [command?.text?.value ?? ""]),
    ...(entrypoint?.words ?? [entrypoint?.text?.value ?? ""]),
    ...itemsOf(valueAt(node, "expose")).map((it) => (it.kind === "scalar" ? it.value : "")),
    ...itemsOf(labels).map((it) => (it.kind === "scalar" ? it.value : "")),
    ...(labels?.kind === "mapping"
      ? labels.entries.map((it) => (it.value?.kind === "scalar" ? it.value.value : ""))
      : []),
  ];
}

/** Is a port one of a range; `last` is undefined where the range is one port. */
export function isWithin(port: number, first: number | undefined, last: number | undefined): boolean {
  return first !== undefined && first <= port && port <= (last ?? first);
}
