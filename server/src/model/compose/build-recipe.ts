import { entriesOf, isNull, itemsOf, scalarAt, valueAt } from "../../syntax/compose/find.ts";
import { HOLE, interpolate, parseTemplate, type VariableLookup } from "../../syntax/compose/interpolate.ts";
import type { YamlNode } from "../../syntax/compose/tree.ts";
import type { ComposeProject } from "./project.ts";

/** All that Compose gives a build of one service (compose-spec build.md, read 2026-11). Paths as written, variables replaced. */
export interface BuildRecipe {
  /** The image's name: `image`, or the one that Compose makes up. */
  readonly image: string;
  /** Those of `tags`. */
  readonly tags: readonly string[];
  readonly context: string;
  /** Relative to the context. */
  readonly dockerfile: string | undefined;
  /** The text of a Dockerfile that stands in the Compose file. */
  readonly inline: string | undefined;
  readonly target: string | undefined;
  /** Without a value where it is the shell's. */
  readonly args: ReadonlyMap<string, string | undefined>;
  readonly secrets: readonly RecipeSecret[];
  /** By id; a socket or a key where a path is written. */
  readonly ssh: ReadonlyMap<string, string | undefined>;
  readonly labels: ReadonlyMap<string, string>;
  readonly contexts: ReadonlyMap<string, string>;
  readonly extraHosts: ReadonlyMap<string, string>;
  readonly cacheFrom: readonly string[];
  readonly platforms: readonly string[];
  readonly network: string | undefined;
  readonly pull: boolean;
  readonly noCache: boolean;
  /** Keys of the section that are not among the above, and secrets that are not declared. */
  readonly others: readonly string[];
  /** Variables without a value: Compose takes them for empty. */
  readonly unset: readonly string[];
}

export interface RecipeSecret {
  readonly id: string;
  /** One of the two. */
  readonly file: string | undefined;
  readonly environment: string | undefined;
}

const understood = new Set([
  ...["context", "dockerfile", "dockerfile_inline", "target", "args", "secrets", "ssh", "labels", "tags"],
  ...["additional_contexts", "extra_hosts", "cache_from", "platforms", "network", "pull", "no_cache"],
]);

/**
 * The build of a service as Compose would do it; undefined when there is no such service, or it has no build section. What it
 * `extends` in the same file is in it. `files` are those of the project, each laid over the ones before; `shell` are variables that
 * go before those of the project.
 */
export function buildRecipe(
  files: readonly ComposeProject[],
  name: string,
  shell: VariableLookup,
  projectName: string,
): BuildRecipe | undefined {
  const services = files.flatMap((it) => chainOf(it, name));
  const sections = services.flatMap((it) => valueAt(it, "build") ?? []);
  if (sections.length === 0) return undefined;
  const unset = new Set<string>();
  const lookup: VariableLookup = (variable) => shell(variable) ?? files[0]?.variables(variable);
  const text = (node: YamlNode | undefined): string | undefined => {
    if (node?.kind !== "scalar" || isNull(node)) return undefined;
    const { text: value, known } = interpolate(node.value, lookup);
    if (!known) for (const it of variablesIn(node.value)) if (lookup(it) === undefined) unset.add(it);
    return value.replaceAll(HOLE, "");
  };
  const read = readerOf(sections, text);
  const short = sections.flatMap((it) => text(it) ?? []).at(-1);
  const image = services.flatMap((it) => text(valueAt(it, "image")) ?? []).at(-1);
  const servicePlatform = services.flatMap((it) => text(valueAt(it, "platform")) ?? []).at(-1);
  const secrets = secretsOf(files, sections, text);
  const platforms = read.list("platforms");
  return {
    image: image || `${projectName}-${name}`,
    tags: read.list("tags"),
    context: read.one("context") ?? short ?? ".",
    dockerfile: read.one("dockerfile"),
    inline: read.one("dockerfile_inline"),
    target: read.one("target") || undefined,
    args: read.pairs("args"),
    secrets: secrets.found,
    ssh: read.pairs("ssh"),
    labels: withValues(read.pairs("labels")),
    contexts: withValues(read.pairs("additional_contexts")),
    extraHosts: withValues(read.pairs("extra_hosts", /[=:]/)),
    cacheFrom: read.list("cache_from"),
    platforms: platforms.length > 0 || servicePlatform === undefined ? platforms : [servicePlatform],
    network: read.one("network"),
    pull: read.one("pull") === "true",
    noCache: read.one("no_cache") === "true",
    others: [
      ...new Set(sections.flatMap((it) => entriesOf(it).map(({ key }) => key.value))),
      ...secrets.missing.map((it) => `secrets.${it}`),
      ...(files.every((it) => it.services.get(name)?.complete !== false) ? [] : ["extends"]),
    ].filter((it) => !understood.has(it) && !it.startsWith("x-")),
    unset: [...unset],
  };
}

/** The service and those of the same file that it extends, the farthest first. */
function chainOf(project: ComposeProject, name: string): readonly YamlNode[] {
  const chain: YamlNode[] = [];
  const seen = new Set<string>();
  for (let at: string | undefined = name; at !== undefined && !seen.has(at); ) {
    seen.add(at);
    const node: YamlNode | undefined = project.services.get(at)?.node;
    if (!node) break;
    chain.unshift(node);
    const extended = valueAt(node, "extends");
    at =
      extended?.kind === "scalar"
        ? extended.value
        : valueAt(extended, "file")
          ? undefined
          : scalarAt(extended, "service")?.value;
  }
  return chain;
}

type Text = (node: YamlNode | undefined) => string | undefined;

/** Reads keys of the sections, the later over the earlier: single values replace, lists and mappings add, as in Compose. */
function readerOf(sections: readonly YamlNode[], text: Text) {
  const nodes = (key: string) => sections.flatMap((it) => valueAt(it, key) ?? []);
  return {
    one: (key: string) =>
      nodes(key)
        .flatMap((it) => text(it) ?? [])
        .at(-1),
    list: (key: string) => [
      ...new Set(
        nodes(key)
          .flatMap(itemsOf)
          .flatMap((it) => text(it) ?? []),
      ),
    ],
    /** `NAME: value` and `- NAME=value`. */
    pairs(key: string, sign: string | RegExp = "=") {
      const found = new Map<string, string | undefined>();
      for (const node of nodes(key)) {
        for (const it of entriesOf(node)) found.set(it.key.value, text(it.value));
        for (const it of itemsOf(node).flatMap((item) => text(item) ?? [])) {
          const at = it.search(sign);
          found.set(at < 0 ? it : it.slice(0, at), at < 0 ? undefined : it.slice(at + 1));
        }
      }
      return found;
    },
  };
}

function withValues(pairs: ReadonlyMap<string, string | undefined>): ReadonlyMap<string, string> {
  return new Map([...pairs].map(([name, value]) => [name, value ?? ""]));
}

/** Secrets of the sections with where the top of the files says that they come from. */
function secretsOf(
  files: readonly ComposeProject[],
  sections: readonly YamlNode[],
  text: Text,
): { readonly found: readonly RecipeSecret[]; readonly missing: readonly string[] } {
  const found = new Map<string, RecipeSecret>();
  const missing: string[] = [];
  for (const item of sections.flatMap((it) => itemsOf(valueAt(it, "secrets")))) {
    const source = text(item.kind === "mapping" ? valueAt(item, "source") : item);
    if (source === undefined) continue;
    const id = text(item.kind === "mapping" ? valueAt(item, "target") : undefined) ?? source;
    const declared = files.flatMap((it) => valueAt(valueAt(it.file.root, "secrets"), source) ?? []).at(-1);
    const secret = {
      id,
      file: text(valueAt(declared, "file")),
      environment: text(valueAt(declared, "environment")),
    };
    if (secret.file === undefined && secret.environment === undefined) missing.push(source);
    else found.set(id, secret);
  }
  return { found: [...found.values()], missing };
}

function variablesIn(template: string): readonly string[] {
  return parseTemplate(template).flatMap((it) => (it.kind === "variable" ? [it.name] : []));
}
