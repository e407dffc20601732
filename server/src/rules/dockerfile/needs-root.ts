import type { UserSetting } from "../../model/stage/state.ts";
import { source } from "../../text/source.ts";
import { rootCommands } from "../knowledge/commands/root-commands.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { plainUser } from "../knowledge/users/user-ids.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";
import { insertAbove, insertBelow } from "../writing/dockerfile/lines.ts";

export const needsRoot = commandRule({
  id: "needs-root",
  title: "Command that only root may run, run as another user",
  severity: "error",
  tags: ["build"],
  aliases: ["S28", "root-op-after-user"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports package managers of the system, commands for users and groups, \`chown\` to somebody else, \`chmod\` of what belongs to root,
      and commands that write to directories of the system (\`/\`, \`/etc\`, \`/usr/bin\` …) in a RUN of a user that is certainly not
      root, whether USER or the base image says so. Silent for \`sudo\`, where the command may fail, and where something may have let others
      write there.`,
    why: source`
      Each RUN runs as the last USER above it, and the command ends with "permission denied". Move it above the USER, or switch
      to root and back again.`,
    bad: source`
      FROM node:24-alpine
      USER node
      RUN apk add --no-cache curl
          ^^^ needs-root: apk needs root, and this RUN runs as node.`,
    good: source`
      FROM node:24-alpine
      RUN apk add --no-cache curl
      USER node`,
  },
  programs: Object.keys(rootCommands),

  check(call, report) {
    const { command, script, instruction, stage, program } = call;
    const state = stage.before(instruction);
    const user = instruction.name === "RUN" ? plainUser(state, stage) : undefined;
    const need = user === undefined ? undefined : needOf(call, user);
    if (user === undefined || need === undefined || !command.name || !state.user.known) return;
    // The first one ends the RUN.
    if (isFirst(call, user))
      report(command.name.span, `${program} ${need}, and this RUN runs as ${user}.`, {
        related: state.user.because,
        fixes: asRoot(call, state.user.value),
        severity: failsRun(command, script, instruction, stage) ? "error" : "warning",
      });
  },
});

function isFirst(call: CommandCall, user: string): boolean {
  for (const command of call.script.commands) {
    if (command === call.command) return true;
    const program = command.name?.literal;
    if (program === undefined || !Object.hasOwn(rootCommands, program)) continue;
    if (needOf({ ...call, command, program }, user) !== undefined) return false;
  }
  return true;
}

/** What of a call needs root, as messages say it behind the program. */
function needOf(call: CommandCall, user: string): string | undefined {
  const { command, program } = call;
  if (mayFail(command) || !Object.hasOwn(rootCommands, program)) return undefined;
  const need = rootCommands[program]?.(call, user);
  return need === true ? "needs root" : need || undefined;
}

function asRoot({ run, stage }: CommandCall, { name, group }: UserSetting): readonly Fix[] {
  const { file } = stage.model;
  const back = group === undefined ? name : `${name}:${group}`;
  // An empty image knows no names.
  const root = stage.before(run).hasUser("root").is === "no" ? "0" : "root";
  const edits = [insertAbove(file, run, `USER ${root}`), insertBelow(file, run, `USER ${back}`)];
  return [{ kind: "unsafe", title: `Run as root, and as ${name} again`, edits }];
}
