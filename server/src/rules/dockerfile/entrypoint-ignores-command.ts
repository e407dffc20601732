import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { unmapped } from "../../text/mapped-text.ts";
import { source } from "../../text/source.ts";
import { type ShellScript, shellScriptsRunIn } from "../knowledge/started/script-contents.ts";
import { type Fix, stageRule } from "../rule.ts";
import { execForm, plainWords } from "../writing/commands/exec-form.ts";
import { holdsComment } from "../writing/dockerfile/lines.ts";

export const entrypointIgnoresCommand = stageRule({
  id: "entrypoint-ignores-command",
  title: "CMD that the ENTRYPOINT ignores",
  severity: "warning",
  tags: ["run"],
  aliases: ["S42", "shell-entrypoint-ignores-cmd"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports CMD in a stage whose ENTRYPOINT is in shell form or \`["sh", "-c", "…"]\`, its own or that of the stage below, or
      starts a script of the build context that has no \`exec "$@"\`. Silent where the entrypoint asks for its arguments with \`$@\`, \`$*\`, \`$0\` or \`$1\`.`,
    why: source`
      A shell form ENTRYPOINT is \`/bin/sh -c "…"\`, and what CMD or \`docker run\` adds goes to the shell, which does nothing
      with it: the program starts without these arguments, and nobody is told. A script of one's own gets CMD as its arguments, and
      has to start it.`,
    bad: source`
      FROM alpine:3.24
      COPY api /usr/local/bin/
      ENTRYPOINT api serve
      CMD ["--port", "8080"]
          ^^^^^^^^^^^^^^^^^^ entrypoint-ignores-command: The ENTRYPOINT is in shell form, so that this CMD is never used.`,
    good: source`
      FROM alpine:3.24
      COPY api /usr/local/bin/
      ENTRYPOINT ["api", "serve"]
      CMD ["--port", "8080"]`,
  },

  check(stage, report) {
    const { entrypoint, command } = stage.result;
    if (!entrypoint.known || !command.known || !entrypoint.value) return;
    const isShellForm = entrypoint.value.form === "shell";
    const isText = !isShellForm && scriptOfShell(entrypoint.value.words) !== undefined;
    const file = isShellForm || isText ? undefined : deafScript(entrypoint.value.instruction, stage);
    if (!isShellForm && !isText && !file) return;
    const [start, given] = [entrypoint.value.instruction, command.value?.instruction];
    const own = [start, given].filter((it) => it && stage.instructions.includes(it));
    // Where both are of the stage below it was said there.
    if (!start || !given || own.length === 0 || asksForArguments(start)) return;
    if (command.value?.words.length === 0) return;
    const ownCommand = stage.instructions.includes(given);
    const span = ownCommand ? given.rest.spanOf(0, given.rest.text.length) : start.keyword;
    const what = ownCommand ? "this CMD" : "the CMD of the stage below";
    const how = file
      ? `${baseName(file.path)} asks for no arguments`
      : `The ENTRYPOINT ${isShellForm ? "is in shell form" : "hands sh -c a script that asks for no arguments"}`;
    report(span, `${how}, so that ${what} is never used.`, {
      related: [
        {
          message: ownCommand ? "The ENTRYPOINT stands here." : "The CMD stands here.",
          span: (ownCommand ? start : given).span,
        },
      ],
      fixes: file ? [] : fixesOf(start, stage),
    });
  },
});

/** The author's own script that an ENTRYPOINT starts, where nothing in it can see what it is given. */
function deafScript(start: Instruction | undefined, stage: Stage): ShellScript | undefined {
  const scripts = start ? shellScriptsRunIn(stage).filter((it) => it.instruction === start) : [];
  const [script, ...more] = scripts;
  // One that does nothing yet is a sketch.
  if (script?.contents.commands.every((it) => it.name?.literal === "set")) return undefined;
  return !script || more.length > 0 || SEES_ARGUMENTS.test(script.origin.text) ? undefined : script;
}

/** `$1`, `"$@"`, `$#`, a loop over all of them, and files and texts that see the same. */
const SEES_ARGUMENTS =
  /\$\{?[@*0-9#]|\b(?:shift|getopts?|eval|source|BASH_ARG[VC]|cmdline)\b|(?:^|[;&|{(])\s*\.\s|\bfor\s+\w+\s*(?:;|\n|do\b)/m;

/** The script of `["sh", "-c", "script"]`, with nothing behind it. */
function scriptOfShell(words: readonly Word[]): Word | undefined {
  const [program, option, script, ...more] = words;
  const isShell = /^(.*\/)?(ba|a|da|z)?sh$/.test(program?.raw ?? "") && /^-[elux]*c$/.test(option?.raw ?? "");
  return isShell && more.length === 0 ? script : undefined;
}

function asksForArguments({ rest }: Instruction): boolean {
  return /\$\{?[@*0-9#]/.test(rest.text);
}

function fixesOf(start: Instruction, stage: Stage): Fix[] {
  const span = start.rest.spanOf(0, start.rest.text.length);
  const handed = start.exec && scriptOfShell(start.exec);
  const text = handed && stage.model.inputs.shell.read(unmapped(handed.raw));
  const script = stage.instructions.includes(start) ? (text ?? stage.scriptOf(start)) : undefined;
  const words = script && plainWords(script);
  if (!words || holdsComment(stage.model.file, span)) return [];
  // The arguments begin to count, which may be more than was meant.
  return [{ kind: "unsafe", title: "Use exec form for ENTRYPOINT", edits: [replace(span, execForm(words))] }];
}
