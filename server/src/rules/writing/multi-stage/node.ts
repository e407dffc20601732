import type { BuildContext } from "../../../model/context/build-context.ts";
import type { PackageJson } from "../../../model/stage/package-json.ts";
import { isWithin, resolvePath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { startedCommand } from "../../../model/stage/started/started-command.ts";
import type { StartedCommand } from "../../../model/stage/started/started-word.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { installsAll, type NodeInstall, wordsOf } from "../../knowledge/packages/node/node-installs.ts";
import { isPlainStep } from "../commands/plain-step.ts";
import { accountRuns, factsOf, makesAccount } from "./accounts.ts";
import { installsMore } from "./build-packages.ts";
import { buildsInto, isCompiler, packageScriptOf } from "./node-build.ts";
import { filesBeside } from "./node-files.ts";
import { installNeeds, mayStartPrograms } from "./node-needs.ts";
import { partsOf, type StageParts, splitStage } from "./split-stage.ts";

/**
 * Makes a builder, and an image with the production dependencies and the output of the build, of a stage that installs, builds
 * (`npm run build`) and starts `node dist/…`. One answer for each image that may do, the smallest first: the slim variant of the
 * same version where no dependency needs a compiler and the program starts no other, and the same image again. The C
 * library is always the same. None where it is not certain what the program reads.
 */
export function splitNodeStage(
  stage: Stage,
  install: NodeInstall,
  json: PackageJson,
): readonly (readonly TextEdit[])[] {
  const { base, model } = stage;
  const { context } = model.inputs;
  const parts = partsOf(stage);
  const started = startedCommand(stage);
  const { workdir, user } = stage.result;
  if (base.kind !== "image" || base.image.name !== "node" || !context || !parts || !started) return [];
  const { folder } = install;
  const places = [workdir, stage.after(parts.end).workdir];
  if (!user.known || folder === "/" || !places.every((it) => it.known && it.value === folder)) return [];
  const output = outputOf(started, folder);
  if (output === undefined || !keepsEnvironment(parts)) return [];
  const steps = stepsOf(parts, stage, output, json);
  if (steps?.installs !== 1 || steps.builds === 0) return [];
  if (install.manager === "pnpm" && steps.managers.length === 0) return [];

  const locks = LOCK_FILES[install.manager].filter((it) => context.exists(it) === "file");
  const needs = installNeeds(json, locks[0], context);
  const command = installLine(install, locks, context);
  const files = filesBeside(output, folder, parts, stage);
  if (!needs || command === undefined || !files || (needs.tools && steps.hasPackages)) return [];

  const { name, group } = user.value;
  const owner = group === undefined ? name : `${name}:${group}`;
  const owners = [owner, ...files.map((it) => it.owner ?? "0"), ...chownOf(parts.tail)];
  const isSlim = !needs.tools && !mayStartPrograms(json, context);
  return imagesFor(stage, isSlim).flatMap((image) => {
    const facts = factsOf(image, stage);
    const accounts = facts && accountRuns(owners, parts, stage, facts);
    const edits =
      accounts &&
      splitStage(stage, parts, {
        image,
        environment: parts.head.filter((it) => it.name === "ENV"),
        setup: [...accounts, ...steps.managers],
        workdir: folder,
        installs: [`COPY ${manifests(locks, context.exists).join(" ")} ./`, command],
        artefacts: [{ from: `${folder}/${output}`, to: `${folder}/${output}`, owner: undefined }, ...files],
        repeated: [],
        user: undefined,
        edits: [],
      });
    return edits ? [edits] : [];
  });
}

const LOCK_FILES: Readonly<Record<NodeInstall["manager"], readonly string[]>> = {
  npm: ["package-lock.json", "npm-shrinkwrap.json"],
  yarn: ["yarn.lock"],
  pnpm: ["pnpm-lock.yaml"],
};

function manifests(
  locks: readonly string[],
  exists: (path: string) => "file" | "directory" | "absent" | "unknown",
): string[] {
  return ["package.json", ...locks, ...[".npmrc"].filter((it) => exists(it) === "file")];
}

/** Tags of Node's images that have a slim variant of the same system: with a version, and perhaps a release of Debian. */
const FULL = /^(\d+(\.\d+){0,2}|lts)(-(trixie|bookworm|bullseye))?$/;

function imagesFor({ base }: Stage, isSlim: boolean): readonly string[] {
  if (base.kind !== "image" || base.word.raw.includes("$") || base.image.digest !== undefined) return [];
  const { text, tag } = base.image;
  return isSlim && FULL.test(tag ?? "") ? [`${text}-slim`, text] : [text];
}

/** The first folder below the project on the way to the script that node starts, where builds write. */
function outputOf({ words }: StartedCommand, folder: string): string | undefined {
  const at = words.findIndex((it) => !it.text?.startsWith("-"));
  const script = words[at]?.text;
  // An option with a file of its own would need that file.
  if (script === undefined || words.slice(0, at).some((it) => !/^--[\w-]+(=[\w.]+)?$/.test(it.text ?? "")))
    return undefined;
  if (words.slice(0, at).some((it) => /^--(require|import|loader|env-file)/.test(it.text ?? "")))
    return undefined;
  const path = resolvePath(folder, script);
  if (path === undefined || !isWithin(path, folder)) return undefined;
  const [first = "", ...more] = path.slice(folder.length + 1).split("/");
  return more.length > 0 && /^(dist|build|out|\.output)$/.test(first) ? first : undefined;
}

/** Nothing of what the builder sets up is for the shell of the build alone, or for another user. */
function keepsEnvironment({ head, tail }: StageParts): boolean {
  if (head.some((it) => it.name === "ADD" || it.flags.some((flag) => flag.name === "from"))) return false;
  if (head.some((it) => it.name === "USER" && !/^(root|0)$/.test(it.words[0]?.raw ?? ""))) return false;
  const copies = tail.filter((it) => it.name === "COPY");
  return !copies.some((it) => it.words.slice(0, -1).some((word) => /^(\.\/?|\*)$/.test(word.raw)));
}

function chownOf(instructions: readonly Instruction[]): string[] {
  return instructions
    .flatMap((it) => it.flags.filter((flag) => flag.name === "chown"))
    .map((it) => it.value ?? "");
}

interface Steps {
  readonly installs: number;
  readonly builds: number;
  /** Lines that bring the package manager itself. */
  readonly managers: readonly string[];
  /** Are packages of the system installed? */
  readonly hasPackages: boolean;
}

/** What the builder's RUNs do; undefined where one does something else than to install, to build and to tidy up. */
function stepsOf(parts: StageParts, stage: Stage, output: string, json: PackageJson): Steps | undefined {
  let [installs, builds, hasPackages] = [0, 0, false];
  const managers: string[] = [];
  for (const run of parts.head.filter((it) => it.name === "RUN")) {
    const script = stage.commandsOf(run);
    if (!script?.complete || run.hereDocuments.length > 0) return undefined;
    const lines: string[] = [];
    for (const command of script.commands) {
      const name = packageScriptOf(command);
      if (installsAll(command) !== undefined) installs++;
      else if (command.name?.literal === "rm") {
        if (!removesNothingNeeded(command)) return undefined;
      } else if (name !== undefined || isCompiler(command, output)) {
        const isBuild = name === undefined || buildsInto(output, name, json, stage.model.inputs.shell);
        if (!isBuild && !/^(test|lint|typecheck|check)(:|$)/.test(name)) return undefined;
        if (isBuild && !/^(mkdir|echo|true)$/.test(command.name?.literal ?? "")) builds++;
      } else if (bringsManager(command)) {
        if (!isPlainStep(command) || command.arguments.some((it) => it.literal === undefined))
          return undefined;
        lines.push([command.name?.raw ?? "", ...command.arguments.map((it) => it.raw)].join(" "));
      } else if (!isTidying(command) && !makesAccount(command)) return undefined;
      hasPackages ||= /^(apk|apt|apt-get)$/.test(command.name?.literal ?? "");
      if (installsMore(command)) return undefined;
    }
    if (lines.length > 0) managers.push(`RUN ${lines.join(" && ")}`);
  }
  return { installs, builds, managers, hasPackages };
}

/** `corepack enable`, `npm install -g pnpm@10` */
function bringsManager(command: Command): boolean {
  const [verb, ...rest] = wordsOf(command);
  if (command.name?.literal === "corepack") return verb === "enable" || verb === "prepare";
  const names = rest.filter((it) => !it.startsWith("-"));
  return (
    command.name?.literal === "npm" &&
    /^(install|i|add)$/.test(verb ?? "") &&
    rest.some((it) => it === "-g" || it === "--global") &&
    names.every((it) => /^(npm|pnpm|yarn|corepack)(@[\w.^~-]+)?$/.test(it))
  );
}

function isTidying(command: Command): boolean {
  const program = command.name?.literal ?? "";
  if (/^(npm|yarn|pnpm)$/.test(program))
    return /^(cache|--version|-v|store|audit)$/.test(wordsOf(command)[0] ?? "");
  return /^(apk|apt|apt-get|ls|set|echo|true|test|\[)$/.test(program);
}

function removesNothingNeeded(command: Command): boolean {
  return wordsOf(command).every((it) => /^(-\w+|\/(var|tmp|root)\/.+|(\.\/)?(src|tests?)\/?)$/.test(it));
}

/** The RUN that installs without devDependencies, with the mounts of the one there is; undefined where it is not plain. */
function installLine(
  { manager, command, run }: NodeInstall,
  [lock]: readonly string[],
  context: BuildContext,
): string | undefined {
  const words = command.arguments;
  const isPlain =
    command.assignments.length === 0 && command.redirections.length === 0 && isPlainStep(command);
  if (!isPlain || words.some((it) => it.literal === undefined || /dev|prod|omit/.test(it.literal)))
    return undefined;
  if (manager !== "npm" && lock === undefined) return undefined;
  // Yarn 2 and later have another command for it.
  if (manager === "yarn" && !/^# yarn lockfile v1/m.test(context.read(lock ?? "") ?? "")) return undefined;
  const [verb = "install", ...rest] = wordsWithVerb(words.map((it) => it.raw));
  // It fails without a lock file.
  if (manager === "npm" && /^(ci|clean-install)$/.test(verb) && lock === undefined) return undefined;
  const option = { npm: "--omit=dev", yarn: "--production", pnpm: "--prod" }[manager];
  const flags = run.flags
    .map((it) => `--${it.name}${it.value === undefined ? "" : `=${it.value}`} `)
    .join("");
  return `RUN ${flags}${[manager, verb, option, ...rest].join(" ")}`;
}

function wordsWithVerb(words: readonly string[]): readonly string[] {
  return words[0] === undefined || words[0].startsWith("-") ? ["install", ...words] : words;
}
