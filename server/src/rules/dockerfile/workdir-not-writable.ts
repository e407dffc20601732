import { resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { failsRun, mayFail } from "../knowledge/build-failure.ts";
import { targetFolder } from "../knowledge/context-sources.ts";
import { writesToDirectory } from "../knowledge/directory-writers.ts";
import { plainUser } from "../knowledge/user-ids.ts";
import { type Fix, stageRule } from "../rule.ts";
import { insertAbove } from "../writing/lines.ts";

export const workdirNotWritable = stageRule({
  id: "workdir-not-writable",
  title: "Working directory of root's that another user writes to",
  severity: "error",
  tags: ["build"],
  aliases: ["S29", "workdir-root-owned"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a RUN that writes to its working directory (\`npm ci\`, \`go build\`, \`mkdir\` …) as a user that is certainly not root,
      where WORKDIR has made that directory as root and nothing has given it away since.`,
    why: source`
      WORKDIR makes a directory for the user that is in force where it stands (moby/buildkit, dockerfile2llb/convert.go), mostly
      root, and \`COPY --chown\` changes what it copies but not the directory. The command ends with "permission denied".`,
    bad: source`
      FROM node:24-alpine
      WORKDIR /app
      USER node
      COPY --chown=node package.json package-lock.json ./
      RUN npm ci
          ^^^^^^ workdir-not-writable: npm writes to /app, which belongs to root, and this RUN runs as node.`,
    good: source`
      FROM node:24-alpine
      USER node
      WORKDIR /home/node/app
      COPY --chown=node package.json package-lock.json ./
      RUN npm ci`,
  },

  check(stage, report) {
    const made = new Map<string, Instruction>();
    for (const instruction of stage.instructions) {
      if (instruction.name === "WORKDIR") noteMade(instruction, stage, made);
      else for (const path of givenAway(instruction, stage, made)) made.delete(path);
      if (instruction.name !== "RUN" || made.size === 0) continue;
      const state = stage.before(instruction);
      const user = plainUser(state, stage);
      const workdir = state.workdir.known ? state.workdir.value : "";
      const maker = made.get(workdir);
      const writer = maker && user !== undefined ? writerIn(instruction, stage) : undefined;
      const name = writer?.command.name;
      if (!maker || user === undefined || !writer || !name) continue;
      report(
        writer.command.span,
        `${name.raw} writes to ${workdir}, which belongs to root, and this RUN runs as ${user}.`,
        {
          related: [
            { message: "The directory is made here, as root.", span: maker.span },
            ...state.user.because,
          ],
          fixes: giveAway(workdir, user, maker, stage),
          severity: failsRun(writer.command, writer.script, instruction, stage) ? "error" : "warning",
        },
      );
      return;
    }
  },
});

/** A directory that was certainly not there before this WORKDIR, and is certainly root's behind it. */
function noteMade(workdir: Instruction, stage: Stage, made: Map<string, Instruction>): void {
  const before = stage.before(workdir);
  const { workdir: path } = stage.after(workdir);
  if (!path.known || !before.user.known || !before.user.value.isRoot || made.has(path.value)) return;
  if (before.hasPath(path.value).is === "no") made.set(path.value, workdir);
}

/** Directories that may have got another owner or mode, or be other ones now. */
function givenAway(
  instruction: Instruction,
  stage: Stage,
  made: ReadonlyMap<string, Instruction>,
): readonly string[] {
  if (made.size === 0) return [];
  const { name, flags } = instruction;
  if (name === "COPY" || name === "ADD") {
    const hasOwner = flags.some((it) => ["chown", "chmod", "from"].includes(it.name));
    const target = targetFolder(instruction, stage);
    // A folder that is copied to a directory may take its owner along; files leave the directory as it is.
    const areFiles = instruction.words.slice(0, -1).every((it) => /[^/.][^/]*\.\w+\*?$/.test(it.raw));
    return hasOwner && !areFiles
      ? [...made.keys()].filter((it) => target === undefined || it.startsWith(target))
      : [];
  }
  if (name !== "RUN") return [];
  const script = stage.commandsOf(instruction);
  const user = stage.before(instruction).user;
  const mayGive = !user.known || user.value.isRoot;
  return mayGive && (!script?.complete || script.commands.some(mayChangeOwner)) ? [...made.keys()] : [];
}

/** Anything but what is known to leave owners and modes alone. */
function mayChangeOwner({ name }: Command): boolean {
  return name !== undefined && !KEEPS_OWNERS.test(name.literal ?? "");
}

const KEEPS_OWNERS =
  /^(:|set|true|echo|printf|export|cd|apk|apt-get|apt|dnf|yum|microdnf|adduser|addgroup|useradd|groupadd|corepack|npm|pnpm|yarn|pip3?|go|cargo|curl|wget|mkdir|rm|touch|cat|ls|update-ca-certificates)$/;

interface Writer {
  readonly command: Command;
  readonly script: Script;
}

/** The first command that certainly writes to the directory that the RUN starts in. */
function writerIn(run: Instruction, stage: Stage): Writer | undefined {
  const script = stage.commandsOf(run);
  const { workdir } = stage.before(run);
  if (!script?.complete || !workdir.known) return undefined;
  // What is mounted there has an owner of its own.
  const isMounted = run.flags.some(({ name, fields }) => {
    const target = fields.find((it) => ["target", "dst", "destination"].includes(it.name))?.value;
    return name === "mount" && resolvePath(workdir.value, target ?? "/") === workdir.value;
  });
  if (isMounted) return undefined;
  const moved = script.commands.findIndex((it) =>
    /^(cd|pushd|sudo|su|umask|\.|source)$/.test(it.name?.literal ?? ""),
  );
  const own = moved < 0 ? script.commands : script.commands.slice(0, moved);
  const command = own.find((it) => !mayFail(it) && writesToDirectory(it));
  return command && { command, script };
}

function giveAway(path: string, user: string, maker: Instruction, stage: Stage): readonly Fix[] {
  const switched = stage.instructions.find(
    (it) =>
      it.name === "USER" && it.span.start > maker.span.start && plainUser(stage.after(it), stage) === user,
  );
  const { user: before, hasShell } = switched ? stage.before(switched) : stage.initial;
  const isRoot = before.known && before.value.isRoot && hasShell.is === "yes";
  if (!switched || !isRoot || !/^[\w./-]+$/.test(path)) return [];
  const title = `Give ${path} to ${user}`;
  return [
    { kind: "unsafe", title, edits: [insertAbove(stage.model.file, switched, `RUN chown ${user} ${path}`)] },
  ];
}
