import { servicesIn } from "../../../model/compose/files/other-files.ts";
import { hasHealthcheck } from "../../../model/compose/health.ts";
import type { ComposeProject, Service } from "../../../model/compose/project.ts";
import { entriesOf, scalarAt, valueAt } from "../../../syntax/compose/find.ts";
import { parseCompose } from "../../../syntax/compose/parse.ts";
import { imageSummary } from "../../hover/image-text.ts";
import { type Asked, type KeyProposal, otherServices, type Proposal } from "./asked.ts";

/** `build api`, or the image and what it is. */
function serviceDetail({ image, imageFacts, build }: Service): string {
  if (build) return build.context ? `build ${build.context.value}` : "build";
  return [image?.value.text, imageFacts && imageSummary(imageFacts)].filter(Boolean).join(" · ");
}

/** Other services by name, behind `prefix`. */
export function services(asked: Asked, prefix = "", rank = 0): readonly Proposal[] {
  return otherServices(asked).map((it) => ({
    label: `${prefix}${it.name.value}`,
    kind: "service",
    detail: serviceDetail(it),
    rank,
  }));
}

/** Services that can be waited for; those that wait for this one come last, since a circle is refused. */
export function dependencies(asked: Asked): readonly Proposal[] {
  const own = asked.path[1];
  return otherServices(asked).map((it) => {
    const waits = it.dependsOn.some(({ service }) => service.value === own);
    return {
      label: it.name.value,
      kind: "service",
      detail: waits ? "waits for this service itself" : serviceDetail(it),
      rank: waits ? 3 : 0,
    };
  });
}

/** The same as keys, each with the condition that fits it. */
export function dependencyKeys(asked: Asked): readonly KeyProposal[] {
  const { project } = asked;
  return dependencies(asked).map((it) => ({
    ...it,
    behind: { kind: "lines", lines: [`condition: ${fittingCondition(project.services.get(it.label))}$0`] },
  }));
}

/** What can be waited for of a service. */
function fittingCondition(service: Service | undefined): string {
  if (service && hasHealthcheck(service).is === "yes") return "service_healthy";
  return service?.restart?.value === "no" && !service.ports.length && service.command
    ? "service_completed_successfully"
    : "service_started";
}

/** Is a service of the file healthy at some time, so that waiting for it makes sense? */
export function canBeHealthy({ project, path }: Asked): boolean {
  const service = project.services.get(path[3] ?? "");
  return service !== undefined && hasHealthcheck(service).is === "yes";
}

/** Services that `extends` can take over: of the file that it names, or of this one. */
export function extended(asked: Asked): readonly Proposal[] {
  const { project, path } = asked;
  const service = valueAt(valueAt(project.file.root, "services"), path[1] ?? "");
  const file = scalarAt(valueAt(service, "extends"), "file")?.value;
  if (file === undefined || path.at(-1) !== "service") return services(asked);
  const text = project.files.readFile(file);
  if (text === undefined) return [];
  return [...servicesIn(parseCompose(text))].map((label) => ({
    label,
    kind: "service",
    detail: `of ${file}`,
    rank: 0,
  }));
}

/** Profiles that services of this file have, with how many. */
export function profiles({ project, path }: Asked): readonly Proposal[] {
  const users = new Map<string, string[]>();
  for (const service of project.services.values()) {
    if (service.name.value === path[1]) continue;
    for (const { value } of service.profiles)
      users.set(value, [...(users.get(value) ?? []), service.name.value]);
  }
  return [...users].map(([label, names]) => ({
    label,
    kind: "resource",
    detail: `with ${listed(names)}`,
    rank: 0,
  }));
}

export type Section = "networks" | "volumes" | "secrets" | "configs" | "models";

/** Names that a top-level section declares, with who uses them. */
export function declared(section: Section) {
  return ({ project }: Asked): readonly Proposal[] => {
    const users = usersOf(project, section);
    return namesOf(project, section).map((label) => ({
      label,
      kind: "resource",
      detail: detailOf(project, section, label, users.get(label) ?? []),
      rank: 0,
    }));
  };
}

function namesOf(project: ComposeProject, section: Section): readonly string[] {
  if (section === "models") return entriesOf(valueAt(project.file.root, "models")).map((it) => it.key.value);
  const names = [...project[section].keys()];
  return section === "networks" && !names.includes("default") ? [...names, "default"] : names;
}

function detailOf(project: ComposeProject, section: Section, name: string, users: readonly string[]): string {
  const isExternal = section !== "models" && project[section].get(name)?.external === true;
  const kind =
    name === "default" && section === "networks"
      ? "the network of all services that name none"
      : section.slice(0, -1);
  const by = users.length > 0 ? `, of ${listed(users)}` : "";
  return `${isExternal ? "external " : ""}${kind}${by}`;
}

/** Names of a section that services use, each with those services. */
export function usersOf(project: ComposeProject, section: Section): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const service of project.services.values()) {
    for (const name of usedBy(service, section)) {
      const known = users.get(name);
      if (!known) users.set(name, [service.name.value]);
      else if (known.at(-1) !== service.name.value) known.push(service.name.value);
    }
  }
  return users;
}

function usedBy(service: Service, section: Section): readonly string[] {
  switch (section) {
    case "networks":
      return service.networks.map((it) => it.name.value);
    case "volumes":
      return service.mounts.flatMap((it) =>
        it.kind === "volume" && it.source?.known ? it.source.value : [],
      );
    case "secrets":
      return [...service.secrets, ...(service.build?.secrets ?? [])].map((it) => it.value);
    case "configs":
      return service.configs.map((it) => it.value);
    case "models":
      return textsOf(service);
  }
}

function textsOf({ node }: Service): readonly string[] {
  const models = valueAt(node, "models");
  if (models?.kind === "sequence")
    return models.items.flatMap((it) => (it.kind === "scalar" ? it.value : []));
  return entriesOf(models).map((it) => it.key.value);
}

/** `a, b, c and 4 more`. */
export function listed(names: readonly string[]): string {
  const MOST = 4;
  const more = names.length - MOST;
  return more > 1 ? `${names.slice(0, MOST).join(", ")} and ${more} more` : names.join(", ");
}

/** Names that services use and the section does not declare yet, with the lines that declare them. */
export function undeclared(section: Section) {
  return ({ project, cursor }: Asked): readonly KeyProposal[] => {
    const known = new Set(namesOf(project, section));
    return [...usersOf(project, section)]
      .filter(
        ([name]) =>
          (!known.has(name) || (name === "default" && section === "networks")) && !cursor.keys.has(name),
      )
      .map(([label, names]) => ({
        label,
        kind: "resource",
        detail: `used by ${listed(names)}`,
        rank: 0,
        behind: behindName(section, label),
      }));
  };
}

function behindName(section: Section, name: string): KeyProposal["behind"] {
  if (section === "secrets") return { kind: "lines", lines: [`file: \${1:./${name}.txt}$0`] };
  if (section === "configs") return { kind: "lines", lines: [`file: \${1:./${name}}$0`] };
  return section === "models" ? { kind: "lines", lines: ["model: $0"] } : { kind: "nothing" };
}
