import type { ShellWord } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { NOT_IN_BUSYBOX, type Replacement } from "../knowledge/commands/busybox-options.ts";
import { mayBeAnotherProgram } from "../knowledge/commands/other-programs.ts";
import { type GivenOption, readOptions } from "../knowledge/shell/shell-options.ts";
import { failsRun } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";
import { removeFlag } from "../writing/remove-flag.ts";

export const toolOptionUnknown = commandRule({
  id: "tool-option-unknown",
  title: "Option that BusyBox's program does not have",
  severity: "error",
  tags: ["build"],
  aliases: ["S11", "busybox-flag"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports options of GNU's programs where certainly BusyBox's program runs, as in Alpine: \`wget --progress\`,
      \`sha256sum --check\`, \`adduser --disabled-login\` and others. It is an error where the build certainly ends with it. The fix
      writes BusyBox's own option, where it has one.`,
    why: source`
      Alpine's basic tools are one small program, BusyBox, and most of them know few long options. The tool prints
      "unrecognized option" and fails.`,
    bad: source`
      FROM alpine:3.24
      RUN wget --progress=dot:giga https://example.com/a.tar.gz
               ^^^^^^^^^^^^^^^^^^^ tool-option-unknown: BusyBox's wget has no option --progress.`,
    good: source`
      FROM alpine:3.24
      RUN wget -q https://example.com/a.tar.gz`,
  },
  programs: Object.keys(NOT_IN_BUSYBOX),

  check(call, report) {
    const { program, command, script, run, instruction, stage } = call;
    const unknown = NOT_IN_BUSYBOX[program] ?? {};
    // A trigger runs in an image to come.
    if (run !== instruction || command.conditional || !command.arguments.some(isOption)) return;
    const { options } = readOptions(command.arguments, VALUED[program] ?? "");
    const found = options.filter((it) => Object.hasOwn(unknown, it.name));
    // Somewhere in the same RUN another one may be installed.
    if (found.length === 0 || script.functions.includes(program)) return;
    const isBusyBox = stage.after(run).isBusyBox(program);
    if (isBusyBox.is !== "yes" || mayBeAnotherProgram(call)) return;
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
  },
});

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
