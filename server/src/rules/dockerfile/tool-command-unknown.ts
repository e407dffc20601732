import { readWords } from "../../model/stage/commands/command-family.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { ShellWord } from "../../syntax/shell/script.ts";
import { insert } from "../../text/edit.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { isMissing, mayBeAnotherProgram } from "../knowledge/commands/other-programs.ts";
import { type ProgramCommands, programCommands } from "../knowledge/commands/program-commands.ts";
import { nodeMajorBelow } from "../knowledge/images/node-image.ts";
import { programsOf, readPackageCommand } from "../knowledge/packages/package-commands.ts";
import { missingPlugin } from "../knowledge/packages/python/poetry-plugins.ts";
import { failsRun } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";
import { replaceWord } from "../writing/commands/command-words.ts";

export const toolCommandUnknown = commandRule({
  id: "tool-command-unknown",
  title: "Command that the program does not have",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports slips in the commands of package managers and other well-known programs (\`apt-get instal\`, \`pip instal\`,
      \`go mod downlod\`, \`cargo biuld\`), and commands that another program has (\`apk install\`, \`pip update\`, \`npm build\`) or a plugin brings (\`poetry export\`).
      Beginnings of a command count where the program takes them, as npm, Composer, Bundler and RubyGems do.`,
    why: source`
      The program says that there is no such command, and the build ends. npm 7 and 8 say it and go on, as if all had been done.`,
    bad: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get instal -y curl
                                    ^^^^^^ tool-command-unknown: apt-get has no command instal: use install.`,
    good: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y curl`,
  },
  programs: [...new Set([...programCommands.keys(), ...programsOf("pip"), "poetry"])],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    if (run !== instruction || script.functions.includes(call.program)) return;
    const gone = call.program === "poetry" ? missingPlugin(call) : undefined;
    if (gone) {
      const { word, plugin, installed } = gone;
      report(word.span, `Poetry has no command ${word.literal} since 2: ${plugin} brings it.`, {
        severity: failsRun(command, script, run, stage) ? "error" : "warning",
        fixes: installed
          ? [
              {
                kind: "unsafe",
                title: `Install ${plugin} beside it`,
                edits: [insert(installed.word.span.end, ` ${plugin}`)],
              },
            ]
          : [],
      });
      return;
    }
    const found = unknownIn(call);
    // `apt add` in an image with apk: the command is right, and the program is the mistake.
    if (!found || mayBeAnotherProgram(call) || isMissing(call)) return;
    const { word, program, group, meant } = found;
    const name = group === undefined ? program : `${program} ${group}`;
    const use = meant === undefined || meant === "" ? "." : `: use ${meant}.`;
    const isCertain = failsRun(command, script, run, stage) && !goesOn(program, stage);
    report(word.span, `${name} has no command ${word.literal}${use}`, {
      fixes: fixesOf(found, call),
      ...(isCertain ? {} : { severity: "warning" }),
    });
  },
});

interface Unknown {
  readonly word: ShellWord;
  readonly program: string;
  readonly group: string | undefined;
  /** Empty where there is no such thing. */
  readonly meant: string;
}

function unknownIn({ program: called, command }: CommandCall): Unknown | undefined {
  const pip = programCommands.has(called) ? undefined : readPackageCommand(command);
  if (!programCommands.has(called) && pip?.manager !== "pip") return undefined;
  const program = pip ? "pip" : called;
  const has = programCommands.get(program);
  if (!has) return undefined;
  const all = command.arguments;
  // Behind `python -m pip`.
  const skipped = pip && /^python/.test(called) ? all.findIndex((it) => it.literal === "pip") + 1 : 0;
  const words = all.slice(skipped);
  const { operands, places } = readWords(
    words.map((it) => it.literal),
    has.valued,
  );
  const [first, second] = operands;
  const word = words[places[0] ?? -1];
  if (first === undefined || !word) return undefined;
  if (has.commands.has(first)) {
    const group = has.groups.get(first);
    const inner = words[places[1] ?? -1];
    if (!group || !inner || second === undefined || group.has(second)) return undefined;
    const meant = second === "clean" || second === "clear" ? "purge" : nearestName(second, group);
    return meant === undefined || !group.has(meant)
      ? undefined
      : { word: inner, program, group: first, meant };
  }
  // apk looks for its command among all words.
  if (program === "apk" && operands.some((it) => it === undefined || has.commands.has(it))) return undefined;
  const meant = meantBy(first, has);
  return meant === undefined ? undefined : { word, program, group: undefined, meant };
}

/** What a word that is no command was meant for: a near one, or what another program calls so. */
function meantBy(
  word: string,
  { commands, abbreviates, instead, near, most }: ProgramCommands,
): string | undefined {
  if (!/^[a-z][a-z-]*$/.test(word)) return undefined;
  if (abbreviates) for (const it of commands) if (it.startsWith(word)) return undefined;
  const other = instead.get(word);
  if (other !== undefined) return other;
  const name =
    word.length < SHORTEST
      ? undefined
      : (nearestName(word, near, most) ?? instead.get(nearestName(word, instead.keys(), most) ?? ""));
  // `cargo cbuild`, `cargo xbuild`: programs of their own, and aliases.
  return name === undefined || name === "" || word.endsWith(name) ? undefined : name;
}

const SHORTEST = 4;

/** npm 7 and 8, which came with Node 15 to 18, end without an error. */
function goesOn(program: string, stage: Stage): boolean {
  const major = program === "npm" ? nodeMajorBelow(stage) : undefined;
  return major !== undefined && major >= 15 && major <= 18;
}

function fixesOf({ word, program, meant, group }: Unknown, { run, command }: CommandCall): Fix[] {
  if (meant === "" || (run.exec && meant.includes(" "))) return [];
  // What stands behind `apt-get i` or `pip remove` may not suit the other command.
  const isSlip =
    !meant.includes(" ") && (group !== undefined || nearestName(word.literal ?? "", [meant], 2) === meant);
  const isPlain = isSlip || (program === "npm" && command.arguments.length === 1) || program === "apk";
  return [
    { kind: isPlain ? "safe" : "unsafe", title: `Use ${meant}`, edits: [replaceWord(word, meant, run)] },
  ];
}
