import { baseName } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { Script } from "../../../syntax/shell/script.ts";
import { mapText } from "../../../text/mapped-text.ts";

/**
 * The script that a RUN hands to another shell, where that is all it does: `bash -c "…"`, `["sh", "-c", "…"]`. In double quotes the
 * shell in force puts in the values of variables first. Undefined for one whose letters are not those that the other shell reads.
 */
export function handedScript(script: Script | undefined, stage: Stage): Script | undefined {
  return script?.complete && script.commands.length === 1 ? scriptIn(script, stage) : undefined;
}

function scriptIn(script: Script, stage: Stage): Script | undefined {
  const { name, arguments: words, redirections, background } = script.commands[0] ?? {};
  if (!SHELL.test(baseName(name?.literal ?? "")) || redirections?.length !== 0 || background)
    return undefined;
  const [option, line, ...more] = words ?? [];
  if (!line || more.length > 0 || !/^-[elux]*c$/.test(option?.literal ?? "")) return undefined;
  const { file, inputs } = stage.model;
  const span = { start: line.span.start + 1, end: line.span.end - 1 };
  const text = file.text.slice(span.start, span.end);
  const said = line.literal ?? line.raw.slice(1, -1);
  return text !== said || /[\\`]|\$\(/.test(text) ? undefined : inputs.shell.read(mapText(file.text, [span]));
}

const SHELL = /^(?:ba|da|a)?sh$/;
