import type { BuildContext } from "../../../model/context/build-context.ts";
import { entriesMatching } from "../../../model/context/entry-pattern.ts";
import { targetFolder } from "../../../model/stage/copy-target.ts";
import { baseName, isWithin, joinPath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import { contextSources } from "../../knowledge/files/context-sources.ts";
import type { Artefact, StageParts } from "./split-stage.ts";

/** More than this, and it is not seen which of them the program reads. */
const MOST = 6;

/**
 * Files and folders of the project beside the output of its build that the program may read when it runs: all that was
 * copied, but for sources, tests, and what serves tools. Undefined where it cannot be told what was copied.
 */
export function filesBeside(
  output: string,
  folder: string,
  { head }: StageParts,
  stage: Stage,
): readonly Artefact[] | undefined {
  const { context } = stage.model.inputs;
  if (!context) return undefined;
  const found = new Map<string, Artefact>();
  for (const copy of head.filter((it) => it.name === "COPY")) {
    const names = entriesOf(copy, folder, stage, context);
    const owner = copy.flags.find((it) => it.name === "chown")?.value;
    if (!names) return undefined;
    for (const name of names) {
      const path = joinPath(folder, name);
      if (name !== output && !isForBuild(name)) found.set(name, { from: path, to: path, owner });
    }
  }
  // A name with a blank would need another form of COPY.
  if (found.size > MOST || [...found.keys()].some((it) => !/^[\w.@-]+$/.test(it))) return undefined;
  return [...found.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** Names right below the project's folder that a COPY puts there. */
function entriesOf(
  copy: Instruction,
  folder: string,
  stage: Stage,
  context: BuildContext,
): readonly string[] | undefined {
  const target = targetFolder(copy, stage);
  const isPlain = copy.hereDocuments.length === 0 && copy.flags.every((it) => KNOWN_FLAGS.has(it.name));
  const sources = contextSources(copy, stage);
  if (!isPlain || target === undefined || sources.length !== copy.words.length - 1) return undefined;
  // What is put elsewhere in the image is no part of the project.
  if (!isWithin(target, folder)) return undefined;
  if (target !== folder) return [target.slice(folder.length + 1).split("/")[0] ?? ""];
  const names: string[] = [];
  for (const { path, isPattern } of sources) {
    const paths = isPattern ? entriesMatching(path, context) : [path];
    for (const it of paths) {
      const inside = context.exists(it) === "directory" ? context.list(it) : undefined;
      if (context.exists(it) === "directory" && !inside) return undefined;
      const below = it === "" ? "" : `${it}/`;
      const all = inside?.map((name) => `${below}${name}`) ?? [it];
      const ignored = all.map((one) => context.isIgnored(one).is);
      if (ignored.some((is, at) => is === "unknown" && !isForBuild(baseName(all[at] ?? ""))))
        return undefined;
      names.push(...all.filter((_, at) => ignored[at] !== "yes").map(baseName));
    }
  }
  return names;
}

const KNOWN_FLAGS: ReadonlySet<string> = new Set(["chown", "link", "chmod"]);

function isForBuild(name: string): boolean {
  return BUILD_FOLDERS.test(name) || BUILD_FILES.test(name);
}

const BUILD_FOLDERS =
  /^(src|source|tests?|__tests__|__mocks__|specs?|e2e|cypress|coverage|docs?|examples?|types|typings|node_modules|\.(git|github|gitlab|vscode|idea|husky|devcontainer|circleci|storybook|changeset|yarn|turbo|nx))$/;
/** Settings of compilers, linters and editors, manifests (which are copied for themselves), and texts for people. */
const BUILD_FILES =
  /^(package(-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|tsconfig[\w.-]*\.json|jsconfig\.json|tslint\.json|nest-cli\.json|tsup\.json|biome\.jsonc?|renovate\.json|nodemon\.json|turbo\.json|lerna\.json|nx\.json|\.(npmrc|yarnrc(\.yml)?|nvmrc|node-version|tool-versions|editorconfig|gitignore|gitattributes|gitkeep|dockerignore|npmignore|eslint\w*|prettier\w*|swcrc|babelrc|nycrc|mocharc|lintstagedrc|commitlintrc|browserslistrc|ncurc|jshintrc|releaserc)(\.\w+)?|[\w.-]+\.config\.[cm]?[jt]s|[\w.-]+\.(md|mdx|ts|mts|cts|tsx|tsbuildinfo|log|sh)|(Dockerfile|Containerfile)[\w.-]*|[\w.-]+\.Dockerfile|\.?(docker-)?compose[\w.-]*\.ya?ml|\.gitlab-ci\.yml|\.travis\.yml|azure-pipelines\.yml|\.(hadolint|plimsoll|pre-commit-config)\.ya?ml|Makefile|Procfile|LICEN[CS]E[\w.-]*|README[\w.-]*|CHANGELOG[\w.-]*|CODEOWNERS|index\.html|\.env\.(example|sample|template)|\.DS_Store)$/;
