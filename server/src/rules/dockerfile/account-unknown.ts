import type { Answer } from "../../model/known.ts";
import type { StageState } from "../../model/stage/state.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { mayMountFiles } from "../knowledge/packages/untouched-directory.ts";
import { isAskedFirst } from "../knowledge/shell/asked-first.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { createdLater } from "../knowledge/users/created-later.ts";
import { NAMING_ACCOUNTS, type NamedAccount, namedAccounts } from "../knowledge/users/named-accounts.ts";
import { creationOf } from "../knowledge/users/users.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";
import { insertAbove } from "../writing/dockerfile/lines.ts";

export const accountUnknown = commandRule({
  id: "account-unknown",
  title: "Command for a user or group that the image does not know",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`chown\`, \`chgrp\`, \`install -o\`, \`su\`, \`gosu\`, \`usermod\`, \`useradd -G\`, \`adduser user group\` and the like in RUN with
      the name of a user or group that certainly is not in the image at that point. Ids need no entry.`,
    why: source`
      They end with "unknown user", "invalid group" or "does not exist", and the build with them. The user may be created only later, or
      in another stage, or have another name in this image.`,
    bad: source`
      FROM alpine:3.24
      COPY data /data
      RUN chown -R app /data
                   ^^^ account-unknown: No user app is in this image here, and chown fails for that.`,
    good: source`
      FROM alpine:3.24
      RUN adduser -D app
      COPY --chown=app data /data`,
  },
  programs: NAMING_ACCOUNTS,

  check(call, report) {
    const { program, command, script, run, instruction, stage } = call;
    if (instruction.name !== "RUN" || !script.complete || mayFail(command)) return;
    const accounts = namedAccounts(program, command.arguments);
    if (accounts.length === 0 || mayMountFiles(run)) return;
    const state = stage.beforeCommand(command, run);
    for (const account of accounts) {
      const { what, name } = account;
      const there = lookUp(account, state);
      // Who is not root is refused first, and a program that is missing looks nobody up.
      if (there.is !== "no" || !isRoot(state) || state.lacksTool(program)) continue;
      const fails = failsRun(command, script, run, stage);
      if (!fails && isAskedFirst(command, script)) return;
      report(spanOf(account), `No ${what} ${name} is in this image here, and ${program} fails for that.`, {
        related: [...there.because, ...(what === "user" ? createdLater(name, run, stage) : [])],
        severity: fails ? "error" : "warning",
        fixes: () => created(account, accounts, call),
      });
      return;
    }
  },
});

function lookUp({ what, name }: NamedAccount, state: StageState): Answer {
  return what === "user" ? state.hasUser(name) : state.hasGroup(name);
}

function isRoot({ user }: StageState): boolean {
  return user.known && user.value.isRoot;
}

/** The name alone, where it stands in one word with others. */
function spanOf({ name, word, what }: NamedAccount): Span {
  if (word.raw !== word.literal) return word.span;
  const at = what === "group" ? word.raw.lastIndexOf(name) : word.raw.indexOf(name);
  return { start: word.span.start + at, end: word.span.start + at + name.length };
}

/** Creates the user above the RUN; a group comes with it only where it is called the same. */
function created(
  { what, name }: NamedAccount,
  all: readonly NamedAccount[],
  call: CommandCall,
): readonly Fix[] {
  const { program, run, stage } = call;
  const before = stage.before(run);
  const isPlain = /^(chown|install|su|gosu|su-exec)$/.test(program) && all.every((it) => it.name === name);
  if (what !== "user" || !isPlain || !isRoot(before) || createdLater(name, run, stage).length > 0) return [];
  const command = creationOf(name, stage);
  if (command === undefined) return [];
  return [
    {
      kind: "unsafe",
      title: `Create the user ${name}`,
      edits: [insertAbove(stage.model.file, run, `RUN ${command}`)],
    },
  ];
}
