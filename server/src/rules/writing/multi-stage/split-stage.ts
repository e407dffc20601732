import type { Stage } from "../../../model/stage/stage.ts";
import type { Comment, Dockerfile, Instruction } from "../../../syntax/dockerfile/tree.ts";
import { insert, remove, type TextEdit } from "../../../text/edit.ts";
import { literally } from "../../../text/literally.ts";
import { textOf as textIn } from "../../../text/span.ts";
import { budgetComments } from "../../knowledge/names/budget-comments.ts";
import { holdsComment, lineBreakOf, removeLines } from "../dockerfile/lines.ts";
import { freeStageName } from "../dockerfile/rename-stage.ts";

/** What a language says of the image that its program runs in. */
export interface RuntimePlan {
  /** What FROM names. */
  readonly image: string;
  /** ENV instructions of the builder that the lines below need: right behind FROM. */
  readonly environment?: readonly Instruction[];
  /** Lines behind FROM, e.g. packages and a user, in front of the files. */
  readonly setup: readonly string[];
  /** Lines that run in the working directory, in front of the files: what installs dependencies. */
  readonly installs?: readonly string[];
  /** What is taken from the builder. */
  readonly artefacts: readonly Artefact[];
  /** Directory that the program starts in, where it reads files by relative paths. */
  readonly workdir: string | undefined;
  /** Instructions of the builder whose lines the runtime needs too. */
  readonly repeated: readonly Instruction[];
  /** Lines behind the files: `USER …`. */
  readonly user: string | undefined;
  /** Edits of the build and of what is started. */
  readonly edits: readonly TextEdit[];
}

/** A file or folder of the builder: absolute paths. */
export interface Artefact {
  readonly from: string;
  readonly to: string;
  /** As --chown has it. */
  readonly owner?: string | undefined;
}

/** Instructions that say what the container is, rather than build something. */
const RUNTIME: ReadonlySet<string> = new Set([
  "CMD",
  "ENTRYPOINT",
  "EXPOSE",
  "HEALTHCHECK",
  "LABEL",
  "STOPSIGNAL",
]);

/** A stage taken apart: what builds, what is copied when all is built, and what the container is. */
export interface StageParts {
  /** The last instruction of the builder. */
  readonly end: Instruction;
  /** Instructions of the container that stand among those that build, to be moved. */
  readonly moved: readonly Instruction[];
  /** Instructions behind the builder's end; they stay where they are. */
  readonly tail: readonly Instruction[];
  /** Those that build, in order. */
  readonly head: readonly Instruction[];
}

/** The builder ends with the last RUN. Undefined where one of its instructions can be in neither part. */
export function partsOf(stage: Stage): StageParts | undefined {
  const all = stage.instructions;
  const at = all.findLastIndex((it) => it.name === "RUN" || it.name === "ADD");
  const end = all[at];
  if (!end || all.some((it) => ["ONBUILD", "MAINTAINER", "SHELL"].includes(it.name))) return undefined;
  const head = all.slice(0, at + 1);
  // What is started would have to be written anew on its way; a volume in front of a RUN may undo what that writes.
  if (head.some((it) => ["CMD", "ENTRYPOINT", "HEALTHCHECK", "VOLUME"].includes(it.name))) return undefined;
  return {
    end,
    head: head.filter((it) => !RUNTIME.has(it.name)),
    moved: head.filter((it) => RUNTIME.has(it.name)),
    tail: all.slice(at + 1),
  };
}

/**
 * Edits that make two stages of one: the builder keeps what builds, a second FROM below it takes what was built. The
 * stage's name and its size budget go to the second. Undefined where a comment would have to move.
 */
export function splitStage(stage: Stage, parts: StageParts, plan: RuntimePlan): TextEdit[] | undefined {
  const { model, base, nameWord } = stage;
  const { file } = model;
  const written = [...parts.moved, ...plan.repeated, ...(plan.environment ?? [])];
  if (!base.word || written.some((it) => holdsComment(file, it.span))) return undefined;
  const builder = freeStageName("builder", model);
  const naming: TextEdit = nameWord
    ? { span: nameWord.span, newText: builder }
    : insert(base.word.span.end, ` AS ${builder}`);

  const textOf = (it: Instruction): string => file.text.slice(it.span.start, it.span.end);
  const { environment = [], installs = [] } = plan;
  const workdir = plan.workdir ?? startOfRelative(stage, parts);
  const lines = [
    ...environment.map(textOf),
    ...plan.setup,
    ...(workdir === undefined ? [] : [`WORKDIR ${workdir}`]),
    ...installs,
    ...plan.artefacts.map(({ from, to, owner }) => {
      const flags = [...(owner === undefined ? [] : [`--chown=${owner}`]), `--from=${builder}`];
      return `COPY ${flags.join(" ")} ${from} ${to}`;
    }),
    ...plan.repeated.map(textOf),
    ...parts.moved.map(textOf),
    ...(plan.user === undefined ? [] : [`USER ${plan.user}`]),
  ];
  const flags = stage.from.flags.map((it) => `${file.text.slice(it.span.start, it.span.end)} `).join("");
  const from = `FROM ${flags}${plan.image}${nameWord ? ` AS ${nameWord.raw}` : ""}`;
  const declared = argumentsFor([...lines, ...parts.tail.map(textOf)].join("\n"), parts.head, textOf);
  const lineBreak = lineBreakOf(file);
  const budgets = budgetComments(file, stage.from);
  const all = [
    ...budgets.map(({ span }) => textIn(file.text, span)),
    from,
    ...declared.map(textOf),
    ...lines,
  ];
  const added = insert(parts.end.span.end, lineBreak + all.map((it) => lineBreak + it).join(""));
  return [
    naming,
    ...budgets.map((it) => removeComment(file, it)),
    ...plan.edits,
    ...parts.moved.map((it) => removeLines(file, it)),
    added,
  ];
}

/** What the image may weigh is said of what is shipped, not of what builds it. */
function removeComment({ text, lines }: Dockerfile, { span }: Comment): TextEdit {
  const line = lines.lineAt(span.start);
  return remove({ start: lines.startOf(line), end: Math.min(lines.startOf(line + 1), text.length) });
}

/** Where the first WORKDIR behind the builder starts from, if it is a relative one. */
function startOfRelative(stage: Stage, { tail }: StageParts): string | undefined {
  const first = tail.find((it) => it.name === "WORKDIR");
  const isRelative = first !== undefined && !/^["']?[/$]/.test(first.words[0]?.raw ?? "/");
  const { workdir } = isRelative ? stage.before(first) : stage.initial;
  return isRelative && workdir.known ? workdir.value : undefined;
}

/** ARGs of the builder whose values the text asks for, and those that these ask for in turn. */
function argumentsFor(
  text: string,
  head: readonly Instruction[],
  textOf: (it: Instruction) => string,
): Instruction[] {
  const found: Instruction[] = [];
  let asked = text;
  // An ARG may only ask for one above it.
  for (const it of head.toReversed()) {
    const isAsked = it.pairs.some(({ name }) =>
      new RegExp(`\\$\\{?${literally(name.raw)}(?!\\w)`).test(asked),
    );
    if (it.name !== "ARG" || !isAsked) continue;
    found.unshift(it);
    asked += `\n${textOf(it)}`;
  }
  return found;
}
