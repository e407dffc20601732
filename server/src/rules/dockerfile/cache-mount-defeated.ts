import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../syntax/shell/script.ts";
import { remove } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import {
  emptiesCache,
  isKeptInMount,
  isTurnedOff,
  mountedCaches,
  type PackageCache,
  usesCache,
  variableOf,
} from "../knowledge/package-caches.ts";
import { readPackageCommand, textOf } from "../knowledge/package-commands.ts";
import { type Fix, instructionRule, type Report } from "../rule.ts";
import { prependCommand } from "../writing/append-command.ts";
import { removeCommand } from "../writing/remove-command.ts";

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

  check(run, stage, report) {
    if (!run.flags.some((it) => it.name === "mount")) return;
    const caches = mountedCaches.filter((it) => isKeptInMount(it, run));
    const script = caches.length > 0 ? stage.commandsOf(run) : undefined;
    if (!script?.complete) return;
    for (const cache of caches) {
      const users = script.commands.filter((it) => usesCache(cache, it));
      const [first] = users;
      if (!first) continue;
      for (const command of users) reportOff({ cache, command, script, run, stage }, report);
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

/** By an option or a variable. */
function reportOff(place: Place, report: Report): void {
  const { cache, command, run, stage } = place;
  const { off } = cache;
  if (isTurnedOff(cache, command)) {
    const at = command.arguments.findIndex((it) => textOf(it) === off);
    const word = command.arguments[at];
    const before = command.arguments[at - 1] ?? command.name;
    if (!word || !before) return;
    const gap = stage.model.file.text.slice(before.span.end, word.span.start);
    const start = /^,?[ \t]+$/.test(gap) ? before.span.end : word.span.start;
    const isRemovable = !run.exec || start === before.span.end;
    report(word.span, `With ${off} ${cache.name} does not use the cache mount.`, {
      fixes: isRemovable
        ? [{ kind: "safe", title: `Remove ${off}`, edits: [remove({ start, end: word.span.end })] }]
        : [],
    });
    return;
  }
  const variable = variableOf(cache, { ...place, instruction: run });
  if (variable?.says !== "off" || !command.name) return;
  const { assignment } = variable;
  const next = command.assignments.find((it) => assignment && it.span.start > assignment.span.start);
  report(
    assignment?.span ?? command.name.span,
    `With ${variable.name}=${variable.value} ${cache.name} does not use the cache mount.`,
    {
      related: variable.because,
      fixes: assignment
        ? [
            {
              kind: "safe",
              title: `Remove ${variable.name}`,
              edits: [remove({ start: assignment.span.start, end: (next ?? command.name).span.start })],
            },
          ]
        : [],
    },
  );
}

/** By a file in the image. */
function reportCleaning({ cache, command, script, run, stage }: Place, report: Report): void {
  const { cleaningFile } = cache;
  const call = readPackageCommand(command);
  if (cleaningFile === undefined || !call) return;
  const there = stage.after(run).hasPath(cleaningFile);
  if (there.is !== "yes") return;
  const text = `rm -f ${cleaningFile}`;
  const edit = prependCommand(text, script.commands[0] ?? command, script, run, stage);
  report(call.span, `${cleaningFile} has apt empty the cache mount after each installation.`, {
    related: there.because,
    fixes: edit ? [{ kind: "unsafe", title: `Add ${text}`, edits: [edit] }] : [],
  });
}

/** By a command behind the installation. */
function reportEmptied({ cache, command, script, run, stage }: Place, report: Report): void {
  if (command.conditional || !emptiesCache(cache, command)) return;
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
  const edit = removeCommand(command, script, run, stage.model.file.text);
  return edit ? [{ kind: "safe", title: "Remove it", edits: [edit] }] : [];
}
