import {
  deviceTarget,
  grantTarget,
  type ItemKey,
  mountTarget,
  pathOfItem,
  portKey,
  textBeforeSign,
  wholeText,
} from "./item-keys.ts";

/**
 * How a place of a Compose file is read and merged (compose-spec 13-merge.md, compose-go override/merge.go and paths/resolve.go, read
 * 2026-11; `docker compose config` of 2.40.3 asked about each). Without a rule mappings merge, lists append and the rest replaces.
 */
export interface Rule {
  /** The one form that several forms become. */
  readonly form?: Form;
  readonly merge?: "replace" | "same-driver" | "by-subnet";
  /** Of a list: items of the same key are one. */
  readonly unique?: ItemKey;
  /** Holds a path, which counts from the folder of its project or file. */
  readonly path?: PathKind;
  readonly keys?: Readonly<Record<string, Rule>>;
  /** Of each item, and of each entry that `keys` does not name. */
  readonly each?: Rule;
}

/**
 * `pairs` are mappings, `texts` and `hosts` lists, `names` mappings of names to what more is said of them, `dependencies` of services to
 * their conditions, `context` a mapping with the text as `context`.
 */
export type Form = "pairs" | "texts" | "hosts" | "names" | "dependencies" | "context";

/** `path` always is one, `address` may be one of the network, `mount` is a mount, `volume` a volume that may be a folder by its options. */
export type PathKind = "path" | "address" | "mount" | "volume";

const pairs: Rule = { form: "pairs" };
const texts: Rule = { form: "texts", unique: wholeText };
const path: Rule = { path: "path" };
const replaced: Rule = { merge: "replace" };

const build: Rule = {
  form: "context",
  keys: {
    context: { path: "address" },
    args: pairs,
    labels: pairs,
    additional_contexts: { form: "pairs", each: { path: "address" } },
    extra_hosts: { form: "hosts", unique: wholeText },
    tags: texts,
    platforms: { unique: wholeText },
  },
};

export const serviceRule: Rule = {
  keys: {
    annotations: pairs,
    build,
    cap_add: { unique: wholeText },
    cap_drop: { unique: wholeText },
    command: replaced,
    configs: { unique: grantTarget("") },
    depends_on: { form: "dependencies" },
    deploy: { keys: { labels: pairs } },
    develop: { keys: { watch: { each: { keys: { path } } } } },
    devices: { unique: deviceTarget },
    dns: texts,
    dns_opt: texts,
    dns_search: texts,
    entrypoint: replaced,
    env_file: { form: "texts", unique: pathOfItem, each: { path: "path", keys: { path } } },
    environment: pairs,
    expose: { unique: wholeText },
    extra_hosts: { form: "hosts", unique: wholeText },
    healthcheck: { keys: { test: replaced } },
    label_file: { form: "texts", unique: wholeText, each: path },
    labels: pairs,
    links: { unique: wholeText },
    logging: { merge: "same-driver" },
    models: { form: "names" },
    networks: {
      form: "names",
      each: { keys: { aliases: { unique: wholeText }, link_local_ips: { unique: wholeText } } },
    },
    ports: { unique: portKey },
    profiles: { unique: wholeText },
    secrets: { unique: grantTarget("/run/secrets") },
    sysctls: pairs,
    tmpfs: { form: "texts", unique: textBeforeSign },
    volumes: { unique: mountTarget, each: { path: "mount" } },
  },
};

const fileResource: Rule = { each: { keys: { file: path, labels: pairs } } };

export const rootRule: Rule = {
  keys: {
    services: { each: serviceRule },
    networks: {
      each: { keys: { labels: pairs, ipam: { keys: { config: { merge: "by-subnet" } } } } },
    },
    volumes: { each: { path: "volume", keys: { labels: pairs } } },
    secrets: fileResource,
    configs: fileResource,
  },
};

/** The rule of an entry; undefined where nothing is special. */
export function ruleBelow(rule: Rule | undefined, key: string): Rule | undefined {
  if (!rule) return undefined;
  return rule.keys && Object.hasOwn(rule.keys, key) ? rule.keys[key] : rule.each;
}
