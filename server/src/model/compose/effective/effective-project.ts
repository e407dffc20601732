import type { VariableLookup } from "../../../syntax/compose/interpolate.ts";
import type { ComposeFile } from "../../../syntax/compose/tree.ts";
import { loadTogether } from "./include.ts";
import { type EffectiveInputs, Loading } from "./loading.ts";
import { folderOf, pathSeenFrom } from "./paths.ts";
import { projectName } from "./project-name.ts";
import { projectPaths } from "./project-paths.ts";
import type { CompositionProblem, EffectiveProject } from "./tree.ts";
import { variablesOf } from "./variables.ts";

/**
 * The project that the Compose file at `path` belongs to, as Compose puts it together when it is started in the file's folder and
 * the shell sets no variable but those of `inputs.shell`: override files, `COMPOSE_FILE`, `include`, `extends` (compose-go
 * loader, read 2026-11). Never fails: what is missing or goes round in a circle is told in `problems` and left out. Takes time
 * linear in what is read and what comes out.
 */
export function effectiveProject(path: string, inputs: EffectiveInputs): EffectiveProject {
  const shell = inputs.shell ?? (() => undefined);
  const given = inputs.envFiles?.flatMap((it) => inputs.textAt(it) ?? []);
  const variables = variablesOf(given ?? [inputs.textAt(`${folderOf(path)}/.env`) ?? ""], shell);
  const { paths, found } = projectPaths(path, {
    namesIn: (folder) => inputs.namesIn(folder),
    variable: variables,
    listSeparator: inputs.listSeparator,
  });
  const [first = path] = paths;
  const loading = new Loading(inputs, folderOf(first));
  const envFiles = inputs.envFiles ?? [`${loading.directory}/.env`];
  const known = variablesOf(
    envFiles.flatMap((it) => loading.variables(it) ?? []),
    shell,
  );
  const files = paths.flatMap((it) => loading.source(it)?.file ?? []);
  const name = projectName(files, loading.directory, known);
  const lookup: VariableLookup = Object.assign(
    (it: string) => known(it) ?? (it === "COMPOSE_PROJECT_NAME" ? name : undefined),
    { madeOf: (it: string) => known.madeOf?.(it) ?? [] },
  );
  const root = loadTogether(loading, paths, loading.context(loading.directory, lookup), []);
  const main = loading.sources.get(first);
  for (const it of paths) {
    if (main && it !== first && !loading.sources.has(it))
      loading.report(
        "missing-file",
        `COMPOSE_FILE names ${pathSeenFrom(loading.directory, it)}, and there is no such file.`,
        {
          source: main,
          span: { start: 0, end: 0 },
        },
      );
  }
  return {
    main,
    layers: paths,
    found,
    members: loading.members,
    sources: [...loading.sources.values()],
    paths: [...loading.paths],
    root,
    name,
    variable: known,
    hasEnvFile: loading.hasEnvFile,
    isSetIn: (it, variable) => (loading.lookups.get(it) ?? [known]).some((of) => of(variable) !== undefined),
    problems: loading.problems,
    certain: loading.certain && !variables.madeOf?.("COMPOSE_FILE").length,
  };
}

/** Circles in a file that stands for itself. Of others nothing is known. */
export function compositionOfOne(file: ComposeFile): readonly CompositionProblem[] {
  const path = "/compose.yaml";
  const { problems } = effectiveProject(path, {
    read: (it) => (it === path ? file : undefined),
    textAt: () => undefined,
    namesIn: () => [],
    listSeparator: ":",
  });
  return problems.filter((it) => it.kind === "extends-cycle" || it.kind === "include-cycle");
}
