import { joinPath, resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { mountsOf } from "../../syntax/dockerfile/run-mounts.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { DIRECTORY_WRITERS, entriesMade, type MadeEntry } from "../knowledge/commands/directory-writers.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { mayBeOpened } from "../knowledge/users/openings.ts";
import { plainUser } from "../knowledge/users/user-ids.ts";
import { type Fix, stageRule } from "../rule.ts";
import { insertAbove } from "../writing/dockerfile/lines.ts";

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
      where WORKDIR or \`mkdir\` has made that directory as root and nothing has given it away since.`,
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
  onlyWith: { programs: DIRECTORY_WRITERS },

  check(stage, report) {
    for (const instruction of stage.instructions) {
      // Hardly a RUN writes there for certain: only then the rest is worked out.
      const writer = instruction.name === "RUN" ? writerIn(instruction, stage) : undefined;
      if (!writer) continue;
      const state = stage.before(instruction);
      const user = plainUser(state, stage);
      const workdir = state.workdir.known ? state.workdir.value : undefined;
      if (user === undefined || workdir === undefined || mayBeOpened(workdir, instruction, stage)) continue;
      const owner = state.ownerOf(workdir);
      const { name } = writer.command;
      if (!owner.known || !owner.value.isRoot || !name || !isOwnMaker(owner.value.givenBy, stage)) continue;
      const { givenBy: maker } = owner.value;
      report(
        writer.command.span,
        `${name.raw} writes to ${workdir}, which belongs to root, and this RUN runs as ${user}.`,
        {
          related: [
            {
              message: `The directory is ${maker.name === "RUN" ? "root's from here on" : "made here, as root"}.`,
              span: maker.span,
            },
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

/** A folder that is copied brings its mode along, so only what WORKDIR and `mkdir` make is certain to be the owner's alone. */
function isOwnMaker(maker: Instruction, stage: Stage): boolean {
  return (maker.name === "WORKDIR" || maker.name === "RUN") && stage.instructions.includes(maker);
}

interface Writer {
  readonly command: Command;
  readonly script: Script;
}

/** The first command that certainly writes to the directory that the RUN starts in. */
function writerIn(run: Instruction, stage: Stage): Writer | undefined {
  const script = stage.commandsOf(run);
  if (!script?.complete || !script.commands.some((it) => entriesMade(it).length > 0)) return undefined;
  const before = stage.before(run);
  const { workdir } = before;
  if (!workdir.known) return undefined;
  // What is mounted there has an owner of its own.
  const isMounted = mountsOf(run).some(
    ({ target }) => resolvePath(workdir.value, target?.value ?? "/") === workdir.value,
  );
  if (isMounted) return undefined;
  const moved = script.commands.findIndex((it) =>
    /^(cd|pushd|sudo|su|umask|\.|source)$/.test(it.name?.literal ?? ""),
  );
  const own = moved < 0 ? script.commands : script.commands.slice(0, moved);
  // What is there already may belong to the user.
  const isNew = ({ name, isCertain }: MadeEntry) => {
    const { is } = before.hasPath(joinPath(workdir.value, name));
    return is === "no" || (is === "unknown" && isCertain);
  };
  const command = own.find((it) => !mayFail(it) && entriesMade(it).some(isNew));
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
