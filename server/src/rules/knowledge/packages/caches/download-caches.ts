import type { Stage } from "../../../../model/stage/stage.ts";
import type { StageState } from "../../../../model/stage/state.ts";
import { mountsOf, type RunMount } from "../../../../syntax/dockerfile/run-mounts.ts";
import type { Instruction } from "../../../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../../../syntax/shell/script.ts";
import { textOf } from "../package-commands.ts";

/**
 * What a tool downloads and keeps packed beside what it unpacks. Not of pnpm, uv and Bun: what they install are hard links to what they
 * keep, which a layer stores once (pnpm "packageImportMethod", uv "link-mode", Bun "backend").
 */
export interface DownloadCache {
  /** As the message names it. */
  readonly tool: string;
  readonly programs: readonly string[];
  /** What fills it: the words behind the program, without options. */
  readonly fills: RegExp;
  /** Words of a command of the same program that empties it. */
  readonly cleans: RegExp;
  /** What `rm` and `find` name to empty it. */
  readonly content: RegExp;
  /** Where a mount keeps it out of the layer. */
  readonly folders: RegExp;
  /** Options with which nothing comes into it, or somewhere else. */
  readonly off: RegExp;
  /** Variables that turn it off or put it elsewhere. */
  readonly variables: readonly string[];
  /** The command that empties it; undefined where none does that everywhere. */
  readonly clean?: string;
  /** Images of which it is certain where it is; all when left out. */
  readonly images?: RegExp;
}

const HOMES = "\\/(?:root|home\\/[^/]+)\\/?$";

/** From the tools' own documentation (npm-cache(1), Composer "clear-cache", Poetry "cache", RubyGems, Bundler, pacman(8), cpanm(1); read 2026-11). */
export const downloadCaches: readonly DownloadCache[] = [
  {
    tool: "npm",
    programs: ["npm"],
    fills: /^(ci|install|i|add|clean-install)( |$)/,
    cleans: /^cache (clean|rm|clear)/,
    content: /\.npm|_cacache|\/root(\/\*|\/\.\*)?$|\/\.\*$|~/,
    folders: new RegExp(`\\/\\.npm|_cacache|${HOMES}`),
    off: /^--(cache|offline|dry-run|package-lock-only|global-style)(=|$)/,
    variables: ["npm_config_cache", "NPM_CONFIG_CACHE"],
    clean: "npm cache clean --force",
  },
  {
    tool: "Composer",
    programs: ["composer", "composer.phar"],
    fills: /^(install|i|update|u|require|r|create-project)( |$)|^global (require|install)/,
    cleans: /^(clear-?cache|cc)/,
    content: /\.composer|\/composer|\.cache|\/root(\/\*)?$|~/,
    folders: new RegExp(`composer|\\.cache|\\/tmp\\/?$|${HOMES}`),
    off: /^--(no-cache|dry-run|no-install)(=|$)/,
    variables: ["COMPOSER_CACHE_DIR", "COMPOSER_HOME", "COMPOSER_NO_CACHE", "COMPOSER_ALLOW_NO_CACHE"],
    clean: "composer clear-cache",
  },
  {
    tool: "Poetry",
    programs: ["poetry"],
    fills: /^(install|sync|add|update)( |$)/,
    cleans: /^cache clear/,
    content: /pypoetry|\.cache|CACHE|\/root(\/\*)?$|~/,
    folders: new RegExp(`pypoetry|\\.cache|\\/tmp\\/?|${HOMES}`),
    off: /^--(no-cache|dry-run|only-root)(=|$)/,
    variables: ["POETRY_CACHE_DIR", "POETRY_NO_CACHE", "XDG_CACHE_HOME"],
  },
  {
    tool: "Bundler",
    programs: ["bundle"],
    fills: /^install( |$)/,
    cleans: /^(config|package|cache)/,
    content: /cache|bundle|gems/,
    folders: /bundle|gems|vendor|\/usr\/local\/?$/,
    off: /^--(path|deployment|local|prefer-local|standalone|no-cache)(=|$)/,
    variables: ["BUNDLE_PATH", "BUNDLE_DEPLOYMENT", "BUNDLE_CACHE_PATH"],
    clean: "rm -rf /usr/local/bundle/cache",
    images: /^ruby$/,
  },
  {
    tool: "RubyGems",
    programs: ["gem"],
    fills: /^(install|i)( |$)(?!bundler(:\S+)?$)/,
    cleans: /^(?!)/,
    content: /cache|bundle|gems/,
    folders: /bundle|gems|\/usr\/local\/?$/,
    off: /^(--local|-l|--install-dir|-i|--user-install)(=|$)/,
    variables: [],
    clean: "rm -rf /usr/local/bundle/cache",
    images: /^ruby$/,
  },
  {
    tool: "pacman",
    programs: ["pacman"],
    fills: /^$|/,
    cleans: /^(?!)/,
    content: /\/var\/cache(\/|$|\*)|pacman/,
    folders: /\/var\/cache/,
    off: /^(--cachedir|--downloadonly|--print|-[A-Za-z]*[QRTDUFpcilsgw][A-Za-z]*)/,
    variables: [],
    clean: "rm -rf /var/cache/pacman/pkg/*",
  },
  {
    tool: "cpanm",
    programs: ["cpanm"],
    fills: /./,
    cleans: /^(?!)/,
    content: /\.cpanm|\/root(\/\*)?$|~/,
    folders: new RegExp(`\\.cpanm|${HOMES}`),
    off: /^(-L|--(look|info|save-dists|reinstall|self-upgrade|version|help))(=|$)/,
    variables: ["PERL_CPANM_HOME", "PERL_CPANM_OPT"],
    clean: "rm -rf ~/.cpanm",
  },
];

/** Programs that fill one of them. */
export const DOWNLOADING: readonly string[] = downloadCaches.flatMap((it) => it.programs);

/** The first command of a RUN that fills the cache, if it is certain that the layer keeps what it downloads. */
export function keptBy(
  cache: DownloadCache,
  script: Script,
  run: Instruction,
  stage: Stage,
): Command | undefined {
  const command = script.commands.find((it) => isFilling(cache, it));
  if (!command || command.conditional) return undefined;
  if (script.commands.some((it) => mayEmpty(cache, it))) return undefined;
  if (mountsOf(run).some((it) => mayBeThere(cache, it))) return undefined;
  const before = stage.before(run);
  const isSet = cache.variables.some(
    (name) =>
      isElsewhere(cache, before, name) ||
      script.commands.some(
        (it) =>
          it.assignments.some((one) => one.name === name) ||
          it.arguments.some((word) => word.raw.startsWith(`${name}=`)),
      ),
  );
  return isSet ? undefined : command;
}

/** In an image that is known, a variable of unknown value is the image's own. */
function isElsewhere({ images }: DownloadCache, state: StageState, name: string): boolean {
  if (!images) return state.isSet(name).is !== "no";
  const value = state.variable(name);
  return value.known && !/^(|\/usr\/local\/bundle)$/.test(value.value);
}

function isFilling(
  { programs, fills, off, tool }: DownloadCache,
  { name, arguments: words }: Command,
): boolean {
  if (!programs.includes(name?.literal ?? "")) return false;
  const texts = words.map(textOf);
  if (
    texts.some((it) => off.test(it)) ||
    words.some((it) => it.literal === undefined && it.raw.startsWith("$"))
  )
    return false;
  if (tool === "pacman")
    return (
      texts.some((it) => /^-S[yu]*$|^--sync$/.test(it)) &&
      texts.some((it) => /^[a-z]/.test(it) || /u/.test(it))
    );
  const [verb = "", ...operands] = texts.filter((it) => !it.startsWith("-"));
  if (!fills.test([verb, ...operands].join(" "))) return false;
  // What is in the context already is downloaded no more, and package managers themselves are small.
  return operands.length === 0 || !operands.every((it) => NOT_WORTH_IT.test(it));
}

const NOT_WORTH_IT = /^[./]|\.tgz$|^file:|^(npm|pnpm|yarn|corepack)(@.*)?$/;

/** Also by a setting that is written for it on the way. */
function mayEmpty(
  { programs, cleans, content, tool }: DownloadCache,
  { name, arguments: words }: Command,
): boolean {
  const program = name?.literal ?? "";
  const line = words.map(textOf);
  if (/^(rm|find|trap|mv|xargs)$/.test(program))
    return line.some((it) => content.test(it) || it.includes("$"));
  if (!programs.includes(program)) return false;
  if (tool === "pacman") return line.some((it) => /^-S[yu]*c|^--clean$/.test(it));
  const said = line.filter((it) => !it.startsWith("-")).join(" ");
  return cleans.test(said) || /^config .*cache/.test(said);
}

function mayBeThere({ folders }: DownloadCache, { flag, type, target }: RunMount): boolean {
  if (type !== "cache" && type !== "tmpfs") return false;
  return folders.test(target?.value ?? "") || Boolean(flag.value?.includes("$"));
}
