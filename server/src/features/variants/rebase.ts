import type { Stage } from "../../model/stage/stage.ts";
import { holdsComment, removeLines } from "../../rules/writing/dockerfile/lines.ts";
import { replace, type TextEdit } from "../../text/edit.ts";

/**
 * Names another image in a final stage's FROM. An ARG in front of the first FROM that held nothing but a part of the old name
 * goes with it.
 */
export function rebase(stage: Stage, image: string): readonly TextEdit[] | undefined {
  const { base, model } = stage;
  const { file } = model;
  if (base.kind === "stage" || !base.word) return undefined;
  const names = [...base.word.raw.matchAll(/\$\{?(\w+)/g)].map((it) => it[1] ?? "");
  const globals = file.instructions.filter(
    (it) => it.name === "ARG" && it.span.start < (model.stages[0]?.from.span.start ?? 0),
  );
  const free = globals.filter((it) => {
    const [pair, ...more] = it.pairs;
    if (!pair || more.length > 0 || !names.includes(pair.name.raw) || holdsComment(file, it.span))
      return false;
    const uses = file.text.match(
      new RegExp(`\\$\\{?${pair.name.raw}\\b|^\\s*ARG\\s+${pair.name.raw}\\b`, "gim"),
    );
    // Its own declaration, and the name that goes.
    return uses?.length === 2;
  });
  return [replace(base.word.span, image), ...free.map((it) => removeLines(file, it))];
}
