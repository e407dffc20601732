import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../syntax/shell/script.ts";
import { insert, type TextEdit } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { isPackageManager, type PackageCache, packageCaches } from "../knowledge/package-caches.ts";
import { isShipped } from "../knowledge/shipped.ts";
import { type Fix, stageRule } from "../rule.ts";
import { appendCommand } from "../writing/append-command.ts";

export const packageCacheLeft = stageRule({
  id: "package-cache-left",
  title: "Package manager's cache left in the image",
  severity: "warning",
  tags: ["size"],
  aliases: ["DL3009", "DL3019", "DL3032", "DL3036", "DL3040", "DL3042", "DL3060"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a RUN of a shipped stage that installs packages and leaves the package manager's cache or lists in its
      layer: apk, apt, pip, dnf, yum, zypper and yarn. Cache mounts and cleaning up in the same RUN are fine.`,
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

  check(stage, report) {
    if (!isShipped(stage)) return;
    for (const run of stage.instructions) {
      const script = run.name === "RUN" ? stage.scriptOf(run) : undefined;
      if (!script?.commands.some(isPackageManager)) continue;
      for (const cache of packageCaches) {
        const left = leftBy(cache, script, run, stage);
        const verb = left?.arguments.find((it) => it.literal !== undefined && !it.literal.startsWith("-"));
        if (!left?.name || !verb) continue;
        report(
          { start: left.name.span.start, end: verb.span.end },
          `${cache.name} leaves its cache in this layer.`,
          {
            fixes: fixesOf(cache, left, script, run, stage),
            aliases: cache.aliases,
          },
        );
      }
    }
  },
});

/** The first command that fills the cache, if nothing of the same RUN keeps it out of the layer. */
function leftBy(cache: PackageCache, script: Script, run: Instruction, stage: Stage): Command | undefined {
  const at = script.commands.findIndex(cache.fills);
  const command = script.commands[at];
  if (!command || !script.complete || script.commands.slice(at + 1).some(cache.empties)) return undefined;
  if (isMounted(cache.folders, run) || isOff(cache, command, run, stage)) return undefined;
  return command;
}

function isMounted(folders: RegExp, run: Instruction): boolean {
  return run.flags.some(({ name, fields }) => {
    const field = (...names: string[]) => fields.find((it) => names.includes(it.name))?.value;
    const isKept = ["cache", "tmpfs"].includes(field("type") ?? "");
    return name === "mount" && isKept && folders.test(field("target", "dst", "destination") ?? "");
  });
}

function isOff({ variable }: PackageCache, command: Command, run: Instruction, stage: Stage): boolean {
  if (variable === undefined) return false;
  const assigned = command.assignments.find((it) => it.name === variable)?.value?.literal;
  const known = stage.before(run).variable(variable);
  const value = assigned ?? (known.known ? known.value : undefined);
  return value !== undefined && value !== "" && value !== "0";
}

function fixesOf(
  cache: PackageCache,
  command: Command,
  script: Script,
  run: Instruction,
  stage: Stage,
): Fix[] {
  const { remedy } = cache;
  if (remedy.kind === "option") {
    const edits = script.commands
      .filter(cache.fills)
      .flatMap((it) => it.arguments.find((word) => remedy.behind.test(word.literal ?? "")) ?? [])
      .map((verb): TextEdit => insert(verb.span.end, ` ${remedy.option}`));
    return [{ kind: cache.fix, title: `Add ${remedy.option}`, edits }];
  }

  // The lists may be there for a later RUN that installs without an update.
  if (cache.name === "apt" && run.span.start < lastUseOfLists(stage)) return [];
  const programs = new Set([
    command.name?.literal,
    ...(cache.name === "apt" ? ["apt-get", "apt", "aptitude"] : []),
  ]);
  const last = script.commands.findLast((it) => programs.has(it.name?.literal));
  const newText = remedy.command(command.name?.literal ?? cache.name);
  const edit = last && appendCommand(newText, last, script, run, stage);
  return edit ? [{ kind: cache.fix, title: `Add ${newText}`, edits: [edit] }] : [];
}

/** Where the last RUN begins, in this stage or one built on it, that installs without an update of its own. */
function lastUseOfLists(stage: Stage): number {
  const runs = stage.model.stages
    .filter((it) => isBuiltOn(it, stage))
    .flatMap((it) => it.instructions.filter((run) => installsWithoutUpdate(run, it)));
  return runs.at(-1)?.span.start ?? -1;
}

function isBuiltOn(stage: Stage, base: Stage): boolean {
  return stage === base || (stage.base.kind === "stage" && isBuiltOn(stage.base.stage, base));
}

function installsWithoutUpdate(run: Instruction, stage: Stage): boolean {
  const commands = run.name === "RUN" ? (stage.scriptOf(run)?.commands ?? []) : [];
  const first = commands.find((it) => /^(apt|apt-get|aptitude)$/.test(it.name?.literal ?? ""));
  return first !== undefined && !first.arguments.some((it) => it.literal === "update");
}
