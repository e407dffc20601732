import { type Dockerfile, notedOnFile } from "../../syntax/dockerfile/tree.ts";
import type { Stage } from "./stage.ts";

/**
 * The shell that a comment `# hadolint shell=powershell` tells of for the instruction at `position`: the base image's, where
 * its facts are not known (hadolint's README, "Non-Posix Shells", read 2026-11). It holds until the next one, a SHELL, or
 * the end of the stage; one above the first FROM holds for each stage from its beginning on. Undefined when nothing is told.
 */
export function shellToldOf(
  { model, from, instructions }: Pick<Stage, "from" | "instructions" | "model">,
  position: number,
): string | undefined {
  const told = shellsToldIn(model.file);
  if (told.length === 0) return undefined;
  const end = instructions[position]?.span.start ?? model.file.text.length;
  const set = instructions.slice(0, position).findLast((it) => it.name === "SHELL");
  const since = (set ?? from).span.end;
  const own = told.findLast(({ offset }) => since <= offset && offset < end);
  const first = set ? 0 : (model.stages[0] ?? { from }).from.span.start;
  return (own ?? told.findLast(({ offset }) => offset < first))?.shell;
}

/** Do comments of a file say anything to the evaluation? */
export function tellsOfShell(file: Dockerfile): boolean {
  return shellsToldIn(file).length > 0;
}

interface ToldShell {
  readonly offset: number;
  readonly shell: string;
}

const shellsToldIn = notedOnFile((file): readonly ToldShell[] => {
  // Hardly any file tells of one, and then its comments need not be looked at.
  const comments = /hadolint\s+shell/i.test(file.text) ? file.comments : [];
  return comments.flatMap(({ text, span }) => {
    const shell = /^hadolint\s+shell\s*=\s*([^\s#]+)/i.exec(text)?.[1];
    return shell === undefined ? [] : [{ offset: span.start, shell }];
  });
});
