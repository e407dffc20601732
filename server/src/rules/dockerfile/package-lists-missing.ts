import { imageNameBelow } from "../../model/stage/base-image.ts";
import { mayCopyTo } from "../../model/stage/copy-target.ts";
import { hasDebiansSources, mayChangeSources } from "../../model/stage/package-sources.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { notedAlongChain } from "../../model/stage/stage-graph.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { setsUpSystem } from "../knowledge/commands/system-setup.ts";
import { readPackageCommand } from "../knowledge/packages/package-commands.ts";
import { programsOfAptPackage } from "../knowledge/packages/system/install.ts";
import { areListsUsedBehind } from "../knowledge/packages/system/package-lists.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";
import { appendCommand } from "../writing/commands/append-command.ts";

export const packageListsMissing = commandRule({
  id: "package-lists-missing",
  title: "Install by apt-get without lists of packages",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`apt-get install\` in an official image that is built on Debian or Ubuntu where no \`apt-get update\` has run, or its
      lists were removed since. Looks at packages whose programs are certainly not there yet, and is silent where a command,
      a script or a mount may have brought lists.`,
    why: source`
      Official images come without the lists of packages, and \`rm -rf /var/lib/apt/lists/*\` at the end of a RUN takes them away
      again. apt then knows no package at all: "Unable to locate package", and the build ends.`,
    bad: source`
      FROM debian:13-slim
      RUN apt-get install -y --no-install-recommends curl
          ^^^^^^^^^^^^^^^ package-lists-missing: apt knows no curl here: nothing has fetched its lists of packages.`,
    good: source`
      FROM debian:13-slim
      RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*`,
  },
  programs: ["apt", "apt-get"],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    const install = readPackageCommand(command);
    if (install?.verb !== "install" || run !== instruction || !comesWithoutLists(stage)) return;
    if (mountsLists(run) || bringsLists(run, command.span.start) || listsAt(stage).get(run) !== "none")
      return;
    const failure = failureOf(command, script, run, stage);
    const missing = install.operands.find(({ literal }) => literal !== undefined && isMissing(literal, call));
    if (failure === "allowed" || !missing) return;
    report(install.span, `apt knows no ${missing.literal} here: nothing has fetched its lists of packages.`, {
      severity: failure === "stops" ? "error" : "warning",
      fixes: fixesOf(call),
    });
  },
});

/** What is there already apt takes for done, lists or not. */
function isMissing(name: string, { command, instruction, stage }: CommandCall): boolean {
  const state = stage.beforeCommand(command, instruction);
  return programsOfAptPackage(name).some((it) => state.hasTool(it).is === "no");
}

function comesWithoutLists(stage: Stage): boolean {
  const isUbuntu = imageNameBelow(stage)?.name === "ubuntu";
  return isUbuntu ? !mayChangeSources(stage) : hasDebiansSources(stage);
}

type Lists = "none" | "there" | "unknown";

/** What apt knows in front of each instruction of a stage, and behind the last. */
const listsAt = notedAlongChain<ReadonlyMap<Instruction | "end", Lists>>((stage, below) => {
  let lists: Lists = below?.get("end") ?? "none";
  const known = new Map<Instruction | "end", Lists>();
  for (const instruction of stage.instructions) {
    known.set(instruction, lists);
    lists = behind(instruction, stage, lists);
  }
  return known.set("end", lists);
});

function behind(instruction: Instruction, stage: Stage, before: Lists): Lists {
  const { name } = instruction;
  if (name === "COPY" || name === "ADD")
    return mayCopyTo(/^\/(?:var(?:\/|$)|$)/, instruction, stage) ? "unknown" : before;
  if (name !== "RUN" || mountsLists(instruction)) return before;
  const text = textOf(instruction);
  const removed = text.lastIndexOf("/var/lib/apt");
  if (removed > Math.max(text.lastIndexOf("update"), text.lastIndexOf("upgrade"))) return "none";
  if (/\bupdate\b/.test(text)) return "there";
  const commands = stage.commandsOf(instruction)?.commands;
  return commands?.every((it) => setsUpSystem(it) || HARMLESS.has(it.name?.literal ?? ""))
    ? before
    : "unknown";
}

function textOf({ body, hereDocuments }: Instruction): string {
  return [body.text, ...hereDocuments.map((it) => it.text.text)].join("\n");
}

/** Does the RUN say anything in front of a command that may fetch lists? */
function bringsLists(run: Instruction, end: number): boolean {
  const at = textOf(run).search(/\bupdate\b|install_packages|\baptitude\b|\bsource\b|\beval\b|\bmake\b/);
  return at >= 0 && run.body.toSource(at) < end;
}

/** Lists that are in a cache mount come and go with it. */
function mountsLists({ flags }: Instruction): boolean {
  return flags.some(({ value }) => value !== undefined && /\/var\b|target=\/(?:,|$)/.test(value));
}

/** Nor do these fetch lists for apt. Any other program may. */
const HARMLESS: ReadonlySet<string> = new Set(
  (
    "echo printf cd mkdir rm cp mv ln chmod chown curl wget tar unzip git sed cat touch test [ ldconfig pip pip3 npm yarn go cargo gem bundle " +
    "composer"
  ).split(" "),
);

/** What is fetched is taken away again, where no later RUN installs from it. */
function fixesOf({ command, script, run, stage }: CommandCall): Fix[] {
  if (run.exec || command.conditional || command.subshell || command.assignments.length > 0) return [];
  if (command.after !== "first" && command.after !== "&&") return [];
  const edits = [insert(command.span.start, "apt-get update && ")];
  const last = script.commands.findLast((it) => readPackageCommand(it)?.manager === "apt");
  const isKept = textOf(run).includes("/var/lib/apt") || areListsUsedBehind(run, stage);
  const removal = isKept || !last ? undefined : appendCommand(LISTS_REMOVED, last, script, run, stage);
  if (removal) edits.push(removal);
  return [{ kind: "unsafe", title: "Fetch the lists first", edits }];
}

const LISTS_REMOVED = "rm -rf /var/lib/apt/lists/*";
