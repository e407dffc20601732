import { entriesOf, entryAt, valueAt } from "../../syntax/compose/find.ts";
import { type ComposeProject, notedOnProject, notedOnService, type Service } from "./project.ts";

/**
 * Names of the networks that a service is on. Undefined where one may be any: one from outside, with a name that
 * another has too, or that is declared nowhere.
 */
export function networksOf(service: Service, project: ComposeProject): readonly string[] | undefined {
  const names = namesOf(service);
  if (!names) return undefined;
  const open = project.notes ? openNetworks({ notes: project.notes }, project) : findOpen(project);
  const { answers } = open;
  // Services share their lists of names seldom, and long ones even less.
  const known = answers.get(names);
  if (known !== undefined) return known ? undefined : names;
  const isOpen = names.some((it) => open.names.has(it) || (it !== "default" && !project.networks.has(it)));
  answers.set(names, isOpen);
  return isOpen ? undefined : names;
}

/** As written; undefined where that is not certain. */
const namesOf = notedOnService(
  ({ networks, networksComplete, complete, node }): readonly string[] | undefined => {
    if (!complete || !networksComplete || entryAt(node, "network_mode")) return undefined;
    return networks.length > 0 ? networks.map((it) => it.name.value) : ["default"];
  },
);

/** Networks that may be any, and of which lists of names it is known whether one of these is among them. */
interface OpenNetworks {
  readonly names: ReadonlySet<string>;
  readonly answers: Map<readonly string[], boolean>;
}

const openNetworks = notedOnProject((_, project: ComposeProject) => findOpen(project));

function findOpen({ file, networks }: ComposeProject): OpenNetworks {
  const names = new Set<string>();
  for (const { key, value } of entriesOf(valueAt(file.root, "networks")))
    if (valueAt(value, "name")) names.add(key.value);
  for (const { name, external } of networks.values()) if (external) names.add(name.value);
  return { names, answers: new Map() };
}

/** Is any of some names among others? */
export function haveCommon(some: readonly string[], others: readonly string[]): boolean {
  // Most services are on one network or two.
  if (some.length * others.length < 100) return some.some((it) => others.includes(it));
  const all = new Set(others);
  return some.some((it) => all.has(it));
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
  return haveCommon(own, others) ? "yes" : "no";
}
