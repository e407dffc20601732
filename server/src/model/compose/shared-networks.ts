import { entryAt, valueAt } from "../../syntax/compose/find.ts";
import type { ComposeProject, Service } from "./project.ts";

/**
 * Names of the networks that a service is on. Undefined where one may be any: one from outside, with a name that
 * another has too, or that is declared nowhere.
 */
export function networksOf(
  service: Service,
  { networks, file }: ComposeProject,
): readonly string[] | undefined {
  if (!service.complete || !service.networksComplete || entryAt(service.node, "network_mode"))
    return undefined;
  const names = service.networks.length > 0 ? service.networks.map((it) => it.name.value) : ["default"];
  const declared = valueAt(file.root, "networks");
  const isOpen = names.some((it) => {
    const isSlip = it !== "default" && !networks.has(it);
    return isSlip || networks.get(it)?.external || valueAt(valueAt(declared, it), "name");
  });
  return isOpen ? undefined : names;
}

/** Are two services on one network? */
export function sharesNetworkWith(
  one: Service,
  other: Service,
  project: ComposeProject,
): "yes" | "no" | "unknown" {
  const own = networksOf(one, project);
  const others = networksOf(other, project);
  if (!own || !others) return "unknown";
  return others.some((it) => own.includes(it)) ? "yes" : "no";
}
