import { entriesOf, entryAt, valueAt } from "../../../syntax/compose/find.ts";
import { type ComposeProject, notedOnProject, notedOnService, type Service } from "../project.ts";
import { knownAt } from "../reading/known-at.ts";

/**
 * Names of the networks that a service is on. Undefined where one may be any: one from outside, with a name that
 * another has too, or that is declared nowhere.
 */
export function networksOf(service: Service, project: ComposeProject): readonly string[] | undefined {
  const names = ownNetworksOf(service, project);
  return names?.some((it) => openOf(project).joined.has(it)) ? undefined : names;
}

/**
 * The same, with networks that have a name of their own, other than all others here: services of other projects may join them, but
 * none of this one is on them that does not say so.
 */
export function ownNetworksOf(service: Service, project: ComposeProject): readonly string[] | undefined {
  const names = namesOf(service);
  if (!names) return undefined;
  const open = openOf(project);
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
  /** Those with a name of their own that no other has. */
  readonly joined: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly answers: Map<readonly string[], boolean>;
}

const openNetworks = notedOnProject((_, project: ComposeProject) => findOpen(project));

function openOf(project: ComposeProject): OpenNetworks {
  return project.notes ? openNetworks({ notes: project.notes }, project) : findOpen(project);
}

function findOpen(project: ComposeProject): OpenNetworks {
  const { file, networks } = project;
  const names = new Set<string>();
  const keysByName = new Map<string, string[]>();
  const keys = new Set(["default", ...networks.keys()]);
  for (const { key, value } of entriesOf(valueAt(file.root, "networks"))) {
    if (!valueAt(value, "name")) continue;
    const name = knownAt(project, value, "name")?.value;
    // One that is called as Compose calls those without a name, `project_default`, may be one of them.
    const ends = name?.split("_").map((_, at, parts) => parts.slice(at).join("_")) ?? [];
    if (name === undefined || ends.slice(1).some((it) => keys.has(it))) names.add(key.value);
    else keysByName.set(name, [...(keysByName.get(name) ?? []), key.value]);
  }
  for (const { name, external } of networks.values()) if (external) names.add(name.value);
  const joined = new Set<string>();
  for (const same of keysByName.values())
    for (const it of same) (same.length > 1 || names.has(it) ? names : joined).add(it);
  return { names, joined, answers: new Map() };
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
  const own = ownNetworksOf(one, project);
  const others = ownNetworksOf(other, project);
  if (!own || !others) return "unknown";
  return haveCommon(own, others) ? "yes" : "no";
}
