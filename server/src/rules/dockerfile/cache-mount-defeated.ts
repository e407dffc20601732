import { isOwn } from "../../model/stage/holding-stage.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../syntax/shell/script.ts";
import type { TextEdit } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import {
  CACHING_IN_MOUNTS,
  type CacheVariable,
  emptiesCache,
  isKeptInMount,
  isTurnedOff,
  mountedCaches,
  type PackageCache,
  usesCache,
  variableOf,
} from "../knowledge/packages/caches/package-caches.ts";
import { packageCommandsIn, readPackageCommand, textOf } from "../knowledge/packages/package-commands.ts";
import { type Fix, instructionRule, type Report } from "../rule.ts";
import { prependCommand } from "../writing/commands/append-command.ts";
import { removeArgument, removeAssignment } from "../writing/commands/command-words.ts";
import { removeCommands } from "../writing/commands/remove-commands.ts";

export const cacheMountDefeated = instructionRule({
  id: "cache-mount-defeated",
  title: "Cache mount that the package manager does not use",
  severity: "warning",
  tags: ["cache"],
  aliases: ["S32"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports RUN with a cache mount for a package manager that is told to keep no cache (\`--no-cache-dir\`,
      \`PIP_NO_CACHE_DIR\`, \`apk add --no-cache\`), that empties it in the same RUN, or, for apt in Debian's and Ubuntu's
      images, whose \`docker-clean\` empties it after each installation.`,
    why: source`
      What a cache mount holds is not part of the image, so there is nothing to save. Without it each build downloads all
      packages again, which the mount was there to spare.`,
    bad: source`
      FROM python:3.14-slim
      COPY requirements.txt .
      RUN --mount=type=cache,target=/root/.cache/pip pip install --no-cache-dir -r requirements.txt
                                                                 ^^^^^^^^^^^^^^ cache-mount-defeated: With --no-cache-dir pip does not use the cache mount.`,
    good: source`
      FROM python:3.14-slim
      COPY requirements.txt .
      RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt`,
  },
  instructions: ["RUN"],
  triggers: true,
  onlyWith: { programs: CACHING_IN_MOUNTS },

  check(run, stage, report) {
    if (!run.flags.some((it) => it.name === "mount")) return;
    const script = stage.commandsOf(run);
    const calls = script?.complete ? packageCommandsIn(script) : [];
    if (!script || calls.length === 0) return;
    const caches = mountedCaches.filter(
      (it) => calls.some((call) => call.manager === it.manager) && isKeptInMount(it, run),
    );
    for (const cache of caches) {
      const users = script.commands.filter((it) => usesCache(cache, it));
      const [first] = users;
      if (!first) continue;
      for (const command of users) {
        const place = { cache, command, script, run, stage };
        if (isTurnedOff(cache, command)) reportOption(place, report);
        else reportVariable(place, report);
      }
      reportCleaning({ cache, command: first, script, run, stage }, report);
      for (const command of script.commands)
        if (command.span.start > first.span.start)
          reportEmptied({ cache, command, script, run, stage }, report);
    }
  },
});

interface Place {
  readonly cache: PackageCache;
  readonly command: Command;
  readonly script: Script;
  readonly run: Instruction;
  readonly stage: Stage;
}

/** By an option. */
function reportOption(place: Place, report: Report): void {
  const { cache, command, run, stage } = place;
  const { off } = cache;
  const word = command.arguments.find((it) => textOf(it) === off);
  if (!word) return;
  const isOffAnyway = offBy(place) !== undefined;
  const edit = isOffAnyway ? undefined : removeArgument(word, command, run, stage.model.file.text);
  report(word.span, `With ${off} ${cache.name} does not use the cache mount.`, {
    fixes: fixesOf(`Remove ${off}`, edit),
  });
}

/** By a variable. */
function reportVariable(place: Place, report: Report): void {
  const { cache, command, stage } = place;
  const variable = offBy(place);
  if (!variable || !command.name) return;
  const { name, value, assignment, because } = variable;
  const isOffAnyway = offBy({ ...place, command: { ...command, assignments: [] } }) !== undefined;
  const edit =
    assignment && !isOffAnyway ? removeAssignment(assignment, command, stage.model.file.text) : undefined;
  report(
    assignment?.span ?? command.name.span,
    `With ${name}=${value} ${cache.name} does not use the cache mount.`,
    { related: because, fixes: fixesOf(`Remove ${name}`, edit) },
  );
}

function offBy(place: Place): CacheVariable | undefined {
  const variable = variableOf(place.cache, { ...place, instruction: place.run });
  return variable?.says === "off" ? variable : undefined;
}

/** By a file in the image. */
function reportCleaning({ cache, command, script, run, stage }: Place, report: Report): void {
  const { cleaningFile } = cache;
  const call = readPackageCommand(command);
  // What earlier triggers change is not evaluated.
  if (cleaningFile === undefined || !call || !isOwn(run, stage)) return;
  const there = stage.after(run).hasPath(cleaningFile);
  if (there.is !== "yes") return;
  const text = `rm -f ${cleaningFile}`;
  const edit = prependCommand(text, script.commands[0] ?? command, script, run, stage);
  report(call.span, `${cleaningFile} has apt empty the cache mount after each installation.`, {
    related: there.because,
    fixes: fixesOf(`Add ${text}`, edit, "unsafe"),
  });
}

/** By a command behind the installation. */
function reportEmptied({ cache, command, script, run, stage }: Place, report: Report): void {
  // `find` may look for some files only, and so does `rm` without `-r`.
  const isRm = command.name?.literal === "rm";
  if (command.conditional || command.name?.literal === "find" || !emptiesCache(cache, command)) return;
  if (isRm && !command.arguments.some((it) => /^(-\w*[rR]|--recursive$)/.test(it.raw))) return;
  // `dnf clean metadata` leaves the packages.
  const operands = readPackageCommand(command)?.operands.map(textOf) ?? [];
  if (operands.some((it) => it !== "all")) return;
  report(command.span, "This empties the cache mount, so that the next build starts without it.", {
    fixes: removal({ cache, command, script, run, stage }),
  });
}

function removal({ cache, command, script, run, stage }: Place): readonly Fix[] {
  const isRm = command.name?.literal === "rm";
  const paths = command.arguments.filter((it) => !it.raw.startsWith("-"));
  // What else it removes has to go all the same.
  if (isRm && !paths.every((it) => cache.content.test(textOf(it)))) return [];
  return fixesOf("Remove it", removeCommands([command], script, run, stage));
}

function fixesOf(title: string, edit: TextEdit | undefined, kind: Fix["kind"] = "safe"): readonly Fix[] {
  return edit ? [{ kind, title, edits: [edit] }] : [];
}
