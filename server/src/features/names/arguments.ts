import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { variablesIn } from "../../syntax/dockerfile/variables.ts";
import type { MappedText } from "../../text/mapped-text.ts";
import type { Mention, Rewrite } from "./name.ts";
import type { DockerfileSource } from "./sources.ts";

/** What a name stands for at some place of a stage. */
type Declared = Map<string, "argument" | "environment">;

/**
 * ARG and ENV of a Dockerfile and where they are expanded. `--build-arg` sets every ARG of one name, so that all of them in a
 * file are one; ENV hides it for the rest of its stage and of those that are built from it.
 */
export function argumentMentions(source: DockerfileSource): readonly Mention[] {
  const { model, path } = source;
  const first = model.stages[0]?.from;
  const globals: Declared = new Map();
  const mentions: Mention[] = [];
  for (const instruction of model.file.instructions) {
    if (instruction === first) break;
    mentions.push(...mentionsIn(source, instruction, globals, path));
  }
  const ends = new Map<Stage, Declared>();
  for (const stage of model.stages) {
    const own: Declared = new Map(stage.base.kind === "stage" ? ends.get(stage.base.stage) : []);
    const scope = `${path}#${stage.bottom.index}`;
    mentions.push(...mentionsIn(source, stage.from, globals, scope));
    for (const instruction of stage.instructions)
      mentions.push(...mentionsIn(source, instruction, own, scope));
    ends.set(stage, own);
  }
  return mentions;
}

/** `declared` is what holds before the instruction, and after it what holds then. `stage`: the scope of what ENV sets. */
function mentionsIn(
  { model, path }: DockerfileSource,
  instruction: Instruction,
  declared: Declared,
  stage: string,
): readonly Mention[] {
  const scopeOf = (kind: "argument" | "environment") => (kind === "argument" ? path : stage);
  const mentions: Mention[] = [];
  for (const { name, span, rewrite } of expandedIn(instruction, model.file.escape, declared)) {
    const kind = declared.get(name);
    if (kind)
      mentions.push({
        kind,
        role: "use",
        place: { text: name, span, rewrite },
        file: path,
        scope: scopeOf(kind),
      });
  }
  const setting = instruction.name === "ONBUILD" ? undefined : instruction.name;
  if (setting !== "ARG" && setting !== "ENV") return mentions;
  const kind = setting === "ARG" ? "argument" : "environment";
  for (const { name } of instruction.pairs) {
    const isName = /^[A-Za-z_]\w*$/.test(name.raw);
    const rewrite: Rewrite =
      kind === "environment" ? { refused: "programs in the image see this variable by its name" } : "name";
    if (isName)
      mentions.push({
        kind,
        role: "declaration",
        place: { text: name.raw, span: name.span, rewrite },
        file: path,
        scope: scopeOf(kind),
      });
    if (kind === "environment" || !declared.has(name.raw)) declared.set(name.raw, kind);
  }
  return mentions;
}

interface Expanded {
  readonly name: string;
  readonly span: Mention["place"]["span"];
  readonly rewrite: Rewrite;
}

/** The variables that an instruction expands, or the shell that it starts. */
function expandedIn(
  instruction: Instruction,
  escapeCharacter: string,
  declared: Declared,
): readonly Expanded[] {
  if (declared.size === 0 || !instruction.body.text.includes("$")) {
    if (!instruction.hereDocuments.some((it) => it.text.text.includes("$"))) return [];
  }
  const own = instruction.name === "ONBUILD" ? (instruction.inner ?? instruction) : instruction;
  switch (own.name) {
    case "RUN":
      return [own.body, ...instruction.hereDocuments.map((it) => it.text)].flatMap((it) =>
        inScript(it, escapeCharacter),
      );
    case "CMD":
    case "ENTRYPOINT":
    case "HEALTHCHECK":
      // They run in the container, where no argument is left.
      return inScript(own.body, escapeCharacter).filter((it) => declared.get(it.name) === "environment");
    default: {
      const words = own.pairs.length > 0 ? own.pairs.flatMap((it) => it.value ?? []) : own.words;
      const flags = own.flags.flatMap(({ value, valueSpan }) =>
        value !== undefined && valueSpan ? [{ raw: value, span: valueSpan }] : [],
      );
      return [
        ...words.flatMap((it) => variablesIn(it, escapeCharacter)).map((it) => written(it.name, it.nameSpan)),
        ...flags.flatMap((it) => inFlag(it, escapeCharacter)),
        ...instruction.hereDocuments.flatMap((it) => (it.expand ? inScript(it.text, escapeCharacter) : [])),
      ];
    }
  }
}

function written(name: string, span: Expanded["span"]): Expanded {
  const isWritten = span.end - span.start === name.length;
  return {
    name,
    span,
    rewrite: isWritten ? "name" : { refused: `\`${name}\` is not written there as it is` },
  };
}

const VARIABLE = /\$\{?#?([A-Za-z_]\w*)/g;

function inScript(text: MappedText, escapeCharacter: string): readonly Expanded[] {
  const setsIt = new Map<string, boolean>();
  return [...text.text.matchAll(VARIABLE)].flatMap((match) => {
    const { 0: all, 1: name = "", index } = match;
    if (text.text[index - 1] === escapeCharacter) return [];
    const end = index + all.length;
    const found = written(name, text.spanOf(end - name.length, end));
    // A long script uses one name again and again.
    const isSet = setsIt.get(name) ?? setsItself(text.text, name);
    setsIt.set(name, isSet);
    return isSet
      ? [{ ...found, rewrite: { refused: `the script sets \`${name}\` by itself too` } }]
      : [found];
  });
}

/** Then it may mean the script's own variable. */
function setsItself(script: string, name: string): boolean {
  return new RegExp(
    `(?:^|[\\s;&|(])(?:${name}\\+?=|(?:for|read|select|unset)\\s(?:[^;&|\\n]*\\s)?${name}\\b)`,
  ).test(script);
}

/** Flags are mostly written without quotes and escapes; else the whole is the place. */
function inFlag(
  { raw, span }: { readonly raw: string; readonly span: Expanded["span"] },
  escapeCharacter: string,
): readonly Expanded[] {
  const isPlain = span.end - span.start === raw.length;
  return [...raw.matchAll(VARIABLE)].flatMap(({ 0: all, 1: name = "", index }) => {
    if (raw[index - 1] === escapeCharacter) return [];
    const end = span.start + index + all.length;
    return [written(name, isPlain ? { start: end - name.length, end } : span)];
  });
}
