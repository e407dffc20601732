import { baseBelow } from "../../model/stage/base-image.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { ShellWord } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { NOT_IN_BUSYBOX, type Replacement } from "../knowledge/commands/busybox-options.ts";
import { knownOptions } from "../knowledge/commands/known-options.ts";
import { mayBeAnotherProgram } from "../knowledge/commands/other-programs.ts";
import { type UnknownOption, unknownOptions } from "../knowledge/commands/unknown-options.ts";
import { programsOf } from "../knowledge/packages/package-commands.ts";
import { type GivenOption, readOptions } from "../knowledge/shell/shell-options.ts";
import { failsRun } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule, type Fix, type Report } from "../rule.ts";
import { removeArgument, replaceWord } from "../writing/commands/command-words.ts";
import { removeFlag } from "../writing/dockerfile/remove-flag.ts";

export const toolOptionUnknown = commandRule({
  id: "tool-option-unknown",
  title: "Option that the program does not have",
  severity: "error",
  tags: ["build"],
  aliases: ["S11", "busybox-flag"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports options of GNU's programs where certainly BusyBox's program runs, as in Alpine (\`wget --progress\`,
      \`sha256sum --check\`, \`adduser --disabled-login\` and others), slips in the options of package managers, curl, wget, tar and
      other well-known programs (\`--no-install-recommend\`, \`--no-cahce-dir\`, \`--relase\`), and options that another program has
      (\`pip install -y\`, \`wget -fsSL\`, \`pnpm install --omit=dev\`). Beginnings of an option count where the program takes them. It is
      an error where the build certainly ends with it. The fix writes the program's own option, where it has one.`,
    why: source`
      The program says that it does not know the option, and fails. npm says nothing and goes on without it, so that what was asked
      for is not done. Alpine's basic tools are one small program, BusyBox, and most of them know few long options.`,
    bad: source`
      FROM alpine:3.24
      RUN wget --progress=dot:giga https://example.com/a.tar.gz
               ^^^^^^^^^^^^^^^^^^^ tool-option-unknown: BusyBox's wget has no option --progress.`,
    good: source`
      FROM alpine:3.24
      RUN wget -q https://example.com/a.tar.gz`,
  },
  programs: [...new Set([...Object.keys(NOT_IN_BUSYBOX), ...knownOptions.keys(), ...programsOf("pip")])],

  check(call, report) {
    const { command, run, instruction } = call;
    // A trigger runs in an image to come.
    if (run !== instruction || command.conditional || !command.arguments.some(isOption)) return;
    if (checkBusyBox(call, report)) return;
    checkSlips(call, report);
  },
});

/** Gives whether something was found. */
function checkBusyBox(call: CommandCall, report: Report): boolean {
  const { program, command, script, run, stage } = call;
  const unknown = NOT_IN_BUSYBOX[program];
  if (!unknown) return false;
  const { options } = readOptions(command.arguments, VALUED[program] ?? "");
  const found = options.filter((it) => Object.hasOwn(unknown, it.name));
  if (found.length === 0 || script.functions.includes(program)) return false;
  // What this very command writes comes too late: `tar -x` in `/` may unpack another tar.
  const before = run.exec ? stage.before(run) : stage.beforeCommand(command, run);
  const isBusyBox = before.isBusyBox(program);
  if (isBusyBox.is !== "yes" || mayBeAnotherProgram(call)) return false;
  const isCertain = failsRun(command, script, run, stage);
  for (const option of found) {
    const dashed = option.name.length === 1 ? `-${option.name}` : `--${option.name}`;
    const replacement = unknown[option.name] ?? { kind: "unsupported" };
    report(option.word.span, `BusyBox's ${program} has no option ${dashed}.`, {
      related: isBusyBox.because,
      fixes: fixesOf(option, replacement, call),
      ...(isCertain ? {} : { severity: "warning" }),
    });
  }
  return true;
}

function checkSlips(call: CommandCall, report: Report): void {
  const { command, script, run, stage } = call;
  const found = unknownOptions(call.program, command).filter(
    ({ option }) => !/^--no-(?:ri|rdoc)$/.test(option) || hasRubyGems3(stage),
  );
  if (found.length === 0 || mayBeAnotherProgram(call)) return;
  const isCertain = failsRun(command, script, run, stage);
  for (const unknown of found) {
    const { word, program, option, meant } = unknown;
    const says = unknown.unknown === "ignores" ? "ignores" : "has no option";
    const use = meant === "" ? "." : `: use ${meant}.`;
    report(word.span, `${program} ${says} ${option}${use}`, {
      aliases: [],
      fixes: slipFixes(unknown, call),
      ...(isCertain && unknown.unknown === "fails" ? {} : { severity: "warning" }),
    });
  }
}

/** In Ruby's own image, from 2.6 on. */
function hasRubyGems3(stage: Stage): boolean {
  const base = baseBelow(stage);
  if (base.kind !== "image" || base.image.name !== "ruby") return false;
  const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(base.image.tag ?? "") ?? [];
  return major === undefined || Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 6);
}

function slipFixes(
  { word, option, meant, isSlip, unknown }: UnknownOption,
  { run, command, stage }: CommandCall,
): Fix[] {
  // What goes on without the option may not go on with it.
  const kind = unknown === "fails" ? "safe" : "unsafe";
  const text = word.literal ?? "";
  const { start } = word.span;
  if (!word.raw.startsWith(option) && !run.exec) return [];
  if (meant === "") {
    // Its value may be the next word, and another letter may stand beside it.
    const edit = text === option ? removeArgument(word, command, run, stage.model.file.text) : undefined;
    return edit ? [{ kind, title: `Remove ${option}`, edits: [edit] }] : [];
  }
  if (!isSlip && meant.startsWith("--") && text !== option && meant.includes("=")) return [];
  const value = isSlip || (text !== option && !/^--prod/.test(meant)) ? text.slice(option.length) : "";
  if (run.exec) return [{ kind, title: `Use ${meant}`, edits: [replaceWord(word, `${meant}${value}`, run)] }];
  const end = value === "" && text !== option ? word.span.end : start + option.length;
  return [{ kind, title: `Use ${meant}`, edits: [replace({ start, end }, meant)] }];
}

function isOption({ literal, raw }: ShellWord): boolean {
  return (literal ?? raw).startsWith("-");
}

const VALUED: Readonly<Record<string, string>> = {
  wget: "O output-document P directory-prefix T timeout t tries U user-agent header post-data post-file Y o read-timeout connect-timeout waitretry",
  adduser: "h home g gecos s shell G ingroup u uid k skel comment gid firstuid lastuid",
  addgroup: "g gid",
  base64: "w wrap",
  grep: "e f m A B C",
  tar: "f file C directory T X transform xform sort warning",
};

function fixesOf(
  { word, name, value, valueWord }: GivenOption,
  replacement: Replacement,
  call: CommandCall,
): Fix[] {
  const { command, stage } = call;
  const isOwn = word.raw.startsWith(`--${name}`) && word.span.end - word.span.start === word.raw.length;
  if (replacement.kind === "unsupported" || !isOwn) return [];
  if (replacement.kind === "none" || isGiven(replacement.option, command.arguments, word)) {
    if (valueWord) return [];
    return [{ kind: "safe", title: `Remove --${name}`, edits: [removeFlag(stage.model.file, word)] }];
  }
  const { option } = replacement;
  // -q stands for every kind of progress, the others keep their value.
  const keepsValue = option !== "-q" && value !== undefined && valueWord === undefined;
  const newText = keepsValue ? `${option} ${word.raw.slice(word.raw.indexOf("=") + 1)}` : option;
  return [{ kind: "safe", title: `Use ${option}`, edits: [replace(word.span, newText)] }];
}

/** `wget -q --progress=…`: what would be written is there. */
function isGiven(option: string, words: readonly ShellWord[], own: ShellWord): boolean {
  const letter = option.slice(1);
  return words.some(
    (it) =>
      it !== own &&
      (new RegExp(`^-[a-zA-Z]*${letter}`).test(it.raw) || (letter === "q" && it.raw === "--quiet")),
  );
}
