import { installerAt } from "../../model/stage/commands/installers.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import {
  type PackageCommand,
  packageCommandsIn,
  programsOf,
  readPackageCommand,
} from "../knowledge/packages/package-commands.ts";
import { hasOwnSettings } from "../knowledge/packages/system/package-settings.ts";
import { questionOf } from "../knowledge/packages/system/questions.ts";
import { feederOf } from "../knowledge/shell/script-flow.ts";
import { type CommandCall, commandRule, type Report } from "../rule.ts";
import { insertWordBehind } from "../writing/commands/command-words.ts";

export const installAsks = commandRule({
  id: "install-asks",
  title: "Package manager that asks during a build",
  severity: "warning",
  tags: ["build"],
  aliases: ["DL3014", "DL3030", "DL3034", "DL3038", "DS-0021", "S6584"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports apt-get, dnf, yum and zypper where they install, upgrade or remove packages and would ask whether to go on,
      \`pip uninstall\`, and rustup's script that is piped into a shell. \`autoremove\` counts behind a removal only: elsewhere
      there is mostly nothing to ask for. The fix adds \`-y\`.`,
    why: source`
      Nobody can answer during a build: there is no terminal. apt-get and dnf take that for a no and end with an error as
      soon as the packages need others, which a new version of one may bring about.`,
    bad: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install --no-install-recommends curl
                            ^^^^^^^^^^^^^^^ install-asks: apt-get asks whether to go on, and nobody can answer during a build.`,
    good: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y --no-install-recommends curl`,
  },
  programs: [...programsOf("apt", "dnf", "yum", "zypper", "pip"), "sh", "bash"],

  check(call, report) {
    if (/^(?:ba)?sh$/.test(call.command.name?.literal ?? "")) {
      checkRustup(call, report);
      return;
    }
    const command = readPackageCommand(call.command);
    const question = command && questionOf(command);
    if (!command || !question || isAnswered(call.command) || hasOwnSettings(command.manager, call.stage))
      return;
    if (takesLeftovers(command) && !removesBefore(call)) return;
    // microdnf takes -y and always goes on; the MinIO image is built without it.
    const asks = command.program !== "microdnf";
    const message = asks
      ? `${command.program} asks whether to go on, and nobody can answer during a build.`
      : "microdnf asks nothing, but dnf in its place would: -y says what is meant.";
    report(command.span, message, {
      ...(asks ? {} : { severity: "info" as const }),
      aliases: question.aliases,
      fixes: [
        {
          kind: "safe",
          title: `Add ${question.option}`,
          edits: [insertWordBehind(command.verbWord, question.option, call.run)],
        },
      ],
    });
  },
});

/** Without a terminal and without `-y` its script ends with "Unable to run interactively" (rustup-init.sh, read 2026-11-28). */
function checkRustup({ command, script, run }: CommandCall, report: Report): void {
  const { name, arguments: words } = command;
  const { name: fetched, arguments: fetching = [] } = feederOf(command, script) ?? {};
  if (!name || !/^(?:curl|wget)$/.test(fetched?.literal ?? "") || words.length > 1) return;
  if (!fetching.some((it) => installerAt(it.literal ?? "")?.tool === "rustup")) return;
  const [word] = words;
  if (word && !/^(?:-s|-)$/.test(word.raw)) return;
  const edits = [
    word?.raw === "-s"
      ? insertWordBehind(word, "-- -y", run)
      : word
        ? replace(word.span, "-s -- -y")
        : insertWordBehind(name, "-s -- -y", run),
  ];
  report(name.span, "rustup's script asks whether to go on, and nobody can answer during a build.", {
    severity: "error",
    fixes: [{ kind: "safe", title: "Add -y", edits }],
  });
}

/** `apt-get autoremove` asks only when something is left over, which it mostly is not. */
function takesLeftovers({ verb, operands }: PackageCommand): boolean {
  return /^auto-?(remove|purge)$/.test(verb) && operands.length === 0;
}

/** Something is removed in the same script, and what it needed is left over. */
function removesBefore({ command, script }: CommandCall): boolean {
  return packageCommandsIn(script).some(
    (it) => it.act === "remove" && it.operands.length > 0 && it.span.start < command.span.start,
  );
}

/** `yes | apt-get install`, or an answer in a file or a here-document. */
function isAnswered({ after, redirections }: Command): boolean {
  return after === "|" || redirections.some((it) => it.operator.startsWith("<"));
}
