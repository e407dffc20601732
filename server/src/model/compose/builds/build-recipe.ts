import { isWithin } from "../effective/contributions.ts";
import {
  type EffectiveNode,
  type EffectiveProject,
  effectiveAt,
  effectiveText,
  isEmpty,
} from "../effective/tree.ts";

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
 * The build of a service of a project as Compose would do it; undefined when there is no such service, or it has no build section. Paths
 * are seen from the project's folder.
 */
export function buildRecipe(project: EffectiveProject, name: string): BuildRecipe | undefined {
  const service = effectiveAt(project.root, "services", name);
  const section = effectiveAt(service, "build");
  if (section?.kind !== "mapping") return undefined;
  const at = (key: string) => effectiveText(effectiveAt(section, key));
  const image = effectiveAt(service, "image");
  const servicePlatform = effectiveText(effectiveAt(service, "platform"));
  const platforms = listIn(section, "platforms");
  const secrets = secretsOf(project, section);
  return {
    image: effectiveText(image) || `${project.name}-${name}`,
    tags: listIn(section, "tags"),
    context: at("context") ?? ".",
    dockerfile: at("dockerfile"),
    inline: at("dockerfile_inline"),
    target: at("target") || undefined,
    args: pairsIn(section, "args"),
    secrets: secrets.found,
    ssh: pairsIn(section, "ssh"),
    labels: withValues(pairsIn(section, "labels")),
    contexts: withValues(pairsIn(section, "additional_contexts")),
    extraHosts: withValues(pairsIn(section, "extra_hosts")),
    cacheFrom: [...new Set(listIn(section, "cache_from"))],
    platforms: platforms.length > 0 || servicePlatform === undefined ? platforms : [servicePlatform],
    network: at("network"),
    pull: at("pull") === "true",
    noCache: at("no_cache") === "true",
    others: [
      ...section.entries.keys(),
      ...secrets.missing.map((it) => `secrets.${it}`),
      ...(service && extendsWhatIsNotThere(project, service) ? ["extends"] : []),
    ].filter((it) => !understood.has(it) && !it.startsWith("x-")),
    unset: [...new Set([section, ...(image ? [image] : [])].flatMap(unsetIn))],
  };
}

function listIn(section: EffectiveNode, key: string): readonly string[] {
  const list = effectiveAt(section, key);
  return list?.kind === "sequence" ? list.items.flatMap((it) => effectiveText(it) ?? []) : [];
}

/** `NAME: value` and `- NAME=value`. */
function pairsIn(section: EffectiveNode, key: string): ReadonlyMap<string, string | undefined> {
  const node = effectiveAt(section, key);
  if (node?.kind === "mapping")
    return new Map([...node.entries].map(([name, value]) => [name, effectiveText(value)]));
  return new Map(
    listIn(section, key).map((it) => {
      const sign = it.indexOf("=");
      return sign < 0 ? [it, undefined] : [it.slice(0, sign), it.slice(sign + 1)];
    }),
  );
}

function withValues(pairs: ReadonlyMap<string, string | undefined>): ReadonlyMap<string, string> {
  return new Map([...pairs].map(([name, value]) => [name, value ?? ""]));
}

/** Secrets of the section with where the top of the project says that they come from. */
function secretsOf(
  { root }: EffectiveProject,
  section: EffectiveNode,
): { readonly found: readonly RecipeSecret[]; readonly missing: readonly string[] } {
  const found = new Map<string, RecipeSecret>();
  const missing: string[] = [];
  const list = effectiveAt(section, "secrets");
  for (const item of list?.kind === "sequence" ? list.items : []) {
    const source = effectiveText(item) ?? effectiveText(effectiveAt(item, "source"));
    if (source === undefined) continue;
    const id = effectiveText(effectiveAt(item, "target")) ?? source;
    const from = (key: string) => effectiveText(effectiveAt(root, "secrets", source, key));
    const secret = { id, file: from("file"), environment: from("environment") };
    if (secret.file === undefined && secret.environment === undefined) missing.push(source);
    else found.set(id, secret);
  }
  return { found: [...found.values()], missing };
}

function extendsWhatIsNotThere({ problems }: EffectiveProject, { origin }: EffectiveNode): boolean {
  return problems.some((it) => isWithin(it.origin, origin));
}

/** Variables without a value that texts of a node name. */
function unsetIn(node: EffectiveNode): readonly string[] {
  if (node.kind === "mapping") return [...node.entries.values()].flatMap(unsetIn);
  if (node.kind === "sequence") return node.items.flatMap(unsetIn);
  return (isEmpty(node) ? [] : (node.parts ?? [])).flatMap(({ unset, variables }) =>
    unset === undefined ? [] : (variables.at(-1) ?? []),
  );
}
