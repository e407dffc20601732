import { parse } from "yaml";
import { parseDotenv } from "../../../server/src/syntax/dotenv/parse.ts";

type Data = Record<string, unknown>;

/**
 * What a Compose file means, as plain data: aliases written out, long forms only, variables of the files that are given put
 * in, and without what the project does not run (`x-…`). Written for tests after the Compose specification, and knows nothing of the code under test.
 */
export function meaningOf(text: string, files: Readonly<Record<string, string>> = {}): Data {
  const data: unknown = parse(text, {
    merge: true,
    version: "1.2",
    schema: "core",
    logLevel: "silent",
    customTags: tags,
  });
  const env = new Map(parseDotenv(files[".env"] ?? "").entries.map((it) => [it.name, it.value ?? ""]));
  const project = filled(isData(data) ? data : {}, env) as Data;
  const kept = Object.fromEntries(Object.entries(project).filter(([key]) => !key.startsWith("x-")));
  return {
    ...kept,
    ...("include" in kept && {
      include: list(kept["include"]).map((it) => (isData(it) ? it : { path: it })),
    }),
    ...(isData(kept["services"]) && { services: mapValues(kept["services"], (it) => service(it, files)) }),
    ...Object.fromEntries(
      ["networks", "volumes", "secrets", "configs"].flatMap((key) => {
        const section = kept[key];
        return isData(section)
          ? [[key, mapValues(section, (it) => (isData(it) ? withPairs(it, ["labels"], "") : {}))]]
          : [];
      }),
    ),
  };
}

const tags = ["!reset", "!override"].flatMap((tag) =>
  ([undefined, "map", "seq"] as const).map((collection) => ({
    tag,
    ...(collection && { collection }),
    resolve: (value: unknown) => value,
  })),
) as never;

function service(value: unknown, files: Readonly<Record<string, string>>): unknown {
  if (!isData(value)) return value;
  const { env_file: written, build, deploy, ...others } = value;
  const rest = inLongForms(others);
  const paths = (written === undefined ? [] : list(written)).map((it) => (isData(it) ? it : { path: it }));
  const known = paths.filter(({ path }) => files[name(path)] !== undefined);
  const variables = Object.fromEntries(
    known.flatMap(({ path }) =>
      parseDotenv(files[name(path)] ?? "").entries.map((it) => [it.name, it.value ?? null]),
    ),
  );
  const own = withPairs(rest, ["environment"], null);
  return {
    ...withPairs(own, ["labels", "annotations", "sysctls"], ""),
    environment: { ...variables, ...(own["environment"] as Data | undefined) },
    env_file: paths.filter((it) => !known.includes(it)).map((it) => ({ required: true, ...it })),
    ...("ports" in value && { ports: list(value["ports"]).map(port) }),
    ...("volumes" in value && { volumes: list(value["volumes"]).map(volume) }),
    ...("networks" in value && { networks: named(value["networks"], () => ({})) }),
    ...("depends_on" in value && {
      depends_on: named(value["depends_on"], (it) => ({
        condition: "service_started",
        required: true,
        restart: false,
        ...it,
      })),
    }),
    ...(build !== undefined && {
      build: withPairs(
        withPairs(inLongForms(isData(build) ? build : { context: build }), ["args"], null),
        ["labels", "additional_contexts"],
        "",
      ),
    }),
    ...(deploy !== undefined && { deploy: isData(deploy) ? withPairs(deploy, ["labels"], "") : deploy }),
    ...Object.fromEntries(
      ["secrets", "configs"].flatMap((key) =>
        key in value ? [[key, list(value[key]).map((it) => (isData(it) ? it : { source: it }))]] : [],
      ),
    ),
  };
}

/** Of keys that a service and a build have in two forms, or a service alone. */
function inLongForms(value: Data): Data {
  const of = (key: string, form: (it: unknown) => unknown) =>
    value[key] === undefined || value[key] === null ? {} : { [key]: form(value[key]) };
  return {
    ...value,
    ...Object.assign(
      {},
      ...["dns", "dns_search", "label_file", "tmpfs"].map((key) => of(key, list)),
      ...["command", "entrypoint"].map((key) => of(key, wordsOf)),
    ),
    ...of("extra_hosts", hostsOf),
    ...of("healthcheck", (it) => (isData(it) ? { ...it, test: testOf(it["test"]) } : it)),
    ...of("ulimits", (it) =>
      mapValues(it as Data, (limit) => (isData(limit) ? limit : { soft: limit, hard: limit })),
    ),
    ...of("devices", (it) => list(it).map(device)),
    ...of("extends", (it) => (isData(it) ? it : { service: it })),
    ...of("models", (it) => named(it, () => ({}))),
  };
}

/** As a shell would take them apart, in texts that need no more than quotes. */
function wordsOf(value: unknown): unknown {
  if (typeof value !== "string") return Array.isArray(value) ? value.map(String) : value;
  const parts = value.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/gs) ?? [];
  return parts.map((part) =>
    part.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/gs, (_, double, single, escaped) =>
      double === undefined ? (single ?? escaped) : double.replace(/\\(.)/gs, "$1"),
    ),
  );
}

function hostsOf(value: unknown): unknown {
  const items = Array.isArray(value)
    ? value.map((it) => String(it).replace(/[:=]/, "="))
    : Object.entries(value as Data).flatMap(([host, it]) => list(it).map((address) => `${host}=${address}`));
  return items.sort();
}

function testOf(value: unknown): unknown {
  return typeof value === "string" ? ["CMD-SHELL", value] : value;
}

function device(value: unknown): unknown {
  if (isData(value)) return { target: value["source"], permissions: "rwm", ...value };
  const [source, target = source, permissions = "rwm"] = String(value).split(":");
  return { source, target, permissions };
}

function name(path: unknown): string {
  return String(path).replace(/^\.\//, "");
}

function withPairs(value: Data, keys: readonly string[], none: unknown): Data {
  const found = keys.filter((it) => value[it] !== undefined && value[it] !== null);
  return { ...value, ...Object.fromEntries(found.map((it) => [it, pairsOf(value[it], none)])) };
}

function pairsOf(value: unknown, none: unknown): Data {
  const entries = Array.isArray(value)
    ? value.map((it): [string, unknown] => {
        const [, key = "", text] = /^([^=]*)(?:=(.*))?$/s.exec(String(it)) ?? [];
        return [key, text];
      })
    : Object.entries(value as Data);
  return Object.fromEntries(
    entries.map(([key, it]) => [key, it === undefined || it === null ? none : String(it)]),
  );
}

function named(value: unknown, fill: (given: Data) => Data): Data {
  if (Array.isArray(value)) return Object.fromEntries(value.map((it) => [String(it), fill({})]));
  return mapValues((value ?? {}) as Data, (it) => ({
    ...fill({}),
    ...(isData(it) ? fill(it) : {}),
    ...(isData(it) ? it : {}),
  }));
}

function port(value: unknown): unknown {
  if (isData(value))
    return {
      mode: "ingress",
      protocol: "tcp",
      host_ip: "",
      ...value,
      published: String(value["published"] ?? ""),
    };
  const [, address = "", published = "", target, protocol = "tcp"] =
    /^(?:(?:(\[.*\]|.*?):)?([^:]*):)?([^:/]+)(?:\/(\w+))?$/.exec(String(value)) ?? [];
  if (target === undefined || target.includes("-") || String(value).includes("$")) return value;
  return {
    mode: "ingress",
    protocol,
    host_ip: address.replace(/^\[|\]$/g, ""),
    target: Number(target),
    published,
  };
}

function volume(value: unknown): unknown {
  if (isData(value)) {
    const source = String(value["source"] ?? "");
    const isBare = value["type"] === "bind" && source !== "" && !/^[./~$]/.test(source);
    return { read_only: false, ...value, source: isBare ? `./${source}` : source };
  }
  const text = String(value);
  const parts = text.split(/:(?![^{]*\})/);
  if (/\\|^[A-Za-z]:/.test(text) || parts.length > 3) return value;
  const [source, target, options = ""] = parts.length === 1 ? ["", parts[0]] : parts;
  const given = options.split(",").filter(Boolean);
  const isBind = /^[./~]/.test(source ?? "");
  const propagation = given.find((it) => /^r?(?:private|shared|slave)$/.test(it));
  const selinux = given.find((it) => /^z$/i.test(it));
  if (!given.every((it) => it === propagation || it === selinux || ["ro", "rw", "nocopy"].includes(it)))
    return value;
  return {
    type: isBind ? "bind" : "volume",
    source,
    target,
    read_only: given.includes("ro"),
    ...(isBind && {
      bind: { create_host_path: true, ...(selinux && { selinux }), ...(propagation && { propagation }) },
    }),
    ...(!isBind && given.includes("nocopy") && { volume: { nocopy: true } }),
  };
}

/** Variables of `.env` in their places; others stay as they are written. */
function filled(value: unknown, env: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string")
    return value.replace(/\$\{(\w+)\}/g, (all, it: string) => env.get(it) ?? all);
  if (Array.isArray(value)) return value.map((it) => filled(it, env));
  return isData(value) ? mapValues(value, (it) => filled(it, env)) : value;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
}

function mapValues(value: Data, change: (value: unknown) => unknown): Data {
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, change(it)]));
}

function isData(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
