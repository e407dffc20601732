import type { BuildContext } from "../../model/context/build-context.ts";
import { entriesMatching } from "../../model/context/entry-pattern.ts";
import type { Answer } from "../../model/known.ts";
import { targetFolder } from "../../model/stage/copy-target.ts";
import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { StageState } from "../../model/stage/state.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import { type ContextSource, contextSources } from "../../rules/knowledge/files/context-sources.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import { contains } from "../../text/span.ts";
import { fileText } from "../file-text.ts";
import { bold, code, plain } from "../markdown.ts";
import { sizeText } from "../size-text.ts";
import type { Hover } from "./hover.ts";

/** What the argument at `offset` stands for in its stage or its build context. `outer` is the instruction, ONBUILD included. */
export function hoverWord(
  model: DockerfileModel,
  outer: Instruction,
  instruction: Instruction,
  offset: number,
): Hover | undefined {
  const stage = model.stages.find((it) => it.instructions.includes(outer));
  // What ONBUILD keeps runs in another stage, with another context.
  if (!stage || outer.name === "ONBUILD") return undefined;
  switch (instruction.name) {
    case "ADD":
    case "COPY":
      return hoverSource(stage, instruction, offset) ?? hoverTarget(stage, instruction, offset);
    case "WORKDIR":
      return hoverTarget(stage, instruction, offset);
    case "USER":
      return hoverUser(stage, instruction, offset);
    case "CMD":
    case "ENTRYPOINT":
      return hoverProgram(stage, outer, instruction, offset);
    default:
      return undefined;
  }
}

/** What COPY, ADD or WORKDIR leaves at the path that it names: what it is, how large, and whose. */
function hoverTarget(stage: Stage, instruction: Instruction, offset: number): Hover | undefined {
  const word = instruction.words.at(-1);
  if (!word || !contains(word.span, offset)) return undefined;
  const path = targetFolder(instruction, stage);
  if (path === undefined) return undefined;
  const state = stage.after(instruction);
  const inside = state.files.filter((it) => it.writtenBy === instruction && it.path !== path);
  const lines = inside.slice(0, MOST_LISTED).map((it) => `- ${code(it.path)}, ${fileText(it.path, state)}`);
  if (inside.length > MOST_LISTED) lines.push(`- and ${inside.length - MOST_LISTED} more`);
  const list = lines.length > 0 ? `\n\n${lines.join("\n")}` : "";
  return { span: word.span, markdown: `${bold(path)}: ${fileText(path, state)}${list}` };
}

const MOST_LISTED = 10;

/** What COPY or ADD takes: of the build context, or of the stage behind `--from`. */
function hoverSource(stage: Stage, copy: Instruction, offset: number): Hover | undefined {
  const word = copy.words.slice(0, -1).find((it) => contains(it.span, offset));
  if (!word) return undefined;
  const from = copy.flags.find((it) => it.name === "from")?.value;
  if (from !== undefined) {
    const taken = stage.model.findStage(from, stage);
    const value = wordValue(word, copy, stage);
    const path = value === undefined ? undefined : resolvePath("/", value);
    if (!taken || path === undefined || !taken.result.fileAt(path)) return undefined;
    return {
      span: word.span,
      markdown: `${bold(path)} in ${code(from)}: ${fileText(path, taken.result)}`,
    };
  }
  const { context } = stage.model.inputs;
  const source = contextSources(copy, stage).find((it) => it.word === word);
  return source && context && { span: word.span, markdown: sourceText(source, context) };
}

function sourceText({ path, isPattern }: ContextSource, context: BuildContext): string {
  if (isPattern) {
    const found = entriesMatching(path, context);
    const shown = found.slice(0, MOST_LISTED).map((it) => `- ${code(it)}`);
    if (found.length > MOST_LISTED) shown.push(`- and ${found.length - MOST_LISTED} more`);
    return `${code(path)} in the build context${found.length === 0 ? "" : `\n\n${shown.join("\n")}`}`;
  }
  const title = `${bold(path === "" ? "." : path)} in the build context`;
  const { is, by } = context.isIgnored(path);
  if (is === "yes")
    return `${title}: left out of the build${by ? ` by ${code(by.pattern)} of its ignore file` : ""}`;
  const size = context.size?.(path);
  switch (context.exists(path)) {
    case "file":
      return `${title}: a file${size === undefined ? "" : ` of ${sizeText(size)}`}`;
    case "directory":
      return `${title}: a folder, of which the content is copied`;
    case "absent":
      return context.origin === "given" ? `${title}: not there` : title;
    case "unknown":
      return title;
  }
}

/** Is there such a user, and why. */
function hoverUser(stage: Stage, instruction: Instruction, offset: number): Hover | undefined {
  const [word] = instruction.words;
  if (!word || !contains(word.span, offset)) return undefined;
  const { user } = stage.after(instruction);
  if (!user.known) return undefined;
  const { name, isRoot } = user.value;
  const before = stage.before(instruction);
  const isId = /^\d+$/.test(name);
  const answer = isId ? undefined : before.hasUser(name);
  const what = isRoot ? "may do everything in the container" : isId ? "a user by its id" : told(answer);
  return what === undefined
    ? undefined
    : { span: word.span, markdown: `${bold(name)}: ${what}${reasons(answer)}` };
}

function told(answer: Answer | undefined): string | undefined {
  if (answer?.is === "yes") return "a user of this image";
  return answer?.is === "no" ? "no user of this image" : undefined;
}

/** The program that a container is started with. */
function hoverProgram(
  stage: Stage,
  outer: Instruction,
  instruction: Instruction,
  offset: number,
): Hover | undefined {
  const [first] = instruction.exec ?? [];
  if (!first || !contains(first.span, offset)) return undefined;
  const state = outer === instruction ? stage.result : stage.after(outer);
  const path = programPath(first, state);
  if (path !== undefined && state.fileAt(path))
    return { span: first.span, markdown: `${bold(path)}: ${fileText(path, state)}` };
  const answer = state.hasTool(first.raw);
  if (answer.is === "unknown") return undefined;
  const what = answer.is === "yes" ? "a program of this image" : "not in this image";
  return { span: first.span, markdown: `${bold(first.raw)}: ${what}${reasons(answer)}` };
}

function programPath({ raw }: Word, { workdir }: StageState): string | undefined {
  return raw.includes("/") ? resolvePath(workdir.known ? workdir.value : undefined, raw) : undefined;
}

function reasons(answer: Answer | undefined): string {
  const because = answer?.because ?? [];
  return because.length === 0 ? "" : `\n\n${because.map(({ message }) => `- ${plain(message)}`).join("\n")}`;
}
