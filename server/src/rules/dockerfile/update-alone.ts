import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Script } from "../../syntax/shell/script.ts";
import type { TextEdit } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import {
  cacheOf,
  emptiesCache,
  isMounted,
  type PackageCache,
} from "../knowledge/packages/caches/package-caches.ts";
import { hasOption, type PackageCommand, packageCommandsIn } from "../knowledge/packages/package-commands.ts";
import { dockerfileRule, type Fix } from "../rule.ts";
import { prependCommand } from "../writing/commands/append-command.ts";
import { removeButComments } from "../writing/dockerfile/lines.ts";

export const updateAlone = dockerfileRule({
  id: "update-alone",
  title: "Package lists updated in a RUN of their own",
  severity: "warning",
  tags: ["cache", "build"],
  aliases: ["DS-0017", "CKV_DOCKER_5", "CIS-DI-0007", "S6595"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`apt-get update\` and \`apk update\` in a RUN that installs nothing, where a later RUN installs from the lists
      without an update of its own.`,
    why: source`
      The build cache keeps the lists for as long as nothing above them changes. Another package added to the later RUN is
      then looked up in lists that may be months old: the build gets an old version, or fails since the server has it no
      longer.`,
    bad: source`
      FROM debian:trixie-slim
      RUN apt-get update
          ^^^^^^^^^^^^^^ update-alone: The RUN on line 3 installs from these lists, and the build cache keeps them however old they are.
      RUN apt-get install -y curl`,
    good: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y curl`,
  },

  check(model, report) {
    // Most files update in the RUN that installs, or not at all.
    if (!/\bupdate\b/.test(model.file.text)) return;
    for (const update of updatesOf(model)) {
      const [first] = update.users;
      if (!first) continue;
      const line = first.run.startLine + 1;
      report(
        update.command.span,
        `The RUN on line ${line} installs from these lists, and the build cache keeps them however old they are.`,
        {
          related: [{ message: "This installs from the lists.", span: first.command.span }],
          fixes: fixesOf(update),
        },
      );
    }
  },
});

/** A call of a package manager with the RUN that it stands in. */
interface Step {
  readonly command: PackageCommand;
  readonly script: Script;
  readonly run: Instruction;
  readonly stage: Stage;
}

/** An update that stands alone, and what installs from its lists: one step a RUN, the first. */
interface LoneUpdate extends Step {
  readonly users: Step[];
}

/** Package managers whose lists are as old as the layer they are in; others look for newer ones by themselves. */
const caches = ["apt", "apk"].flatMap((it) => cacheOf(it) ?? []);

/** Lists in force, by the name of the package manager. */
type Lists = ReadonlyMap<string, LoneUpdate>;

function updatesOf(model: DockerfileModel): readonly LoneUpdate[] {
  const updates: LoneUpdate[] = [];
  const ends = new Map<Stage, Lists>();
  for (const stage of model.stages) {
    const lists = new Map(stage.base.kind === "stage" ? ends.get(stage.base.stage) : undefined);
    for (const run of stage.instructions) {
      if (run.name !== "RUN" || (lists.size === 0 && (!says(MAY_UPDATE, run) || isWithInstall(run))))
        continue;
      const script = stage.commandsOf(run);
      if (!script) continue;
      const steps = packageCommandsIn(script);
      if (steps.length === 0) continue;
      for (const cache of caches) updates.push(...readRun(cache, steps, { script, run, stage }, lists));
    }
    ends.set(stage, lists);
  }
  return updates;
}

/** Without lists in force, other RUNs have nothing to do with any; their scripts need not be read. */
const MAY_UPDATE = /\bupdate\b/;

/** As most are written, which shows without the script. Another update in the same RUN may be one of another manager. */
function isWithInstall({ rest: { text } }: Instruction): boolean {
  return WITH_INSTALL.test(text) && text.match(/\bupdate\b/g)?.length === 1;
}

const WITH_INSTALL =
  /^(?:set\s+-\w+\s*(?:;|&&)\s*)?apt(?:-get)?(?:\s+-[\w-]+)*\s+update(?:\s+-[\w-]+)*\s*&&\s*apt(?:-get)?(?:\s+-[\w-]+)*\s+install\s/;

/** What a RUN does with the lists of one package manager. Gives the update that stands alone in it. */
function readRun(
  cache: PackageCache,
  all: readonly PackageCommand[],
  place: Omit<Step, "command">,
  lists: Map<string, LoneUpdate>,
): readonly LoneUpdate[] {
  const { name } = cache;
  const steps = all.filter((it) => it.manager === name && (it.act === "refresh" || usesLists(it)));
  const [first] = steps;
  const update = steps.find((it) => it.act === "refresh");
  // Most RUNs neither update nor have lists of a lone update to use or to empty.
  if (!update && !lists.has(name)) return [];
  if (first && first !== update) lists.get(name)?.users.push({ ...place, command: first });
  const isEmptied = place.script.commands.some((it) => emptiesCache(cache, it));
  if (update || isEmptied) lists.delete(name);
  if (!update || first !== update || steps.some(usesLists) || isEmptied) return [];
  if (update.command.conditional || isMounted(cache, place.run)) return [];
  const lone: LoneUpdate = { ...place, command: update, users: [] };
  lists.set(name, lone);
  return [lone];
}

/** Does the command look packages up in the lists that are there? */
function usesLists(command: PackageCommand): boolean {
  if (command.manager === "apk" && hasOption(command, "--no-cache", "-U", "--update", "--update-cache"))
    return false;
  return ["install", "upgrade", "release"].includes(command.act);
}

function fixesOf({ command, script, run, stage, users }: LoneUpdate): readonly Fix[] {
  const { file } = stage.model;
  const text = file.text.slice(command.command.span.start, command.command.span.end);
  const update = /^[\w /=-]+$/.test(text) && !run.exec ? text : `${command.program} ${command.verb}`;
  const edits: TextEdit[] = [];
  for (const user of users) {
    const edit = prependCommand(update, user.command.command, user.script, user.run, user.stage);
    if (!edit) return [];
    edits.push(edit);
  }
  // What else the RUN does stays where it is.
  if (script.commands.length === 1 && run.flags.length === 0) edits.push(...removeButComments(file, run));
  return [{ kind: "unsafe", title: `Run ${update} in the RUN that installs`, edits }];
}
