import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { mountsOf } from "../../syntax/dockerfile/run-mounts.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { type Command, notedOnScript } from "../../syntax/shell/script.ts";
import { listed } from "../../text/listed.ts";
import { source } from "../../text/source.ts";
import { programsOf, readPackageCommand } from "../knowledge/packages/package-commands.ts";
import { unpinnedBy } from "../knowledge/packages/package-versions.ts";
import { type CommandCall, commandRule } from "../rule.ts";

export const unpinnedPackage = commandRule({
  id: "unpinned-package",
  title: "Package installed without a version",
  severity: "warning",
  tags: ["reproducible"],
  aliases: ["DL3008", "DL3013", "DL3016", "DL3018", "DL3028", "DL3033", "DL3037", "DL3041", "DL3062"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports packages that RUN installs without saying which version: apt, apk, dnf, yum, zypper, pip, npm, gem,
      pecl and \`go install\`. Files, directories, lock files and names that a variable completes are
      fine, and so are certificates and time zones, of which only the newest are right.`,
    why: source`
      Each build that is not served from the cache takes the newest version there is. Two images of one commit differ, and a
      new release can break a build in which nothing changed. Distributions take old versions away, so a pin of their
      packages has to be kept up to date; a project that lives with the newest of them can turn this off by
      \`DL3008\`, \`DL3018\` and the like.`,
    bad: source`
      FROM python:3.14-slim
      RUN pip install --no-cache-dir flask gunicorn==23.0.0
          ^^^^^^^^^^^ unpinned-package: No version is given for flask, so a later build may get another one.`,
    good: source`
      FROM python:3.14-slim
      RUN pip install --no-cache-dir flask==3.1.2 gunicorn==23.0.0`,
  },
  programs: programsOf("apk", "apt", "dnf", "yum", "zypper", "pip", "npm", "gem", "pecl", "go"),

  check(call, report) {
    const command = readPackageCommand(call.command);
    const unpinned = command && unpinnedBy(command, (it) => variableIn(it, call));
    if (!command || !unpinned) return;
    if (command.manager === "pip" && call.stage.before(call.instruction).isSet("PIP_CONSTRAINT").is === "yes")
      return;
    const packages =
      command.manager === "go" && mayBeInModule(call)
        ? unpinned.packages.filter((it) => it.includes("@"))
        : unpinned.packages;
    if (packages.length === 0) return;
    report(
      command.span,
      `No version is given for ${listed(packages, MOST_NAMED)}, so a later build may get another one.`,
      { aliases: unpinned.aliases },
    );
  },
});

/** As the script sets a variable in front of the command, else as ENV and ARG do. */
function variableIn(name: string, { script, command, stage, instruction }: CommandCall): string | undefined {
  const setting = settersIn(script)
    .get(name)
    ?.findLast((it) => it.span.start < command.span.start);
  if (setting) {
    const assignment = setting.assignments.findLast((it) => it.name === name);
    return setting.conditional ? undefined : assignment?.value?.literal;
  }
  const known = stage.before(instruction).variable(name);
  return known.known ? known.value : undefined;
}

/** Bare assignments of a script by the name of the variable, kept for all its commands. */
const settersIn = notedOnScript((script): ReadonlyMap<string, readonly Command[]> => {
  const setters = new Map<string, Command[]>();
  for (const command of script.commands.filter((it) => !it.name))
    for (const { name } of command.assignments) {
      const list = setters.get(name);
      if (list) list.push(command);
      else setters.set(name, [command]);
    }
  return setters;
});

/** In a module, go.mod has the versions. It comes with sources, which somebody has to put there first. */
function mayBeInModule({ script, command, run, stage, instruction }: CommandCall): boolean {
  return script.commands[0] !== command || bringsFiles(run) || firstFiles(stage) < instruction.span.start;
}

/** Where files from outside come into a stage for the first time, kept for all its commands. */
const firstFiles = notedOnStage((stage: Stage): number => {
  let first = Number.POSITIVE_INFINITY;
  for (const { instructions } of stagesDownFrom(stage))
    first = Math.min(first, instructions.find(bringsFiles)?.span.start ?? Number.POSITIVE_INFINITY);
  return first;
});

function bringsFiles(instruction: Instruction): boolean {
  const { name } = instruction;
  return name === "COPY" || name === "ADD" || mountsOf(instruction).some((it) => it.type === "bind");
}

const MOST_NAMED = 3;
