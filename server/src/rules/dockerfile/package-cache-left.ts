import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { DOWNLOADING, downloadCaches, keptBy } from "../knowledge/packages/caches/download-caches.ts";
import {
  CACHING,
  cachesOf,
  emptiesCache,
  isMounted,
  mayBeTurnedOff,
  type PackageCache,
  packageCaches,
  usesCache,
  variableOf,
} from "../knowledge/packages/caches/package-caches.ts";
import { packageCommandsIn, readPackageCommand } from "../knowledge/packages/package-commands.ts";
import { areListsUsedBehind } from "../knowledge/packages/system/package-lists.ts";
import { rememberedBy } from "../knowledge/remembered.ts";
import { isForDevelopment } from "../knowledge/stages/for-development.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { type Fix, type Report, stageRule } from "../rule.ts";
import { appendCommand } from "../writing/commands/append-command.ts";
import { insertWordBehind } from "../writing/commands/command-words.ts";
import { removeCommands } from "../writing/commands/remove-commands.ts";

export const packageCacheLeft = stageRule({
  id: "package-cache-left",
  title: "Package manager's cache left in the image",
  severity: "warning",
  tags: ["size"],
  aliases: [
    "DL3009",
    "DL3019",
    "DL3032",
    "DL3036",
    "DL3040",
    "DL3042",
    "DL3060",
    "DS-0015",
    "DS-0019",
    "DS-0020",
    "DS-0025",
    "DS-0027",
    "DKL-DI-0004",
    "DKL-DI-0005",
    "S6587",
  ],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a RUN of a shipped stage that installs packages and leaves the package manager's cache or lists in its
      layer: apk, apt, pip, dnf, yum, zypper and yarn; as information also what npm, Composer, Poetry, Bundler, pacman and cpanm have
      downloaded. Cache mounts and cleaning up in the same RUN are fine.`,
    why: source`
      What a RUN leaves behind is stored in its layer for good: removing it in a later RUN hides it and frees nothing.
      Lists of packages alone are 20 to 50 MB on Debian.`,
    bad: source`
      FROM python:3.14-alpine
      RUN apk add curl
          ^^^^^^^ package-cache-left: apk leaves its cache in this layer.
      RUN pip install flask
          ^^^^^^^^^^^ package-cache-left: pip leaves its cache in this layer.`,
    good: source`
      FROM python:3.14-alpine
      RUN apk add --no-cache curl
      RUN pip install --no-cache-dir flask`,
  },
  onlyWith: { programs: [...CACHING, ...DOWNLOADING] },

  check(stage, report) {
    if (!isShipped(stage)) return;
    checkDownloads(stage, report);
    for (const instruction of stage.instructions) {
      const run = instruction.name === "ONBUILD" ? instruction.inner : instruction;
      const script = run?.name === "RUN" ? stage.scriptOf(instruction) : undefined;
      if (!run || !script?.complete) continue;
      const calls = packageCommandsIn(script);
      if (!calls.some((it) => cachesOf(it.manager).length > 0)) continue;
      for (const cache of packageCaches) {
        if (!calls.some((it) => it.manager === cache.manager)) continue;
        const place = { cache, script, run, instruction, stage };
        const left = leftBy(place);
        const call = left && readPackageCommand(left);
        if (!left || !call) continue;
        // One that says off would have kept the cache out.
        const variable = variableOf(cache, { ...place, command: left });
        const message = variable
          ? `${variable.name}=${variable.value} asks ${cache.name} to leave its cache in this layer.`
          : `${cache.what} in this layer.`;
        report(call.span, message, { fixes: fixesOf(left, place), aliases: cache.aliases });
      }
    }
  },
});

/** Of tools of which no linter speaks: what they keep is smaller than what they install, so it is information. */
function checkDownloads(stage: Stage, report: Report): void {
  const base = stage.bottom.base.kind === "image" ? stage.bottom.base.image.name : "";
  for (const run of stage.instructions) {
    const script = run.name === "RUN" && !run.exec ? stage.scriptOf(run) : undefined;
    if (!script?.complete) continue;
    for (const cache of downloadCaches) {
      if (cache.images && !cache.images.test(base)) continue;
      // Bundler's is the same one.
      if (cache.tool === "RubyGems" && script.commands.some((it) => it.name?.literal === "bundle")) continue;
      const command = keptBy(cache, script, run, stage);
      if (!command?.name || isForDevelopment(stage)) continue;
      const last = script.commands.findLast((it) => it.name?.literal === command.name?.literal);
      const edit = cache.clean !== undefined && last && appendCommand(cache.clean, last, script, run, stage);
      const [verb] = command.arguments;
      report(
        { start: command.name.span.start, end: (verb ?? command.name).span.end },
        `${cache.tool} leaves what it downloaded in this layer.`,
        {
          severity: "info",
          aliases: [],
          fixes: edit ? [{ kind: "unsafe", title: `Add ${cache.clean}`, edits: [edit] }] : [],
        },
      );
    }
  }
}

interface Place {
  readonly cache: PackageCache;
  readonly script: Script;
  readonly run: Instruction;
  /** The RUN, or the ONBUILD in front of it. */
  readonly instruction: Instruction;
  readonly stage: Stage;
}

/** The first command that fills the cache, if nothing of the same RUN keeps it out of the layer. */
function leftBy(place: Place): Command | undefined {
  const { cache, script, run, instruction, stage } = place;
  const before = stage.before(instruction);
  const at = script.commands.findIndex((it) => usesCache(cache, it) && !mayBeTurnedOff(cache, it, before));
  const command = script.commands[at];
  if (!command || script.commands.slice(at + 1).some((it) => emptiesCache(cache, it))) return undefined;
  if (isMounted(cache, run) || variableOf(cache, { ...place, command })?.says === "off") return undefined;
  if (cache.isNeedless && !isNeedlessIn(script)) return undefined;
  const { cleaningFile } = cache;
  return cleaningFile === undefined || isRemoved(cleaningFile, instruction, stage) ? command : undefined;
}

/** Does apk install here, and always with `--no-cache`, which has it fetch the index for itself? */
function isNeedlessIn(script: Script): boolean {
  const calls = packageCommandsIn(script).filter((it) => it.manager === "apk");
  const installing = calls.filter((it) => it.act === "install" || it.act === "upgrade");
  return installing.length > 0 && installing.every((it) => it.options.has("--no-cache"));
}

/** Was a file of the image at the bottom certainly removed, by this instruction or before? */
function isRemoved(path: string, instruction: Instruction, stage: Stage): boolean {
  const states = [stage.before(instruction), stage.after(instruction)];
  const isGone = states.some((it) => it.hasPath(path).is === "no");
  if (!isGone && !isRemovedByTrigger(path, instruction, stage)) return false;
  return stage.bottom.initial.hasPath(path).is !== "no";
}

/** Triggers run one behind the other in what is built on the stage; what they change is not evaluated. */
function isRemovedByTrigger(path: string, trigger: Instruction, stage: Stage): boolean {
  if (trigger.name !== "ONBUILD") return false;
  const first = firstRemoval(stage, path, () =>
    stage.instructions.find((it) => it.name === "ONBUILD" && removesFile(path, stage.commandsOf(it))),
  );
  return first !== undefined && first.span.start <= trigger.span.start;
}

const firstRemoval = rememberedBy<Stage, Instruction | undefined>(notedOnStage);

function removesFile(path: string, script: Script | undefined): boolean {
  return (script?.commands ?? []).some(
    ({ name, arguments: words, conditional }) =>
      name?.literal === "rm" && !conditional && words.some((it) => it.literal === path),
  );
}

function fixesOf(command: Command, { cache, script, run, instruction, stage }: Place): Fix[] {
  if (cache.isNeedless) {
    const removal = removeCommands([command], script, run, stage);
    return removal ? [{ kind: cache.fix, title: "Remove apk update", edits: [removal] }] : [];
  }
  const { off, clean } = cache;
  if (off !== undefined) {
    const edits = script.commands
      .filter((it) => usesCache(cache, it) && !mayBeTurnedOff(cache, it, stage.before(instruction)))
      .flatMap((it) => readPackageCommand(it) ?? [])
      .map((it) => insertWordBehind(it.verbWord, off, run));
    return [{ kind: cache.fix, title: `Add ${off}`, edits }];
  }

  // The lists may be there for a later RUN that installs without an update.
  if (cache.name === "apt" && areListsUsedBehind(run, stage)) return [];
  const { program, manager } = readPackageCommand(command) ?? {};
  // What a RUN fetches and nothing else, a later one is meant to use.
  const calls = packageCommandsIn(script).filter((it) => it.manager === manager);
  if (manager !== "apt" && calls.every((it) => it.act === "refresh")) return [];
  const last = script.commands.findLast((it) => {
    const call = readPackageCommand(it);
    return call?.manager === manager && (manager === "apt" || call?.program === program);
  });
  const newText = clean?.(program ?? cache.name);
  const edit = newText !== undefined && last && appendCommand(newText, last, script, run, stage);
  return edit ? [{ kind: cache.fix, title: `Add ${newText}`, edits: [edit] }] : [];
}
