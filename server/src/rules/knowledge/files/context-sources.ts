import type { BuildContext } from "../../../model/context/build-context.ts";
import { isAddress } from "../../../model/stage/add-source.ts";
import { resolvePath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { wordValue } from "../../../model/stage/word-value.ts";
import { mountsOf } from "../../../syntax/dockerfile/run-mounts.ts";
import { type Instruction, notedOnInstruction, type Word } from "../../../syntax/dockerfile/tree.ts";

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
  if (!takesContext(copy)) return NONE;
  return sourcesOf(copy, stage);
}

const NONE: readonly never[] = [];

/** Several rules ask for every COPY; an instruction stands in one stage of one model. */
const sourcesOf = notedOnInstruction((copy, stage: Stage): readonly ContextSource[] => {
  return copy.words.slice(0, -1).flatMap((word): ContextSource[] => {
    if (/^\d*<</.test(word.raw) || isAddress(word.raw)) return [];
    const value = wordValue(word, copy, stage);
    const path = value === undefined ? undefined : resolvePath("/", value)?.slice(1);
    // COPY stays inside the context whatever `..` it is given.
    return value === undefined || path === undefined
      ? []
      : [{ word, path, isPattern: /[*?[\\]/.test(value) }];
  });
});

/** Sources of the context that a RUN mounts with `--mount=type=bind`. */
export function mountedSources(run: Instruction): readonly ContextSource[] {
  return mountsOf(run).flatMap(({ type, from, source }): readonly ContextSource[] => {
    if (type !== "bind" || from) return NONE;
    const { value, valueSpan } = source ?? {};
    const path = value === undefined || value.includes("$") ? undefined : resolvePath("/", value)?.slice(1);
    // Without a source it is the whole context, and a pattern is a name like any other.
    return path && value !== undefined && valueSpan
      ? [{ word: { raw: value, span: valueSpan }, path, isPattern: false }]
      : NONE;
  });
}

/**
 * Is the folder taken for the context one that a project is built in? `COPY . .` in `docker/Dockerfile` says nothing about that,
 * and what stands beside the Dockerfile there may not be copied at all.
 */
export function isProject({ origin, exists, ignoreFile }: BuildContext): boolean {
  return origin === "given" || ignoreFile.kind !== "none" || SIGNS.some((it) => exists(it) !== "absent");
}

/** What stands in the folder that a repository or a project begins with. */
const SIGNS =
  ".git package.json go.mod Cargo.toml pyproject.toml requirements.txt setup.py Pipfile pom.xml build.gradle build.gradle.kts Gemfile composer.json Makefile CMakeLists.txt README.md src mix.exs appsettings.json deno.json build.sbt Package.swift pubspec.yaml stack.yaml".split(
    " ",
  );

/** Is it a COPY or ADD from the build context, and not from a stage or an image? */
export function takesContext({ name, flags }: Instruction): boolean {
  return (name === "COPY" || name === "ADD") && !flags.some((it) => it.name === "from");
}
