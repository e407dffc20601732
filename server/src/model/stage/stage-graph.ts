import { expandWord, type Lookup, UNKNOWN } from "../../syntax/dockerfile/expand.ts";
import type { Dockerfile, Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import { parseImageReference } from "../image/reference.ts";
import { SCRATCH } from "../image/shipped-images.ts";
import { known, notKnown } from "../known.ts";
import type { ModelInputs } from "./dockerfile-model.ts";
import type { GlobalArguments } from "./global-arguments.ts";
import { type Base, notedOnStage, type Stage } from "./stage.ts";

/** The words of a FROM: image, and name behind AS. */
export function fromWords(from: Instruction): {
  readonly image: Word | undefined;
  readonly name: Word | undefined;
} {
  const [image, as, name] = from.words;
  return { image, name: as && /^as$/i.test(as.raw) ? name : undefined };
}

/** What a FROM builds on. `earlier` are the stages before it, which its name is looked for among first. */
export function baseOf(
  from: Instruction,
  file: Dockerfile,
  globals: GlobalArguments,
  inputs: ModelInputs,
  earlier: (name: string) => Stage | undefined,
): Base {
  const { image: word } = fromWords(from);
  if (!word) return { kind: "unknown", reason: "FROM names no image", word };
  const text = imageText(word, globals, file);
  if (text === undefined || text === "")
    return { kind: "unknown", reason: `${word.raw} has no value that is known`, word };
  const stage = earlier(text.toLowerCase());
  if (stage) return { kind: "stage", stage, word };
  if (text === SCRATCH.name) return { kind: "scratch", word };
  const image = parseImageReference(text);
  const facts = inputs.images.find(image);
  const reason = {
    message: facts ? text : `nothing is known of ${text}`,
    span: word.span,
  };
  return { kind: "image", image, facts: facts ? known(facts, reason) : notKnown(reason), word };
}

/** The word's value; an ARG without default counts as unset where the word has a default of its own for it. */
function imageText(word: Word, globals: GlobalArguments, file: Dockerfile): string | undefined {
  const { value } = expandWord(word.raw, globals.lookup, file.escape);
  if (value !== undefined) return value;
  const lookup: Lookup = (name) => {
    const found = globals.lookup(name);
    const hasDefault = new RegExp(`\\$\\{${name}:?[-?]`).test(word.raw);
    return found === UNKNOWN && hasDefault && globals.hasNoValue(name) ? undefined : found;
  };
  return expandWord(word.raw, lookup, file.escape).value;
}

/** Stages that an instruction takes files from: COPY --from and RUN --mount=from=. */
function referencesOf(instruction: Instruction): string[] {
  return instruction.flags.flatMap((flag) => {
    if (flag.name === "from" && flag.value !== undefined) return [flag.value];
    if (flag.name !== "mount") return [];
    return flag.fields.flatMap((it) => (it.name === "from" && it.value !== undefined ? [it.value] : []));
  });
}

/** A stage and those that it is built on, itself first. A loop, as there may be more of them than the call stack holds. */
export function* stagesDownFrom(stage: Stage): Iterable<Stage> {
  for (let at: Stage | undefined = stage; at; at = at.base.kind === "stage" ? at.base.stage : undefined)
    yield at;
}

/**
 * What is made for each stage out of that of the stage it is built on, kept with it: a chain of FROMs is gone down once, and
 * not by recursion.
 */
export function notedAlongChain<T>(make: (stage: Stage, below: T | undefined) => T): (stage: Stage) => T {
  const kept = notedOnStage((): { made?: { readonly value: T } } => ({}));
  return (stage) => {
    const missing: Stage[] = [];
    let known: { readonly value: T } | undefined;
    for (const it of stagesDownFrom(stage)) {
      known = kept(it).made;
      if (known) break;
      missing.push(it);
    }
    for (const it of missing.toReversed()) {
      known = { value: make(it, known?.value) };
      kept(it).made = known;
    }
    return known ? known.value : make(stage, undefined);
  };
}

/** The stages that `from` needs, itself among them. */
export function neededBy(from: Stage): ReadonlySet<Stage> {
  const needed = new Set([from]);
  for (const stage of needed) for (const other of needsOf(stage)) needed.add(other);
  return needed;
}

/** The stages that a stage is built on or takes from, itself not followed further. */
export const needsOf = notedOnStage((stage): readonly Stage[] => {
  const { base, instructions, model } = stage;
  // The names of stages are as they were where there is one.
  const before = model.beforeEdit(stage);
  if (before) return needsOf(before).flatMap((it) => model.stages[it.index] ?? []);
  const needed: Stage[] = base.kind === "stage" ? [base.stage] : [];
  for (const instruction of instructions) {
    // ONBUILD takes what it takes for the stages that are built on this one.
    for (const reference of referencesOf(instruction.inner ?? instruction)) {
      // A later stage may be taken from as well, as long as it does not need this one in turn.
      const other = model.findStage(reference);
      if (other) needed.push(other);
    }
  }
  return needed;
});
