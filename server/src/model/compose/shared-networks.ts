import { entriesOf, entryAt, valueAt } from "../../syntax/compose/find.ts";
import { type ComposeProject, notedOnProject, type Service } from "./project.ts";

/**
 * Names of the networks that a service is on. Undefined where one may be any: one from outside, with a name that
 * another has too, or that is declared nowhere.
 */
export function networksOf(service: Service, project: ComposeProject): readonly string[] | undefined {
  const { names, answers } = project.notes ? known({ notes: project.notes }, project) : told(project);
  if (answers.has(service)) return answers.get(service);
  const answer = findNetworks(service, project, names);
  answers.set(service, answer);
  return answer;
}

/** What is told of the services of a project, and the networks to which the file gives another name. */
interface Told {
  readonly names: ReadonlySet<string>;
  readonly answers: Map<Service, readonly string[] | undefined>;
}

const known = notedOnProject((_, project: ComposeProject) => told(project));

function told({ file }: ComposeProject): Told {
  const named = entriesOf(valueAt(file.root, "networks")).filter((it) => valueAt(it.value, "name"));
  return { names: new Set(named.map((it) => it.key.value)), answers: new Map() };
}

function findNetworks(
  { networks: own, networksComplete, complete, node }: Service,
  { networks }: ComposeProject,
  named: ReadonlySet<string>,
): readonly string[] | undefined {
  if (!complete || !networksComplete || entryAt(node, "network_mode")) return undefined;
  const names = own.length > 0 ? own.map((it) => it.name.value) : ["default"];
  const isOpen = names.some((it) => {
    const isSlip = it !== "default" && !networks.has(it);
    return isSlip || networks.get(it)?.external || named.has(it);
  });
  return isOpen ? undefined : names;
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
