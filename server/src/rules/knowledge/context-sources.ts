import { resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";

/** One source of a COPY or ADD that is looked for in the build context. */
export interface ContextSource {
  readonly word: Word;
  /** Clean, relative to the context; empty for the whole of it. */
  readonly path: string;
  /** Holds `*`, `?` or `[`. */
  readonly isPattern: boolean;
}

/** Sources of the context; without those that hold a variable that is not known, here-documents, URLs and repositories. */
export function contextSources(copy: Instruction, stage: Stage): readonly ContextSource[] {
  if (!takesContext(copy)) return [];
  return copy.words.slice(0, -1).flatMap((word): ContextSource[] => {
    if (/^\d*<<|^[a-z]+:\/\/|^git@/i.test(word.raw)) return [];
    const value = wordValue(word, copy, stage);
    const path = value === undefined ? undefined : resolvePath("/", value)?.slice(1);
    // COPY stays inside the context whatever `..` it is given.
    return value === undefined || path === undefined
      ? []
      : [{ word, path, isPattern: /[*?[\\]/.test(value) }];
  });
}

function takesContext({ name, flags }: Instruction): boolean {
  return (name === "COPY" || name === "ADD") && !flags.some((it) => it.name === "from");
}

/** Where an instruction copies the content of a folder to; undefined where that is not known. */
export function targetFolder(copy: Instruction, stage: Stage): string | undefined {
  const word = copy.words.at(-1);
  const value = word && wordValue(word, copy, stage);
  const { workdir } = stage.before(copy);
  return value === undefined ? undefined : resolvePath(workdir.known ? workdir.value : undefined, value);
}
