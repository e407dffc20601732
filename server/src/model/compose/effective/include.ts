import { isRemoteFile } from "../files/remote.ts";
import { withExtended } from "./extend.ts";
import { importResources, type Section } from "./imported.ts";
import type { Context, Loading } from "./loading.ts";
import { mergeNodes, withoutTags } from "./merge.ts";
import { folderOf, pathFrom, pathSeenFrom } from "./paths.ts";
import { rootRule } from "./rules.ts";
import { type EffectiveMapping, type EffectiveNode, effectiveAt } from "./tree.ts";
import { variablesOf } from "./variables.ts";

/** Files that include one another deeper than this are refused: nobody writes that, and each costs a call. */
const DEEPEST_INCLUDE = 50;

/** Files laid over one another, with what they extend and include. `chain` are the files that led here by `include`. */
export function loadTogether(
  loading: Loading,
  paths: readonly string[],
  context: Context,
  chain: readonly string[],
): EffectiveMapping | undefined {
  let merged: EffectiveMapping | undefined;
  for (const path of paths) {
    const unit = loading.unit(path, context);
    if (!unit) continue;
    loading.members.add(path);
    const root = withIncluded(loading, withExtended(loading, unit), context, [...chain, path]);
    const laid = withoutTags(merged ? mergeNodes(merged, root, rootRule) : root);
    if (laid?.kind === "mapping") merged = laid;
  }
  return merged;
}

/** A file with the services and resources of those that it includes. */
function withIncluded(
  loading: Loading,
  root: EffectiveMapping,
  context: Context,
  chain: readonly string[],
): EffectiveMapping {
  const written = root.entries.get("include");
  if (!written) return root;
  const entries = new Map(root.entries);
  entries.delete("include");
  const sections = new Map<string, Section>();
  for (const item of written.kind === "sequence" ? written.items : []) {
    const included = loadIncluded(loading, item, context, chain);
    if (included) importResources(loading, included, item.origin, entries, sections);
  }
  for (const [key, { node, entries: own }] of sections) entries.set(key, { ...node, entries: own });
  return { ...root, entries };
}

function loadIncluded(
  loading: Loading,
  item: EffectiveNode,
  context: Context,
  chain: readonly string[],
): EffectiveMapping | undefined {
  const { origin } = item;
  const written = textsOf(loading, item.kind === "mapping" ? effectiveAt(item, "path") : item);
  if (written.length === 0) return undefined;
  const remote = written.find(isRemoteFile);
  if (remote !== undefined) {
    loading.report("not-read", `${remote} is not fetched here.`, origin);
    return undefined;
  }
  const paths = written.map((it) => pathFrom(context.directory, it));
  const circle = chain.indexOf(paths[0] ?? "");
  if (circle >= 0) {
    const names = [...chain.slice(circle), chain[circle] ?? ""].map((it) =>
      pathSeenFrom(loading.directory, it),
    );
    loading.report("include-cycle", `Files include one another in a circle: ${names.join(", ")}.`, origin);
    return undefined;
  }
  if (chain.length > DEEPEST_INCLUDE || loading.isExhausted) {
    loading.report("not-read", `${written[0]} is left out: so many files include one another.`, origin);
    return undefined;
  }
  const inner = contextOfIncluded(loading, item, paths[0] ?? "", context);
  for (const [at, path] of paths.entries()) {
    if (!loading.source(path))
      loading.report("missing-file", `${written[at]} is included, and there is no such file.`, origin);
  }
  const key = paths.join("\n");
  // A circle through files that are already laid together was told when they were.
  if (!inner.groups.has(key)) {
    const loaded = loading.because(origin, () => loadTogether(loading, paths, inner, chain));
    inner.groups.set(key, loaded);
  }
  return inner.groups.get(key);
}

/** Paths of what is included count from its own folder, and it has an `.env` of its own behind the variables of the outer file. */
function contextOfIncluded(loading: Loading, item: EffectiveNode, first: string, outer: Context): Context {
  const given = loading.choice(effectiveAt(item, "project_directory"));
  const directory = given ? pathFrom(outer.directory, given) : folderOf(first);
  const named = textsOf(loading, effectiveAt(item, "env_file"));
  const key = [directory, ...named].join("\n");
  const known = outer.inner.get(key);
  if (known) return known;
  const texts = (named.length > 0 ? named : [`${directory}/.env`]).flatMap((it) => {
    const text = loading.variables(pathFrom(outer.directory, it));
    if (text === undefined && named.length > 0)
      loading.report("missing-file", `There is no file ${it} to take variables from.`, item.origin);
    return text ?? [];
  });
  const lookup = variablesOf(texts, outer.lookup);
  const context =
    lookup === outer.lookup ? loading.relative(outer, directory) : loading.context(directory, lookup);
  outer.inner.set(key, context);
  return context;
}

function textsOf(loading: Loading, node: EffectiveNode | undefined): readonly string[] {
  const nodes = node?.kind === "sequence" ? node.items : node ? [node] : [];
  return nodes.flatMap((it) => loading.choice(it) || []);
}
