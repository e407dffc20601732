import { type ComposeProject, type NetworkUse, notedOnService, type Service } from "../project.ts";
import { knownAt } from "../reading/known-at.ts";

/** The networks of a service, where none of them leads out, so that its ports are not mapped; empty else. */
export function internalAlone(service: Service, project: ComposeProject): readonly NetworkUse[] {
  const names = allNetworks(service);
  return names.length > 0 && names.every((it) => isInternal(it, project)) ? service.networks : [];
}

/** Of a service that has others as well none. */
const allNetworks = notedOnService(({ complete, networks, networksComplete }) =>
  complete && networksComplete ? networks.map((it) => it.name.value) : [],
);

function isInternal(name: string, project: ComposeProject): boolean {
  const { root } = project.file;
  return (
    /^true$/i.test(knownAt(project, root, "networks", name, "internal")?.value ?? "") &&
    project.networks.get(name)?.external === false &&
    // In a swarm a port is published past the networks (moby#38049), and not else (moby#36174).
    (knownAt(project, root, "networks", name, "driver")?.value ?? "bridge") === "bridge"
  );
}
