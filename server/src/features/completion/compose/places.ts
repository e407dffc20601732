import { isRemoteContext } from "../../../model/compose/files/remote.ts";
import type { DockerfileModel } from "../../../model/stage/dockerfile-model.ts";
import { itemsOf, scalarAt, valueAt } from "../../../syntax/compose/find.ts";
import { valueIn } from "../../../text/value-in.ts";
import { valuesAt } from "../../knowledge/compose-values.ts";
import type { Asked, KeyProposal, Proposal } from "./asked.ts";
import { insideService } from "./asked.ts";
import { buildArguments, targets, users, workdirs } from "./builds.ts";
import { environmentNames, environmentValues } from "./environment.ts";
import { testValues, testWords } from "./health.ts";
import { images } from "./images.ts";
import { labels } from "./labels.ts";
import { mountSources, mounts, mountTargets } from "./mounts.ts";
import { type PathsWanted, paths } from "./paths.ts";
import { portNumbers, ports } from "./ports.ts";
import {
  canBeHealthy,
  declared,
  dependencies,
  dependencyKeys,
  extended,
  profiles,
  services,
  undeclared,
} from "./services.ts";
import { variablesOfEnvFile } from "./variables.ts";
import { wholeServices } from "./whole-services.ts";

type Propose = (asked: Asked) => readonly Proposal[];

const some =
  (wanted: PathsWanted = {}): Propose =>
  (asked) =>
    paths(asked, wanted);
const both =
  (...all: readonly Propose[]): Propose =>
  (asked) =>
    all.flatMap((it) => it(asked));
const environmentFiles = some({ first: /^\.env|\.env$/ });
const yamlFiles = some({ first: /compose.*\.ya?ml$|\.compose\.ya?ml$/ });
const buildFolders = some({ only: "folders", holding: "Dockerfile" });
const contexts = both(
  (asked) => services(asked, "service:", 1),
  some({ only: "folders" }),
  () => [{ label: "docker-image://", kind: "image", detail: "an image as a context", rank: 5 }],
);

/** Values by the way below the service, `*` for a name of the user's. */
const inService: Readonly<Record<string, Propose>> = {
  image: images,
  build: buildFolders,
  "build.context": buildFolders,
  "build.dockerfile": dockerfiles,
  "build.target": targets,
  "build.secrets.[]": declared("secrets"),
  "build.secrets.[].source": declared("secrets"),
  "build.additional_contexts.*": contexts,
  "build.no_cache_filter.[]": targets,
  "build.no_cache_filter": targets,
  "depends_on.[]": dependencies,
  "links.[]": services,
  "volumes_from.[]": services,
  extends: extended,
  "extends.service": extended,
  "extends.file": yamlFiles,
  network_mode: (asked) => services(asked, "service:", 4),
  pid: (asked) => services(asked, "service:", 4),
  ipc: (asked) => services(asked, "service:", 4),
  "networks.[]": declared("networks"),
  "secrets.[]": declared("secrets"),
  "secrets.[].source": declared("secrets"),
  "configs.[]": declared("configs"),
  "configs.[].source": declared("configs"),
  "models.[]": declared("models"),
  "profiles.[]": profiles,
  "volumes.[]": mounts,
  "volumes.[].source": mountSources,
  "volumes.[].target": (asked) => mountTargets(asked, !asked.cursor.keys.has("volume")),
  "ports.[]": ports,
  "ports.[].target": portNumbers,
  "ports.[].published": portNumbers,
  "expose.[]": portNumbers,
  env_file: environmentFiles,
  "env_file.[]": environmentFiles,
  "env_file.[].path": environmentFiles,
  label_file: some(),
  "label_file.[]": some(),
  "healthcheck.test": testValues,
  "healthcheck.test.[]": testWords,
  user: users,
  "post_start.[].user": users,
  "pre_stop.[].user": users,
  working_dir: workdirs,
  "develop.watch.[].path": some(),
  "develop.watch.[].target": both(workdirs, (asked) => mountTargets(asked, true)),
  "environment.*": (asked) => environmentValues(asked, asked.path.at(-1) ?? ""),
  "build.args.*": (asked) => environmentValues(asked, asked.path.at(-1) ?? ""),
  "credential_spec.file": some(),
};

/** The same in the sections at the top. */
const atTop: Readonly<Record<string, Propose>> = {
  "secrets.*.file": some({ first: /secret|password|\.txt$|\.pem$|\.key$/ }),
  "secrets.*.environment": environmentOfShell,
  "configs.*.file": some(),
  "configs.*.environment": environmentOfShell,
  "include.[]": yamlFiles,
  "include.[].path": yamlFiles,
  "include.[].path.[]": yamlFiles,
  "include.[].env_file": environmentFiles,
  "include.[].env_file.[]": environmentFiles,
  "include.[].project_directory": some({ only: "folders" }),
};

/** Scalars that can be written at a place, taken from what the project and its images are. */
export function proposalsAt(asked: Asked): readonly Proposal[] {
  const { path } = asked;
  const inside = insideService(asked);
  const found =
    inside === undefined
      ? valueIn(atTop, path.map((it, at) => (at === 1 && it !== "[]" ? "*" : it)).join("."))
      : (valueIn(inService, inside) ??
        valueIn(inService, path.at(-1) === "[]" ? "" : [...path.slice(2, -1), "*"].join(".")));
  return [...(found?.(asked) ?? []), ...spelledOut(asked)];
}

/** Values with a meaning of their own. */
function spelledOut(asked: Asked): readonly Proposal[] {
  const isWaited = asked.path[2] === "depends_on" && asked.path[4] === "condition";
  return valuesAt(asked.path)
    .filter(({ value }) => asked.path.at(-1) !== "[]" || !asked.cursor.items.includes(value))
    .map(({ value, summary }, at) => ({
      label: value,
      kind: "value",
      detail: summary?.replaceAll("`", ""),
      rank: isWaited && value === "service_healthy" && !canBeHealthy(asked) ? 9 : 1 + at,
    }));
}

type ProposeKeys = (asked: Asked) => readonly KeyProposal[];

const fromNames =
  (all: Propose): ProposeKeys =>
  (asked) =>
    all(asked).map(({ label, kind, detail, rank = 1 }) => ({
      label,
      kind,
      detail,
      rank,
      behind: { kind: "nothing" },
    }));

/** Keys that are names, by the way through the file; `?` stands for the service. */
const names: Readonly<Record<string, ProposeKeys>> = {
  services: wholeServices,
  networks: undeclared("networks"),
  volumes: undeclared("volumes"),
  secrets: undeclared("secrets"),
  configs: undeclared("configs"),
  models: undeclared("models"),
  "services.?.depends_on": dependencyKeys,
  "services.?.networks": fromNames(declared("networks")),
  "services.?.models": fromNames(declared("models")),
  "services.?.environment": environmentNames,
  "services.?.build.args": buildArguments,
  "services.?.labels": labels,
  "services.?.deploy.labels": labels,
  "services.?.build.additional_contexts": contextNames,
};

/** Names that can stand as keys at a place, or as `NAME=value` in its list. */
export function namesFor(asked: Asked): readonly KeyProposal[] {
  const { path } = asked;
  const way = path[0] === "services" && path.length > 1 ? ["services", "?", ...path.slice(2)] : path;
  return valueIn(names, way.join("."))?.(asked) ?? [];
}

/** Names that the Dockerfile takes from elsewhere and that are no stages of it. */
function contextNames({ service, cursor }: Asked): readonly KeyProposal[] {
  const model = service?.build?.model;
  return [...(model ? foreignNames(model) : [])]
    .filter((label) => !cursor.keys.has(label))
    .map((label) => ({
      label,
      kind: "stage",
      detail: "named in the Dockerfile",
      rank: 0,
      behind: { kind: "value" },
    }));
}

function foreignNames(model: DockerfileModel): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { base, instructions } of model.stages) {
    if (base.kind === "image" && /^[\w-]+$/.test(base.image.text)) found.add(base.image.text);
    for (const { flags } of instructions)
      for (const { name, value } of flags)
        if (name === "from" && value && /^[a-z][\w-]*$/i.test(value) && !model.findStage(value))
          found.add(value);
  }
  return found;
}

/** Dockerfiles in the build context. */
function dockerfiles(asked: Asked): readonly Proposal[] {
  const service = valueAt(valueAt(asked.project.file.root, "services"), asked.path[1] ?? "");
  const context =
    asked.service?.build?.context?.value ?? scalarAt(valueAt(service, "build"), "context")?.value ?? ".";
  if (isRemoteContext(context)) return [];
  return paths(asked, {
    base: context,
    bare: true,
    first: /^(?:.*\.)?(?:Dockerfile|Containerfile)(?:\..*)?$/i,
  });
}

/** Variables that a secret or config can be taken from. */
function environmentOfShell({ project }: Asked): readonly Proposal[] {
  const names = new Set<string>();
  for (const service of project.services.values())
    for (const item of itemsOf(valueAt(service.node, "environment")))
      if (item.kind === "scalar" && /^\w+$/.test(item.value)) names.add(item.value);
  const set = variablesOfEnvFile(project).map(({ name: label, detail }) => ({ label, detail }));
  const others = [...names].filter((it) => !set.some(({ label }) => label === it));
  return [...set, ...others.map((label) => ({ label }))].map((it) => ({ ...it, kind: "variable" }));
}
