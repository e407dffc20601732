import type { Word } from "../../../syntax/dockerfile/tree.ts";
import { mapText } from "../../../text/mapped-text.ts";
import { holdingStage } from "../holding-stage.ts";
import { packageJson } from "../package-json.ts";
import type { Stage } from "../stage.ts";
import type { CommandSetting } from "../state.ts";
import { isEntrypointScript } from "./entrypoint-script.ts";
import {
  inDocument,
  isProgram,
  type LastProgram,
  lastInScript,
  lastProgram,
  type Start,
  type StartSurroundings,
} from "./last-program.ts";
import type { KnownWord, StartedWord } from "./started-word.ts";

/**
 * What a container runs at last, unless it is told otherwise: ENTRYPOINT and CMD put together, and what they only go through
 * taken away. Undefined where that is not certain: the base's entrypoint is not known, a script of the author's own stands in
 * between, or several programs run.
 */
export function startedCommand(stage: Stage): LastProgram | undefined {
  const started = startIn(stage);
  return isProgram(started) ? started : undefined;
}

function startIn(stage: Stage): Start {
  const { entrypoint, command } = stage.result;
  if (!entrypoint.known || !command.known) return undefined;
  const before = entrypoint.value;
  if (before?.form === "shell") return inShellForm(before, stage);
  const own = before ? wordsInFront(before) : [];
  const after = command.value;
  if (after?.form !== "shell") return lastProgram([...own, ...wordsOf(after)], around(stage));
  // Shell form behind an entrypoint is handed to it as `/bin/sh -c …`.
  return own.length > 0 ? undefined : inShellForm(after, stage);
}

/** Those of the base behind a script that hands on what it is given. */
function wordsInFront(entrypoint: CommandSetting): readonly StartedWord[] {
  const words = wordsOf(entrypoint);
  if (entrypoint.instruction) return words;
  return words.slice(words.findIndex((it) => isEntrypointScript(it.text ?? "")) + 1);
}

function wordsOf(setting: CommandSetting | undefined): readonly StartedWord[] {
  return setting ? setting.words.map((it) => execWord(it, setting)) : [];
}

function execWord({ raw, span }: Word, { instruction }: CommandSetting): StartedWord {
  return { text: raw, span, written: instruction ? "exec" : "elsewhere", instruction };
}

function inShellForm({ instruction }: CommandSetting, stage: Stage): Start {
  const holder = instruction && holdingStage(instruction, stage.model);
  return instruction
    ? lastInScript(holder?.scriptOf(instruction), around(stage), inDocument({ instruction }))
    : undefined;
}

function around({ model }: Stage): StartSurroundings {
  const { file, inputs } = model;
  const scriptAt = ({ span, text, written }: KnownWord) => {
    // Between the quotes; an escape in there would shift what the shell reads against the document.
    const inside = { start: span.start + 1, end: span.end - 1 };
    if (written === "elsewhere" || file.text.slice(inside.start, inside.end) !== text) return undefined;
    return inputs.shell.read(mapText(file.text, [inside]));
  };
  return { shell: inputs.shell, scripts: packageJson(model)?.scripts ?? {}, scriptAt };
}
