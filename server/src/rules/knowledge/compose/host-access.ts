import { imageOf } from "../../../model/compose/builds/run-image.ts";
import type { Service } from "../../../model/compose/project.ts";
import { scalarAt } from "../../../syntax/compose/find.ts";

/** Has the container all rights of the host's root (`privileged: true`)? False where a variable decides. */
export function isPrivileged({ node }: Service): boolean {
  return scalarAt(node, "privileged")?.value.toLowerCase() === "true";
}

/**
 * Is it an image that does nothing without such rights: an engine in a container? By the names of Docker's and BuildKit's own
 * images (hub.docker.com/_/docker, moby/buildkit, read 2026-11).
 */
export function isEngineItself({ image }: Service): boolean {
  const { name = "", tag = "" } = image?.value ?? {};
  if (name === "moby/buildkit") return !tag.includes("rootless");
  return name === "docker" && /(^|-)dind(-|$)/.test(tag) && !tag.includes("rootless");
}

/**
 * Does it run to look at the host, which it sees only through its namespaces and folders? By the images of agents whose own
 * documentation starts them so (read 2026-11-27: process-exporter's README, falco.org, tetragon.io, docs.newrelic.com, and those of
 * Glances, Beszel, Tracee and the SignalFx agent; those of Prometheus, cAdvisor, Netdata, Datadog and Alloy for metrics of the host
 * were not read again).
 */
export function watchesHost(service: Service): boolean {
  const name = imageOf(service)?.name;
  return name !== undefined && AGENTS.test(name);
}

const AGENTS =
  /(^|\/)(node-exporter|cadvisor|process-exporter|netdata\/netdata|datadog\/agent|datadoghq\/agent|grafana\/alloy|beszel-agent|falco|tetragon|aquasec\/tracee|nicolargo\/glances|newrelic\/infrastructure|signalfx-agent)$/;
