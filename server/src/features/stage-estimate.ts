import { entriesMatching } from "../model/context/entry-pattern.ts";
import { type ContextWeight, weighContext } from "../model/context/weigh-context.ts";
import { originOf } from "../model/image/origin.ts";
import { addSource } from "../model/stage/add-source.ts";
import { sizeOfContent } from "../model/stage/file-size.ts";
import { resolvePath } from "../model/stage/paths.ts";
import type { Stage } from "../model/stage/stage.ts";
import { wordValue } from "../model/stage/word-value.ts";
import { contextSources, isProject } from "../rules/knowledge/files/context-sources.ts";
import type { Instruction, Word } from "../syntax/dockerfile/tree.ts";
import type { Steps } from "../text/steps.ts";
import { lineage } from "./stage-lineage.ts";

/** What a stage's image will weigh at least, from what is known before anyone builds. Bytes on disk. */
export interface StageEstimate {
  readonly bytes: number;
  /** Of the image that it begins with, and where that is known from. */
  readonly base: { readonly name: string; readonly bytes: number; readonly origin: string };
  /** What COPY and ADD bring of the build context, with here-documents and known files of other stages. */
  readonly files: ContextWeight;
  /** What is not counted, by kind: how many instructions, or sources of them. */
  readonly missing: MissingParts;
}

export interface MissingParts {
  readonly runs: number;
  /** Files of other stages or images whose size is not known. */
  readonly fromStages: number;
  readonly downloads: number;
  /** Unpacked by ADD. */
  readonly archives: number;
}

/**
 * Undefined where the base's size or that of a file of the context is not known, and where there would be nothing to say. Whatever
 * is counted twice in an image (a file that is copied twice) is counted twice here. In pieces, as a context may hold thousands of files.
 */
export function* estimateStage(stage: Stage): Steps<StageEstimate | undefined> {
  const stages = lineage(stage);
  const base = stages[0] && baseOf(stages[0]);
  if (!base) return undefined;
  const parts: Part[] = [];
  for (const one of stages)
    for (const instruction of one.instructions) {
      const found = yield* partsOf(instruction, one);
      if (!found) return undefined;
      parts.push(...found);
    }
  const files = parts.flatMap((it) => (typeof it === "string" ? [] : [it]));
  const count = (kind: keyof MissingParts) => parts.filter((it) => it === kind).length;
  const weight = {
    files: files.reduce((sum, it) => sum + it.files, 0),
    bytes: files.reduce((sum, it) => sum + it.bytes, 0),
  };
  const bytes = base.bytes + weight.bytes;
  if (bytes === 0) return undefined;
  const missing = {
    runs: count("runs"),
    fromStages: count("fromStages"),
    downloads: count("downloads"),
    archives: count("archives"),
  };
  return { bytes, base, files: weight, missing };
}

function baseOf({ base }: Stage): StageEstimate["base"] | undefined {
  if (base.kind === "scratch") return { name: "scratch", bytes: 0, origin: "" };
  if (base.kind !== "image" || !base.facts.known) return undefined;
  const { value: facts } = base.facts;
  if (facts.unpackedSize === undefined) return undefined;
  return { name: base.image.text, bytes: facts.unpackedSize, origin: originOf(facts).replace(/^, /, "") };
}

/** What one source brings, or why that is not counted. */
type Part = ContextWeight | keyof MissingParts;

/** Undefined where nothing certain can be said of the whole then. */
function* partsOf(instruction: Instruction, stage: Stage): Steps<readonly Part[] | undefined> {
  if (instruction.name === "RUN") return ["runs"];
  if (instruction.name !== "COPY" && instruction.name !== "ADD") return [];
  if (instruction.flags.some((it) => it.name === "exclude")) return undefined;
  const sources = instruction.words.slice(0, -1);
  const from = instruction.flags.find((it) => it.name === "from")?.value;
  const parts: Part[] = [];
  for (const word of sources) {
    const part =
      from === undefined
        ? yield* sourcePart(word, instruction, stage)
        : otherStagePart(word, from, instruction, stage);
    if (!part) return undefined;
    parts.push(part);
  }
  return parts;
}

function otherStagePart(word: Word, from: string, copy: Instruction, stage: Stage): Part {
  const value = wordValue(word, copy, stage);
  const path = value === undefined ? undefined : resolvePath("/", value);
  const size = path === undefined ? undefined : stage.model.findStage(from, stage)?.result.sizeOf(path);
  return size === undefined ? "fromStages" : { files: 1, bytes: size };
}

function* sourcePart(word: Word, copy: Instruction, stage: Stage): Steps<Part | undefined> {
  const document = copy.hereDocuments.find((it) => word.raw.includes(`<<`) && word.raw.includes(it.name));
  if (document) {
    const bytes = sizeOfContent(document, undefined);
    return bytes === undefined ? undefined : { files: 1, bytes };
  }
  const value = wordValue(word, copy, stage);
  if (copy.name === "ADD") {
    const kind = addSource(value ?? word.raw);
    if (kind === "url" || kind === "repository") return "downloads";
    if (kind === "archive") return "archives";
    if (kind === "unknown" && value === undefined) return undefined;
  }
  const { context } = stage.model.inputs;
  const source = contextSources(copy, stage).find((it) => it.word === word);
  if (!context || !source) return undefined;
  // Of a folder that is only guessed to be the context its whole content is no estimate.
  if (source.path === "" && !isProject(context)) return undefined;
  const paths = source.isPattern ? entriesMatching(source.path, context) : [source.path];
  let [files, bytes] = [0, 0];
  for (const path of paths) {
    const weight = yield* weighContext(context, path);
    if (!weight) return undefined;
    files += weight.files;
    bytes += weight.bytes;
  }
  return paths.length === 0 ? undefined : { files, bytes };
}
