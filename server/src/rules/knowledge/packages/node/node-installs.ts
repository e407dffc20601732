import { targetFolder } from "../../../../model/stage/copy-target.ts";
import type { PackageJson } from "../../../../model/stage/package-json.ts";
import { joinPath } from "../../../../model/stage/paths.ts";
import type { Stage } from "../../../../model/stage/stage.ts";
import type { StageState } from "../../../../model/stage/state.ts";
import type { Instruction } from "../../../../syntax/dockerfile/tree.ts";
import type { Command } from "../../../../syntax/shell/script.ts";
import { contextSources } from "../../files/context-sources.ts";

export type NodeManager = "npm" | "yarn" | "pnpm";

/** A command that installs all that a package.json names. */
export interface NodeInstall {
  readonly manager: NodeManager;
  readonly command: Command;
  readonly run: Instruction;
  /** The project's folder in the image. */
  readonly folder: string;
}

/** Behind the program's name, without quotes where no variable stands in them. */
export function wordsOf({ arguments: all }: Command): string[] {
  return all.map((it) => it.literal ?? it.raw);
}

/** The package manager of a command that installs all that a package.json names; undefined for any other command. */
export function installsAll(command: Command): NodeManager | undefined {
  const [verb, ...rest] = wordsOf(command);
  const program = command.name?.literal;
  const areOptions = rest.every((it) => it.startsWith("-"));
  if (program === "npm")
    return /^(ci|clean-install|install|i)$/.test(verb ?? "") && areOptions ? program : undefined;
  if (program === "pnpm") return /^(install|i)$/.test(verb ?? "") && areOptions ? program : undefined;
  if (program !== "yarn") return undefined;
  return verb === undefined || verb === "install" || verb.startsWith("-") ? program : undefined;
}

/** What in its words, or in NODE_ENV, makes an install leave the devDependencies out; undefined where they come. */
export function leavesDevOut(
  command: Command,
  environment: string | undefined,
  isClassicYarn = false,
): string | undefined {
  const all = wordsOf(command);
  if (all.some((it) => /^--(include=dev|production=false|dev|prod=false|also=dev)$|^-D$/.test(it)))
    return undefined;
  const option = all.find((it) => /^--(omit=dev|production|prod|only=production)$|^-P$/.test(it));
  if (option) return option;
  const own = command.assignments.find((it) => it.name === "NODE_ENV");
  const value = own ? own.value?.literal : environment;
  // Yarn 2 and later installs all of them, whatever NODE_ENV says.
  return value === "production" && (isClassicYarn || command.name?.literal !== "yarn")
    ? "NODE_ENV=production"
    : undefined;
}

/**
 * The last install of a stage, or of what stands in it above `end`, where it certainly brings the devDependencies of the
 * package.json at the root of the context, and nothing behind it may take them away.
 */
export function developmentInstall(
  stage: Stage,
  { scripts }: PackageJson,
  end?: Instruction,
): NodeInstall | undefined {
  const texts = Object.values(scripts);
  if (texts.some((it) => TAKES_AWAY.test(it))) return undefined;
  let found: NodeInstall | undefined;
  for (const run of stage.instructions.filter((it) => it.name === "RUN")) {
    if (end && run.span.start >= end.span.start) break;
    const commands = stage.commandsOf(run)?.commands ?? [];
    if (run.flags.some((it) => /node_modules/.test(it.value ?? ""))) return undefined;
    for (const command of commands) {
      const manager = installsAll(command);
      if (manager === undefined) {
        if (mayTakeAway(command)) return undefined;
        continue;
      }
      const folder = projectFolder(run, stage);
      if (folder === undefined || command.conditional || !bringsAll(command, stage.before(run), stage))
        return undefined;
      found = { manager, command, run, folder };
    }
  }
  return found;
}

/** `npm prune --omit=dev`, or an install without them behind one with them: of a command that takes the devDependencies away. */
export function takesDevAway(command: Command, environment: string | undefined): boolean {
  const isPrune = /^p?npm$/.test(command.name?.literal ?? "") && wordsOf(command)[0] === "prune";
  return (isPrune || installsAll(command) !== undefined) && leavesDevOut(command, environment) !== undefined;
}

const TAKES_AWAY = /\bprune\b|node_modules|--prod|omit=dev|--only=/;

function mayTakeAway(command: Command): boolean {
  const program = command.name?.literal;
  if (program === undefined) return command.name !== undefined;
  const words = wordsOf(command);
  if (/^(cd|pushd|make|sh|bash|ash|source|\.|just|task|modclean|node-prune)$|[/]/.test(program)) return true;
  if (/^(rm|mv|find)$/.test(program) && words.some((it) => /^(\.?\/?\*?|\/app\/?)$/.test(it))) return true;
  return words.some((it) => TAKES_AWAY.test(it) || /NODE_ENV|^deploy$/.test(it));
}

/** Does it bring the devDependencies, as far as the environment and .npmrc tell? */
function bringsAll(command: Command, state: StageState, { model }: Stage): boolean {
  if (command.arguments.some((it) => it.literal === undefined || ELSEWHERE.test(it.literal))) return false;
  const value = state.variable("NODE_ENV");
  const isSet = state.isSet("NODE_ENV").is;
  const own = command.assignments.find((it) => it.name === "NODE_ENV");
  if (own && (own.value?.literal ?? "production") === "production") return false;
  if (!own && (isSet === "yes" ? !value.known || value.value === "production" : isSet !== "no")) return false;
  if (SETTINGS.some((it) => state.isSet(it).is === "yes")) return false;
  if (/omit|production|only/.test(model.inputs.context?.read(".npmrc") ?? "")) return false;
  return command.arguments.every((it) => it.literal === "--include=dev" || !CHOOSES.test(it.literal ?? ""));
}

/** Options that say which kinds of dependencies come, in one of the many ways there are. */
const CHOOSES = /omit|only|prod|dev|-P$|-D$/;

const ELSEWHERE = /^(--prefix|-C|--dir|--cwd|--workspace|--workspaces|-w|-g|--global|--filter|-F)(=|$)/;
const SETTINGS = ["OMIT", "PRODUCTION", "ONLY", "PREFIX"].flatMap((it) => [
  `NPM_CONFIG_${it}`,
  `npm_config_${it.toLowerCase()}`,
]);

/** The working directory, where the package.json at the root of the context was copied to it. */
function projectFolder(run: Instruction, stage: Stage): string | undefined {
  const { workdir } = stage.before(run);
  if (!workdir.known) return undefined;
  const folder = workdir.value;
  const copies = stage.instructions.filter((it) => it.name === "COPY" || it.name === "ADD");
  const isRoot = copies.some((it) => {
    const target = targetFolder(it, stage);
    const isHere = target === folder || target === joinPath(folder, "package.json");
    const isWritten = it.hereDocuments.length === 1 && target === joinPath(folder, "package.json");
    return (
      isWritten ||
      (isHere &&
        contextSources(it, stage).some(
          ({ path, isPattern }) =>
            path === "" || path === "package.json" || (isPattern && /^(\*|package[^/]*)$/.test(path)),
        ))
    );
  });
  return isRoot ? folder : undefined;
}
