import { entriesOf, itemsOf, valueAt } from "../../../syntax/compose/find.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";
import type { MappingEntry, YamlNode } from "../../../syntax/compose/tree.ts";
import { parseImageReference } from "../../image/reference.ts";
import type { ImageReference } from "../../stage/stage.ts";
import type { Placed, Service } from "../project.ts";
import { readBuild } from "../section/build.ts";
import { readCommand } from "../section/command.ts";
import { readDependencies } from "../section/dependencies.ts";
import { readEnvironment } from "../section/environment.ts";
import { readGrants } from "../section/grants.ts";
import { readHealthcheck } from "../section/healthcheck.ts";
import { readMounts } from "../section/mounts.ts";
import { readNames } from "../section/names.ts";
import { readNetworks } from "../section/networks.ts";
import { readPorts } from "../section/ports.ts";
import { readReplicas } from "../section/replicas.ts";
import { keyName, knownText, partOf, type Reading, usualText } from "./reading.ts";

/** One entry of `services`, for itself: what it inherits by `extends` is not yet in it. */
export function readService({ key, value, span }: MappingEntry, reading: Reading): Service {
  const node = value?.kind === "mapping" ? value : undefined;
  const build = readBuild(node, reading);
  const image = readImage(valueAt(node, "image"), reading);
  const secrets = readGrants(valueAt(node, "secrets"), reading);
  const configs = readGrants(valueAt(node, "configs"), reading);
  return {
    notes: [],
    name: keyName(key, reading),
    span,
    node,
    complete: true,
    image,
    imageFacts: image && reading.inputs.images.find(image.value),
    build,
    imageBuild: build,
    dependsOn: readDependencies(node, reading),
    ...readEnvironment(node, reading),
    command: readCommand(valueAt(node, "command"), reading),
    entrypoint: readCommand(valueAt(node, "entrypoint"), reading),
    restart: knownText(valueAt(node, "restart"), reading),
    replicas: readReplicas(node, reading),
    ports: readPorts(node, reading),
    mounts: readMounts(node, reading),
    ...readNetworks(node, reading),
    networkMode: knownText(valueAt(node, "network_mode"), reading),
    healthcheck: readHealthcheck(node, reading),
    profiles: readNames(valueAt(node, "profiles"), reading),
    extraHosts: readExtraHosts(valueAt(node, "extra_hosts"), reading),
    containerName: usualText(valueAt(node, "container_name"), reading),
    hostname: usualText(valueAt(node, "hostname"), reading),
    links: [
      ...readLinks(valueAt(node, "links"), reading),
      ...readLinks(valueAt(node, "external_links"), reading),
    ],
    secrets,
    configs,
    grantsComplete:
      secrets.length + configs.length ===
      itemsOf(valueAt(node, "secrets")).length + itemsOf(valueAt(node, "configs")).length,
  };
}

function readImage(node: YamlNode | undefined, reading: Reading): Placed<ImageReference> | undefined {
  const text = knownText(node, reading);
  return text?.value ? { value: parseImageReference(text.value), span: text.span } : undefined;
}

/** `name:address`, `name=address`, or a mapping: the names. */
function readExtraHosts(node: YamlNode | undefined, reading: Reading): readonly Placed<string>[] {
  const listed = readNames(node?.kind === "sequence" ? node : undefined, reading).map(({ value, span }) => ({
    value: value.split(/[:=]/, 1)[0] ?? value,
    span,
  }));
  return [...listed, ...entriesOf(node).map((it) => keyName(it.key, reading))];
}

/** `service:alias`: the alias, else the service. */
function readLinks(node: YamlNode | undefined, reading: Reading): readonly Placed<string>[] {
  if (node?.kind !== "sequence") return [];
  return node.items.flatMap((item) => {
    const link = usualText(item, reading);
    return link ? [partOf(link, link.value.lastIndexOf(":") + 1, link.value.length, HOLE)] : [];
  });
}
