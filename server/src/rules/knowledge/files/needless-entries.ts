import type { BuildContext } from "../../../model/context/build-context.ts";
import { type DockerfileModel, notedOnModel } from "../../../model/stage/dockerfile-model.ts";
import { baseName } from "../../../model/stage/paths.ts";
import { parseIgnoreFile } from "../../../syntax/dockerignore/ignore-file.ts";
import { pathMatcher } from "../../../syntax/dockerignore/pattern.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import { ecosystems } from "../packages/ecosystems.ts";
import { commandsIn, speaksOf } from "./build-text.ts";
import { contextNeeds } from "./context-needs.ts";

/** What stands at the root of many projects and hardly any image needs. */
export interface NeedlessKind {
  /** As an ignore file has it; the snippets for ignore files write it alike. */
  readonly pattern: string;
  readonly is: "file" | "directory";
  /** Heavy, secret or changing enough that copying it is worth a word. */
  readonly reported?: true;
  /** What makes it anew in the image, which is then better than what the host has. */
  readonly madeBy?: (command: Command) => boolean;
  /** An image in which nothing makes it anew may be meant to run with what the host has. */
  readonly mayBeUsed?: true;
  /** Names of which one stands beside it, where it may be something else by its own name alone. */
  readonly beside?: RegExp;
  /** Somebody may keep sources under this name, so that it counts only where git is told to ignore it. */
  readonly untracked?: true;
}

const installs =
  (...names: readonly string[]) =>
  (command: Command) =>
    ecosystems.some((it) => names.includes(it.name) && it.gets(command));
const installsNode = installs("npm", "yarn", "pnpm", "bun");

/** From the tools' own documentation and GitHub's collection of `.gitignore` templates (read 2026-11). */
export const needlessKinds: readonly NeedlessKind[] = [
  { pattern: ".git", is: "directory", reported: true },
  { pattern: "**/node_modules", is: "directory", reported: true, madeBy: installsNode, mayBeUsed: true },
  { pattern: "**/.venv", is: "directory", reported: true, madeBy: makesEnvironment },
  { pattern: "**/venv", is: "directory", reported: true, madeBy: makesEnvironment },
  {
    pattern: "target",
    is: "directory",
    reported: true,
    madeBy: installs("Cargo", "Maven", "Maven wrapper"),
    mayBeUsed: true,
    beside: /^(Cargo\.toml|pom\.xml)$/,
  },
  { pattern: "**/__pycache__", is: "directory", reported: true },
  { pattern: "**/.env", is: "file", reported: true },
  { pattern: "**/.next", is: "directory", reported: true, madeBy: buildsScripts, mayBeUsed: true },
  { pattern: "**/.terraform", is: "directory", reported: true },
  { pattern: ".github", is: "directory" },
  { pattern: ".idea", is: "directory" },
  { pattern: ".vscode", is: "directory" },
  { pattern: "**/.DS_Store", is: "file" },
  { pattern: "Dockerfile*", is: "file" },
  { pattern: "compose*.yaml", is: "file" },
  { pattern: "compose*.yml", is: "file" },
  { pattern: "docker-compose*.yaml", is: "file" },
  { pattern: "docker-compose*.yml", is: "file" },
  { pattern: "**/.nuxt", is: "directory", madeBy: buildsScripts, mayBeUsed: true },
  { pattern: "**/.turbo", is: "directory" },
  { pattern: "dist", is: "directory", madeBy: buildsScripts, mayBeUsed: true, untracked: true },
  { pattern: "build", is: "directory", madeBy: buildsScripts, mayBeUsed: true, untracked: true },
  {
    pattern: "build",
    is: "directory",
    madeBy: installs("Gradle"),
    mayBeUsed: true,
    beside: /^build\.gradle(\.kts)?$/,
    untracked: true,
  },
  { pattern: "**/.gradle", is: "directory", beside: /^(build|settings)\.gradle(\.kts)?$/ },
  { pattern: "**/bin", is: "directory", madeBy: buildsDotnet, mayBeUsed: true, beside: /\.(cs|fs|vb)proj$/ },
  { pattern: "**/obj", is: "directory", madeBy: buildsDotnet, mayBeUsed: true, beside: /\.(cs|fs|vb)proj$/ },
  {
    pattern: "vendor",
    is: "directory",
    madeBy: installs("Composer"),
    mayBeUsed: true,
    beside: /^composer\.json$/,
  },
  { pattern: "**/.pytest_cache", is: "directory" },
  { pattern: "**/.mypy_cache", is: "directory" },
  { pattern: "**/.ruff_cache", is: "directory" },
  { pattern: "**/.tox", is: "directory" },
  { pattern: "**/.nox", is: "directory" },
];

function makesEnvironment(command: Command): boolean {
  const program = command.name?.literal ?? "";
  const words = command.arguments.map((it) => it.literal);
  if (/^python[\d.]*$/.test(program)) return words[0] === "-m" && words[1] === "venv";
  return (
    program === "virtualenv" ||
    installs("uv", "Poetry", "Pipenv")(command) ||
    (program === "uv" && words[0] === "venv")
  );
}

/** `npm run build`, `yarn build:web`, `npx next build` */
function buildsScripts({ name, arguments: words }: Command): boolean {
  const isRunner = /^(npm|yarn|pnpm|bun|npx|bunx|next|nuxt|vite|turbo|nx|ng)$/.test(name?.literal ?? "");
  return isRunner && words.some((it) => /^build(:|$)/.test(it.literal ?? ""));
}

function buildsDotnet({ name, arguments: words }: Command): boolean {
  return name?.literal === "dotnet" && /^(build|publish|test|pack)$/.test(words[0]?.literal ?? "");
}

/** An entry of the context's root that COPY of the whole context takes along. */
export interface NeedlessEntry {
  readonly kind: NeedlessKind;
  /** `node_modules`; of several that one pattern matches the first. */
  readonly name: string;
  /**
   * `needless`: made anew in the image, or nothing that the Dockerfile says has to do with it. `open`: the image may be meant
   * to run with it. `used`: the Dockerfile takes something of it by name or speaks of it.
   */
  readonly need: "needless" | "open" | "used";
}

/** Those that are there and not kept out. Where the context cannot be listed there are none. A model has one context. */
export const needlessEntries = notedOnModel((model, context: BuildContext): readonly NeedlessEntry[] => {
  const names = context.list("") ?? [];
  return needlessKinds.flatMap((kind, index): NeedlessEntry[] => {
    const same = names.filter((it) => matchers[index]?.(it));
    const [name] = same;
    if (name === undefined || same.some((it) => context.exists(it) !== kind.is)) return [];
    if (same.every((it) => context.isIgnored(it).is !== "no")) return [];
    const { beside } = kind;
    if (beside && !names.some((it) => beside.test(it))) return [];
    if (kind.untracked && !isUntracked(name, context)) return [];
    return [{ kind, name, need: needOf(kind, same, model, context) }];
  });
});

const matchers = needlessKinds.map((it) => pathMatcher(it.pattern));

function isUntracked(name: string, context: BuildContext): boolean {
  const lines = (context.read(".gitignore") ?? "").split(/\r?\n/).map((it) => it.trim());
  return [name, `/${name}`, `${name}/`, `/${name}/`, `**/${name}`, `**/${name}/`].some((it) =>
    lines.includes(it),
  );
}

function needOf(
  { madeBy, mayBeUsed, pattern }: NeedlessKind,
  names: readonly string[],
  model: DockerfileModel,
  context: BuildContext,
): NeedlessEntry["need"] {
  const { paths, complete } = contextNeeds(model, context);
  const ignore = parseIgnoreFile(pattern);
  if (paths.some((it) => ignore.ignoredBy(it) !== undefined)) return "used";
  if (mayBeUsed && !complete) return "open";
  if (madeBy && commandsIn(model).some(madeBy)) return "needless";
  if (names.some((it) => speaksOf(it, model))) return "used";
  if (pattern === ".git") return needOfHistory(model, context);
  return mayBeUsed ? "open" : "needless";
}

/** Does the build ask git, or may a tool that it calls do so for the version? */
function needOfHistory(model: DockerfileModel, context: BuildContext): NeedlessEntry["need"] {
  const asks = commandsIn(model).some(({ name, arguments: words }) => {
    const program = baseName(name?.literal ?? "");
    const verb = words.find((it) => !it.raw.startsWith("-"))?.literal ?? "config";
    return program === "goreleaser" || (program === "git" && !/^(clone|config|init|lfs)$/.test(verb));
  });
  if (asks) return "used";
  return MANIFESTS.some((it) => VERSION_FROM_GIT.test(context.read(it) ?? "")) ? "open" : "needless";
}

const MANIFESTS =
  "pyproject.toml setup.py setup.cfg package.json Makefile build.rs Cargo.toml pom.xml build.gradle build.gradle.kts Directory.Build.props version.json gradle.properties".split(
    " ",
  );

/** Plug-ins that take a version from the history, and git itself (their own documentation, read 2026-11). */
const VERSION_FROM_GIT =
  /setuptools[-_]scm|hatch-vcs|dynamic-versioning|versioneer|versioningit|\bpbr\b|git-commit-id|git-versioning|jgitver|gradle-git|git-properties|axion-release|palantir\.git-version|vergen|shadow-rs|git-version|nerdbank|minver|gitversion|\bgit (-C \S+ )?(describe|rev-parse|rev-list|log|show|status|diff)\b/i;
