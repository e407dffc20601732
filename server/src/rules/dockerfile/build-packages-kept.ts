import { notedOnModel } from "../../model/stage/dockerfile-model.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { readPackageCommand } from "../knowledge/packages/package-commands.ts";
import { runCalls } from "../knowledge/stages/run-calls.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { type CommandCall, type Fix, type Report, stageRule } from "../rule.ts";
import { appendCommand } from "../writing/commands/append-command.ts";

export const buildPackagesKept = stageRule({
  id: "build-packages-kept",
  title: "Packages for a build that nothing removes again",
  severity: "info",
  tags: ["size", "security"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "file",
  docs: {
    what: source`
      Reports \`apk add --virtual .build-deps …\` in a stage that is shipped, where no command removes the packages by that name, and
      \`$PHPIZE_DEPS\` that are never removed. Silent for names that say otherwise (\`.run-deps\`), and where a script may remove them.`,
    why: source`
      A name is given to packages so that \`apk del\` takes them away in one go. Compilers and headers are hundreds of megabytes, and tools
      for whoever gets in.`,
    bad: source`
      FROM php:8.5-alpine
      RUN apk add --no-cache --virtual .build-deps \$PHPIZE_DEPS && pecl install redis
                                       ^^^^^^^^^^^ build-packages-kept: Nothing removes .build-deps, so all that it stands for is shipped.`,
    good: source`
      FROM php:8.5-alpine
      RUN apk add --no-cache --virtual .build-deps \$PHPIZE_DEPS && pecl install redis && apk del .build-deps`,
  },
  check(stage, report) {
    const calls = runCalls(stage, "apk", NAMED);
    if (calls.length === 0 || !isShipped(stage)) return;
    for (const it of calls) checkCall(it, report);
  },
});

const NAMED = /--virtual|\s-t\s|PHPIZE_DEPS/;

function checkCall(call: CommandCall, report: Report): void {
  const { command, script, stage } = call;
  const added = readPackageCommand(command);
  if (added?.act !== "install" || !script.complete) return;
  const name = added.options.get("--virtual") ?? added.options.get("-t");
  const word = name
    ? command.arguments.find((it) => it.raw === name || it.raw.endsWith(`=${name}`))
    : command.arguments.find((it) => /^"?\$\{?PHPIZE_DEPS\}?"?$/.test(it.raw));
  if (!word || (name !== undefined && !(FOR_BUILDS.test(name) && !FOR_RUNNING.test(name)))) return;
  if (mayBeRemoved(stage.model)) return;
  const message =
    name === undefined
      ? "Nothing removes these packages, which extensions are built with, so they are shipped."
      : `Nothing removes ${name}, so all that it stands for is shipped.`;
  report(word.span, message, { fixes: removing(name, call) });
}

const FOR_BUILDS = /build|dev|tmp|temp|compile|fetch|make/i;
const FOR_RUNNING = /run|persist|keep|prod/i;

/** By any `apk del`, or by a script of which nothing is known. */
const mayBeRemoved = notedOnModel(({ stages }): boolean =>
  stages.some((it) =>
    it.instructions.some((run) => {
      if (run.name !== "RUN") return false;
      const script = it.scriptOf(run);
      return !script?.complete || script.commands.some(mayRemove);
    }),
  ),
);

function mayRemove(command: Command): boolean {
  const program = command.name?.literal;
  if (program === undefined) return command.name !== undefined;
  if (readPackageCommand(command)?.act === "remove") return true;
  if (/^(eval|sh|bash|ash|make|\.|source|xargs)$/.test(program)) return program !== "make";
  // A program of the image takes no packages away, a script of the project may.
  return program.includes("/") && !/^\/(usr\/)?(local\/)?s?bin\/|\/configure$/.test(program);
}

/** In the last RUN alone: a later one may build with them. */
function removing(name: string | undefined, { script, run, stage }: CommandCall): readonly Fix[] {
  const last = script.commands.findLast((it) => !it.subshell);
  const isLast = stage.instructions.findLast((it) => it.name === "RUN") === run;
  if (name === undefined || !last || !isLast || !stage.isFinal || !/^[\w.-]+$/.test(name)) return [];
  const edit = appendCommand(`apk del ${name}`, last, script, run, stage);
  return edit ? [{ kind: "unsafe", title: `Remove ${name} in the same RUN`, edits: [edit] }] : [];
}
