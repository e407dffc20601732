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
      Reports package managers of the system, commands for users and groups, \`chown\` to somebody else and new directories in
      \`/\` in a RUN of a user that is certainly not root, whether USER or the base image says so. Silent for \`sudo\` and where
      the command may fail.`,
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
    if (user === undefined || !command.name || !state.user.known || !needs(call, user)) return;
    // The first one ends the RUN.
    if (isFirst(call, user))
      report(command.name.span, `${program} needs root, and this RUN runs as ${user}.`, {
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
    if (needs({ ...call, command, program }, user)) return false;
  }
  return true;
}

function needs(call: CommandCall, user: string): boolean {
  const { command, program } = call;
  if (mayFail(command)) return false;
  return Object.hasOwn(rootCommands, program) && rootCommands[program]?.(call, user) === true;
}

function asRoot({ run, stage }: CommandCall, { name, group }: UserSetting): readonly Fix[] {
  const { file } = stage.model;
  const back = group === undefined ? name : `${name}:${group}`;
  // An empty image knows no names.
  const root = stage.before(run).hasUser("root").is === "no" ? "0" : "root";
  const edits = [insertAbove(file, run, `USER ${root}`), insertBelow(file, run, `USER ${back}`)];
  return [{ kind: "unsafe", title: `Run as root, and as ${name} again`, edits }];
}
