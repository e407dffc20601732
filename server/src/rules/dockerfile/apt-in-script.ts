import { source } from "../../text/source.ts";
import { isMissing } from "../knowledge/commands/other-programs.ts";
import { readPackageCommand } from "../knowledge/packages/package-commands.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";
import { insertWordBehind, replaceWord } from "../writing/commands/command-words.ts";

export const aptInScript = commandRule({
  id: "apt-in-script",
  title: "RUN with apt, where apt-get is meant for scripts",
  severity: "warning",
  tags: ["clarity"],
  aliases: ["DL3027", "CKV_DOCKER_9"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports \`apt\` in RUN. The fix writes apt-get or apt-cache in its place, whichever has the command, and has
      \`apt-get upgrade\` install new packages as \`apt upgrade\` does.`,
    why: source`
      The command line of apt is for people at a terminal: it says itself that it may change from one version to the next,
      and it writes progress bars into the log of the build. apt-get and apt-cache stay as they are.`,
    bad: source`
      FROM debian:trixie-slim
      RUN apt update && apt-get install -y curl
          ^^^ apt-in-script: apt is for people at a terminal, apt-get for scripts.`,
    good: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y curl`,
  },
  programs: ["apt"],

  check(call, report) {
    const { name } = call.command;
    // Where there is no apt, there is no apt-get either.
    if (!name || isMissing(call)) return;
    const replacement = replacementOf(call);
    report(
      name.span,
      `apt is for people at a terminal, ${replacement?.program ?? "apt-get"} for scripts.`,
      replacement && { fixes: [replacement.fix] },
    );
  },
});

interface Replacement {
  readonly program: string;
  readonly fix: Fix;
}

/** The program that has the same command; undefined where none has it. */
function replacementOf({ command, run }: CommandCall): Replacement | undefined {
  const call = readPackageCommand(command);
  const program = programs.find(([, verbs]) => verbs.has(call?.verb ?? ""))?.[0];
  if (!call || !command.name || program === undefined) return undefined;
  const path = (command.name.literal ?? "").replace(/[^/]*$/, program);
  const edits = [replaceWord(command.name, path, run)];
  if (call.verb === "full-upgrade") edits.push(replaceWord(call.verbWord, "dist-upgrade", run));
  // apt installs what an upgrade needs in addition; apt-get would keep back the package that needs it.
  if (call.verb === "upgrade" && !call.words.some((it) => NEW_PACKAGES.test(it)))
    edits.push(insertWordBehind(call.verbWord, "--with-new-pkgs", run));
  const kind = PRINTED_OTHERWISE.has(call.verb) ? "unsafe" : "safe";
  return { program, fix: { kind, title: `Replace apt with ${program}`, edits } };
}

const NEW_PACKAGES = /^--with(out)?-new-pkgs$|Upgrade-Allow-New/;

/** apt shows one version of a package, apt-cache all; and found packages stand in other lines. */
const PRINTED_OTHERWISE: ReadonlySet<string> = new Set(["search", "show"]);

/** Commands of apt that another program has too, with the same options (apt(8), apt-get(8), apt-cache(8); read 2026-11). */
const programs: readonly (readonly [program: string, verbs: ReadonlySet<string>])[] = [
  [
    "apt-get",
    new Set(
      (
        "update upgrade full-upgrade dist-upgrade install reinstall remove purge autoremove clean autoclean " +
        "build-dep source download satisfy changelog"
      ).split(" "),
    ),
  ],
  ["apt-cache", new Set("search show policy depends rdepends showsrc".split(" "))],
];
