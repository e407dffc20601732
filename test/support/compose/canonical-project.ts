import {
  type EffectiveNode,
  type EffectiveProject,
  isEmpty,
} from "../../../server/src/model/compose/effective/tree.ts";
import { splitWords } from "../../../server/src/syntax/compose/words.ts";
import { parseDotenv } from "../../../server/src/syntax/dotenv/parse.ts";
import { type Files, home } from "./compose-projects.ts";

type Plain = null | string | Plain[] | { [key: string]: Plain };
type Mapping = { [key: string]: Plain };

/** What our project is in the words of `docker compose config --format json`: long forms, absolute paths, all scalars as texts. */
export function canonical(project: EffectiveProject, files: Files): Plain {
  const root = mapping(project.root ? plain(project.root) : {});
  const services = entries(root["services"]).map(
    ([name, it]) => [name, canonicalService(mapping(it), files)] as const,
  );
  const resource = (key: string) =>
    entries(root[key]).map(([name, it]) => [name, canonicalResource(mapping(it))] as const);
  return tidy({
    ...Object.fromEntries(entries(root).filter(([key]) => key !== "version" && key !== "name")),
    services: Object.fromEntries(services),
    ...Object.fromEntries(
      ["networks", "volumes", "secrets", "configs"].map((key) => [key, Object.fromEntries(resource(key))]),
    ),
  });
}

/** What Compose answered, in the same words. */
export function canonicalAnswer(answer: unknown): Plain {
  const { name: _, ...root } = mapping(asTexts(answer));
  const services = entries(root["services"]).map(([name, it]) => {
    const service = mapping(it);
    if (service["mem_limit"]) service["mem_limit"] = String(service["mem_limit"]);
    return [name, service] as const;
  });
  return tidy({ ...root, services: Object.fromEntries(services) });
}

function plain(node: EffectiveNode): Plain {
  if (node.kind === "scalar") return isEmpty(node) ? null : node.value;
  if (node.kind === "sequence") return node.items.map(plain);
  return Object.fromEntries([...node.entries].map(([key, it]) => [key, plain(it)]));
}

function asTexts(value: unknown): Plain {
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, asTexts(it)]));
  // Compose writes a dollar as two, so that its answer could be read again.
  return value === null ? null : String(value).replaceAll("$$", "$");
}

function canonicalService(service: Mapping, files: Files): Mapping {
  const all: Mapping = { ...service };
  for (const key of ["command", "entrypoint"]) all[key] = words(service[key] ?? null);
  all["healthcheck"] = mapped(service["healthcheck"], (it) => ({
    ...it,
    test: typeof it["test"] === "string" ? ["CMD-SHELL", it["test"]] : (it["test"] ?? null),
  }));
  for (const key of ["post_start", "pre_stop"])
    all[key] = list(service[key]).map((it) => ({
      ...mapping(it),
      command: words(mapping(it)["command"] ?? null),
    }));
  all["build"] = mapped(service["build"], canonicalBuild);
  all["ports"] = unique(list(service["ports"]).flatMap(portsOf));
  all["volumes"] = list(service["volumes"]).map(mountOf);
  all["devices"] = list(service["devices"]).map(deviceOf);
  all["secrets"] = list(service["secrets"]).map((it) => grantOf(it, "/run/secrets/"));
  all["configs"] = list(service["configs"]).map((it) => grantOf(it, undefined));
  all["extra_hosts"] = list(service["extra_hosts"]).toSorted();
  for (const key of ["labels", "annotations"]) all[key] = withoutNulls(service[key]);
  all["deploy"] = mapped(service["deploy"], (it) => ({ ...it, labels: withoutNulls(it["labels"]) }));
  all["environment"] = { ...variables(service["env_file"], files), ...mapping(service["environment"]) };
  if (service["label_file"])
    all["labels"] = { ...variables(service["label_file"], files), ...mapping(all["labels"]) };
  all["env_file"] = null;
  all["label_file"] = null;
  all["gpus"] = service["gpus"] === "all" ? [{ count: "-1" }] : (service["gpus"] ?? null);
  all["mem_limit"] = bytes(service["mem_limit"] ?? null);
  all["develop"] = mapped(service["develop"], (it) => ({
    watch: list(it["watch"]).map((watch) => ({ ...mapping(watch), path: absolute(mapping(watch)["path"]) })),
  }));
  const resources = mapping(mapping(all["deploy"])["resources"]);
  for (const it of [resources["limits"], resources["reservations"]]) {
    const limits = mapping(it);
    if (limits["memory"]) limits["memory"] = bytes(limits["memory"]);
  }
  return all;
}

function canonicalBuild(build: Mapping): Mapping {
  const contexts = entries(build["additional_contexts"]).map(([name, it]) => [
    name,
    typeof it === "string" && /^[a-z-]+:/.test(it) ? it : absolute(it),
  ]);
  return {
    ...build,
    context: absolute(build["context"] ?? "."),
    labels: withoutNulls(build["labels"]),
    additional_contexts: Object.fromEntries(contexts),
    secrets: list(build["secrets"]).map((it) => grantOf(it, undefined)),
    extra_hosts: list(build["extra_hosts"]).toSorted(),
  };
}

function canonicalResource(resource: Mapping): Mapping {
  const options = mapping(resource["driver_opts"]);
  const device =
    options["o"] === "bind" ? { driver_opts: { ...options, device: absolute(options["device"]) } } : {};
  const file = resource["file"] ? { file: absolute(resource["file"]) } : {};
  return { ...resource, ...file, ...device, labels: withoutNulls(resource["labels"]) };
}

function portsOf(port: Plain): Plain[] {
  if (typeof port !== "string") return [{ mode: "ingress", protocol: "tcp", ...mapping(port) }];
  const [ports = "", protocol = "tcp"] = port.split("/");
  const [, address, host = "", target = ""] =
    /^(?:(?:(\[[^\]]*\]|.*?):)?([^:]*):)?([^:]*)$/.exec(ports) ?? [];
  const targets = rangeOf(target);
  const published = host === "" ? [] : rangeOf(host);
  return targets.map((it, at) => ({
    mode: "ingress",
    protocol,
    target: it,
    published: published[at] ?? null,
    host_ip: address?.replace(/[[\]]/g, "") ?? null,
  }));
}

function rangeOf(text: string): string[] {
  const [first = 0, last = first] = text.split("-").map(Number);
  return Array.from({ length: last - first + 1 }, (_, at) => String(first + at));
}

/** The same port out of a range and by itself. */
function unique(ports: Plain[]): Plain[] {
  const key = (it: Plain) => JSON.stringify(tidy(it));
  return ports.filter(
    (it, at) => ports.findIndex((other) => key(other) === key(it)) === at || mapping(it)["app_protocol"],
  );
}

function mountOf(mount: Plain): Plain {
  if (typeof mount !== "string") {
    const it = mapping(mount);
    return it["type"] === "bind" ? { ...it, source: absolute(it["source"]) } : it;
  }
  const [first = "", written, options] = mount.split(":");
  const target = written?.replace(/(.)\/$/, "$1");
  if (target === undefined) return { type: "volume", target: first };
  const readOnly: Mapping = options === "ro" ? { read_only: "true" } : {};
  if (/^[./~]/.test(first)) {
    return { type: "bind", source: absolute(first), target, bind: { create_host_path: "true" }, ...readOnly };
  }
  return { type: "volume", source: first, target, ...readOnly };
}

function deviceOf(device: Plain): Plain {
  if (typeof device !== "string") return device;
  const [source = "", target = source, permissions = "rwm"] = device.split(":");
  return { source, target, permissions };
}

function grantOf(grant: Plain, folder: string | undefined): Plain {
  const it: Mapping = typeof grant === "string" ? { source: grant } : mapping(grant);
  if (folder === undefined || it["target"]) return it;
  return { ...it, target: `${folder}${it["source"]}` };
}

function words(command: Plain): Plain {
  return typeof command === "string" ? [...(splitWords(command).words ?? [])] : command;
}

function variables(files: Plain | undefined, texts: Files): Mapping {
  const found: Mapping = {};
  for (const it of list(files)) {
    const path = typeof it === "string" ? it : String(mapping(it)["path"]);
    for (const { name, value } of parseDotenv(texts[absolute(path).slice(home.length + 1)] ?? "").entries)
      found[name] = value ?? "";
  }
  return found;
}

function absolute(path: Plain | undefined): string {
  return new URL(`file://${home}/${String(path ?? ".")}`).pathname.replace(/(.)\/$/, "$1");
}

function bytes(size: Plain): Plain {
  const [, number, unit = "b"] = /^(\d+)([bkmg]?)/i.exec(String(size)) ?? [];
  const factor: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };
  return number === undefined ? size : String(Number(number) * (factor[unit.toLowerCase() || "b"] ?? 1));
}

function withoutNulls(pairs: Plain | undefined): Plain {
  return Object.fromEntries(entries(pairs).map(([key, it]) => [key, it ?? ""]));
}

/** Without what says nothing, and what Compose only fills in. */
function tidy(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).flatMap(([key, it]): [string, Plain][] => {
    const tidied = tidy(it);
    // Compose keeps extensions at the top and writes no others.
    if (key.startsWith("x-") && !("services" in value)) return [];
    if (tidied === null && !["networks"].includes(key))
      return ["A", "B", "D"].includes(key) ? [[key, null]] : [];
    if (typeof tidied === "object" && Object.keys(tidied ?? {}).length === 0) return [];
    if (tidied === "" && ["host_ip", "restart"].includes(key)) return [];
    return [[key, tidied]];
  });
  return Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function mapped(value: Plain | undefined, change: (it: Mapping) => Mapping): Plain {
  return value ? change(mapping(value)) : null;
}

function mapping(value: Plain | undefined): Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

function entries(value: Plain | undefined): [string, Plain][] {
  return Object.entries(mapping(value));
}

function list(value: Plain | undefined): Plain[] {
  return Array.isArray(value) ? value : [];
}
