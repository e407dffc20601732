import { notedOnModel } from "../../model/stage/dockerfile-model.ts";
import { packageJson } from "../../model/stage/package-json.ts";
import { isWithin, resolvePath } from "../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import type { KnownFile, StageState } from "../../model/stage/state.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, ShellWord } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { directoryOfCommand } from "../knowledge/commands/command-directory.ts";
import { installedBy } from "../knowledge/packages/installed-folders.ts";
import { developmentInstall, takesDevAway } from "../knowledge/packages/node/node-installs.ts";
import {
  type PackageCommand,
  packageCommandsIn,
  programsOf,
  readPackageCommand,
} from "../knowledge/packages/package-commands.ts";
import { secretFileKind } from "../knowledge/secrets/secret-files.ts";
import { scriptFlow } from "../knowledge/shell/script-flow.ts";
import { withEnvironment } from "../knowledge/shell/with-environment.ts";
import { fewTimes } from "../knowledge/stages/few-times.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { stageWith } from "../knowledge/stages/stage-with.ts";
import { type CommandCall, commandRule, type Fix, type Report } from "../rule.ts";
import { mergeRuns } from "../writing/dockerfile/merge-runs.ts";

const NODE_MANAGERS: readonly string[] = ["npm", "pnpm", "yarn"];

export const deletedLater = commandRule({
  id: "deleted-later",
  title: "Files removed after their layer was stored",
  severity: "info",
  tags: ["size", "security"],
  aliases: ["S54", "rm-in-later-layer"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`rm\` in a RUN of a shipped stage on files that an earlier COPY, ADD, download or build of the stage has certainly
      stored, and packages that a later RUN takes away again: \`apk del\`, \`apt-get purge\`, \`npm prune --omit=dev\`. Small files, and
      caches of package managers, are left out.`,
    why: source`
      Each instruction stores a layer of its own. Removing a file later hides it: it is still pulled with the image, and anybody can
      read it. Remove it in the RUN that wrote it, or mount it with \`RUN --mount=type=bind\` in place of COPY.`,
    bad: source`
      FROM debian:trixie-slim
      ADD https://example.com/tool.tar.gz /tmp/tool.tar.gz
      RUN tar -xzf /tmp/tool.tar.gz -C /opt && rm /tmp/tool.tar.gz
                                               ^^^^^^^^^^^^^^^^^^^ deleted-later: /tmp/tool.tar.gz stays in the layer of the ADD above.`,
    good: source`
      FROM debian:trixie-slim
      RUN --mount=type=bind,source=tool.tar.gz,target=/tmp/tool.tar.gz tar -xzf /tmp/tool.tar.gz -C /opt`,
  },
  programs: ["rm", "unlink", ...NODE_MANAGERS, ...programsOf("apk", "apt", "dnf", "yum")],

  check(call, report) {
    const { command, script, instruction, stage } = call;
    if (instruction.name !== "RUN" || command.conditional || !isShipped(stage)) return;
    if (NODE_MANAGERS.includes(call.program)) {
      checkDevelopment(call, report);
      return;
    }
    if (call.program !== "rm" && call.program !== "unlink") {
      checkPackages(call, report);
      return;
    }
    const words = withEnvironment(command, script, instruction, stage).arguments;
    if (!words.some(isPath)) return;
    const before = stage.before(instruction);
    const { firstMove, positions } = scriptFlow(script);
    const position = positions.get(command) ?? 0;
    const known = before.workdir.known ? before.workdir.value : undefined;
    // Where a script has moved to is looked for in what somebody wrote by hand only.
    const workdir =
      firstMove >= position
        ? known
        : position < MOST_COMMANDS
          ? directoryOfCommand(command, script, before)
          : undefined;
    for (const word of words) {
      const path = isPath(word) ? resolvePath(workdir, word.literal ?? "") : undefined;
      const writtenBy = path === undefined ? undefined : writerOf(path, before, call);
      if (path === undefined || !writtenBy) continue;
      report(command.span, `${path} stays in the layer of the ${writtenBy.name} above.`, {
        related: [{ message: "It was stored here.", span: writtenBy.span }],
        fixes: fixesOf(writtenBy, call),
      });
      return;
    }
  },
});

const MOST_COMMANDS = 100;

/** `npm prune --omit=dev` in another RUN than the one that installed them. */
function checkDevelopment(call: CommandCall, report: Report): void {
  const { command, instruction, stage } = call;
  const value = stage.before(instruction).variable("NODE_ENV");
  if (!takesDevAway(command, value.known ? value.value : undefined)) return;
  const json = packageJson(stage.model);
  const names = json ? [...json.devDependencies].filter((it) => !json.dependencies.has(it)) : [];
  const install = json && names.length > 0 ? developmentInstall(stage, json, instruction) : undefined;
  if (!install) return;
  report(command.span, "The devDependencies stay in the layer of the RUN above.", {
    related: [{ message: "They were installed here.", span: install.run.span }],
    fixes: fixesOf(install.run, call),
  });
}

/** `apk del gcc` in another RUN than the one that installed it. */
function checkPackages(call: CommandCall, report: Report): void {
  const { command, instruction, stage } = call;
  const removal = readPackageCommand(command);
  if (removal?.act !== "remove") return;
  const [first] = removal.operands
    .flatMap((it) => {
      const run = it.literal === undefined ? undefined : installing(stage).get(keyOf(removal, it.literal));
      return run && run.span.start < instruction.span.start ? [{ name: it.literal, run }] : [];
    })
    .sort((a, b) => a.run.span.start - b.run.span.start);
  if (!first) return;
  report(command.span, `${first.name} stays in the layer of the RUN above.`, {
    related: [{ message: "It was installed here.", span: first.run.span }],
    fixes: fixesOf(first.run, call),
  });
}

/** The first RUN of a stage that names a package, or a group of them, to the program that installs. */
const installing = notedOnStage((stage): ReadonlyMap<string, Instruction> => {
  const runs = new Map<string, Instruction>();
  for (const run of stage.instructions) {
    const script = run.name === "RUN" ? stage.commandsOf(run) : undefined;
    for (const it of script ? packageCommandsIn(script) : [])
      for (const word of it.act === "install" ? it.words : []) {
        const key = keyOf(it, word.replace(/[=<>~].*$/, ""));
        if (!runs.has(key)) runs.set(key, run);
      }
  }
  return runs;
});

function keyOf({ program }: PackageCommand, name: string): string {
  return `${program} ${name}`;
}

function isPath({ literal }: ShellWord): boolean {
  return literal !== undefined && !literal.startsWith("-");
}

/** The instruction in whose layer this path is stored, or dependencies that a RUN installed there. */
function writerOf(path: string, before: StageState, call: CommandCall): Instruction | undefined {
  const { instruction, stage } = call;
  const stored = storedAt(path, before, call);
  if (stored) return stored.writtenBy;
  const installed = installedAt(stage).get(path) ?? clonedAt(stage).get(path);
  return installed && installed.span.start < instruction.span.start ? installed : undefined;
}

/** `node_modules` and the like, by the first RUN that installs them. */
const installedAt = notedOnStage((stage): ReadonlyMap<string, Instruction> => {
  const found = new Map<string, Instruction>();
  for (const run of stage.instructions)
    if (run.name === "RUN" && run.flags.length === 0)
      for (const { path } of installedBy(run, stage)) if (!found.has(path)) found.set(path, run);
  return found;
});

/** Repositories, by the absolute path to which a RUN clones them and where nothing of that RUN may remove them. */
const clonedAt = notedOnStage((stage): ReadonlyMap<string, Instruction> => {
  const found = new Map<string, Instruction>();
  for (const run of stage.instructions) {
    if (run.name !== "RUN" || run.flags.length > 0 || !run.body.text.includes("git")) continue;
    const commands = stage.commandsOf(run)?.commands ?? [];
    for (const { name, arguments: words, conditional } of commands) {
      const path = words.at(-1)?.literal;
      if (name?.literal !== "git" || conditional || words[0]?.literal !== "clone" || !path?.startsWith("/"))
        continue;
      const isRemoved = commands.some((it) => /^(rm|mv|find)$/.test(it.name?.literal ?? ""));
      if (!isRemoved && !found.has(path)) found.set(path, run);
    }
  }
  return found;
});

/** What an earlier instruction put at this path, or below it. */
function storedAt(path: string, before: StageState, { stage }: CommandCall): KnownFile | undefined {
  if (before.hasPath(path).is !== "yes") return undefined;
  const own = before.fileAt(path);
  const isStored = (it: KnownFile | undefined) => it !== undefined && isWorthIt(it, stage);
  if (isStored(own) && (own?.kind !== "directory" || /^(COPY|ADD)$/.test(own.writtenBy.name))) return own;
  if (own && own.kind !== "directory") return undefined;
  if (!isListed(stage.model)) return undefined;
  return before.files.find(
    (it) => it.kind !== "directory" && isWithin(it.path, path) && isWorthIt(it, stage),
  );
}

const isListed = fewTimes(notedOnModel, 50);

/** Here-documents, `touch`, what a shell redirects and what is text by its name are a few kilobytes. */
function isWorthIt(file: KnownFile, stage: Stage): boolean {
  const { name, hereDocuments, words } = file.writtenBy;
  if (name === "COPY" || name === "ADD") {
    const sources = words.slice(0, -1).map((it) => it.raw);
    return hereDocuments.length === 0 && !sources.every((it) => SMALL.test(it) && !secretFileKind(it));
  }
  const owner = name === "RUN" ? stageWith(file.writtenBy, stage) : undefined;
  const script = owner?.commandsOf(file.writtenBy);
  return file.binary !== undefined || (script?.commands.some(isHeavyWriter) ?? false);
}

const SMALL =
  /\.(key|gpg|asc|pub|sh|txt|conf|cfg|ini|json|ya?ml|toml|lock|repo|list|patch|diff|md|env|py|rb|js|ts|pl|c|h|go|rs|mod|sum|xml|ps1|bat)$|(^|\/)(Gemfile|Makefile|Pipfile|\.\w+)$/;

function isHeavyWriter({ name }: Command): boolean {
  return /^(curl|wget|git|go|cargo|tar|cp|dd|mvn|gradle)$/.test(name?.literal ?? "");
}

function fixesOf(writer: Instruction, { run, stage }: CommandCall): readonly Fix[] {
  const edit = writer.name === "RUN" ? mergeRuns(writer, run, stage) : undefined;
  return edit ? [{ kind: "unsafe", title: "Make one RUN of the two", edits: [edit] }] : [];
}
