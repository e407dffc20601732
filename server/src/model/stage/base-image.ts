import type { Word } from "../../syntax/dockerfile/tree.ts";
import type { ImageFacts } from "../image/facts.ts";
import { originOf } from "../image/origin.ts";
import { SCRATCH } from "../image/shipped-images.ts";
import { type Known, known, notKnown, type Reason } from "../known.ts";
import { type BaseConfiguration, unknownConfiguration } from "./configuration/configuration.ts";
import { imageConfiguration } from "./configuration/image-configuration.ts";
import { imageContents, unknownContents } from "./contents/image-contents.ts";
import type { ContentsView } from "./contents/view.ts";
import { type ImageReference, notedOnStage, type Stage } from "./stage.ts";

/** The image at the bottom of a stage's chain of FROMs, as far as it is known. */
interface ImageBelow {
  readonly facts: ImageFacts | undefined;
  readonly word: Word | undefined;
  /** Names it, or says why nothing is known of it. */
  readonly reason: Reason;
}

/** What the image below a chain of stages sets: user, environment, entrypoint and the rest. */
export function configurationBelow(stage: Stage): BaseConfiguration {
  const { facts, word, reason } = imageBelow(stage);
  return facts && word ? imageConfiguration(facts, word, reason) : unknownConfiguration(reason);
}

/** What files, programs and users the image below a chain of stages has. */
export function contentsBelow(stage: Stage): ContentsView {
  const { facts, reason } = imageBelow(stage);
  return facts ? imageContents(facts, reason) : unknownContents(reason);
}

/** A fact that instructions do not change. */
export function factBelow<Name extends keyof typeof FACTS>(
  { bottom }: Stage,
  name: Name,
): Known<NonNullable<ImageFacts[Name]>> {
  const known: { [Each in Name]?: Known<NonNullable<ImageFacts[Each]>> } = factsOf(bottom);
  const before = known[name];
  if (before) return before;
  const fact = findFact(bottom, name);
  known[name] = fact;
  return fact;
}

/** Kept with the stage that names the image, since each instruction of all that stand on it asks. */
const factsOf = notedOnStage(
  (): { [Name in keyof typeof FACTS]?: Known<NonNullable<ImageFacts[Name]>> } => ({}),
);

/** The directories of the PATH that the image at the bottom sets, where that is known. */
export function pathBelow({ bottom }: Stage): ReadonlySet<string> {
  return pathOf(bottom);
}

const pathOf = notedOnStage(
  (bottom): ReadonlySet<string> => new Set(imageBelow(bottom).facts?.environment?.["PATH"]?.split(":")),
);

function findFact<Name extends keyof typeof FACTS>(
  bottom: Stage,
  name: Name,
): Known<NonNullable<ImageFacts[Name]>> {
  const { facts, reason } = imageBelow(bottom);
  if (!facts) return notKnown(reason);
  const value = facts[name];
  const label = [facts.name, facts.tag].filter(Boolean).join(":");
  if (value === undefined)
    return notKnown({ ...reason, message: `it is not known ${FACTS[name].question} ${label} has` });
  return known<NonNullable<ImageFacts[Name]>>(value, {
    ...reason,
    message: `${label} ${FACTS[name].tell(facts)}${originOf(facts)}`,
  });
}

const FACTS = {
  libc: {
    question: "which C library",
    tell: ({ libc }: ImageFacts) => (libc === "none" ? "has no C library" : `has ${libc}`),
  },
  packageManager: {
    question: "which package manager",
    tell: ({ packageManager }: ImageFacts) =>
      packageManager === "none" ? "has no package manager" : `has ${packageManager}`,
  },
  os: {
    question: "which system",
    tell: ({ os }: ImageFacts) => `is ${[os?.family, os?.version].filter(Boolean).join(" ")}`,
  },
};

/** The image's name; undefined for scratch and where it is not known. */
export function imageNameBelow(stage: Stage): ImageReference | undefined {
  const base = baseBelow(stage);
  return base.kind === "image" ? base.image : undefined;
}

function imageBelow(stage: Stage): ImageBelow {
  const base = baseBelow(stage);
  const { word } = base;
  const span = (word ?? stage.from).span;
  if (base.kind === "unknown") return { facts: undefined, word, reason: { message: base.reason, span } };
  if (base.kind === "scratch") return { facts: SCRATCH, word, reason: { message: "scratch is empty", span } };
  if (base.facts.known) return { facts: base.facts.value, word, reason: { message: base.image.text, span } };
  return { facts: undefined, word, reason: base.facts.because[0] ?? { message: base.image.text, span } };
}

/** What the chain of FROMs that a stage stands on ends in. */
export function baseBelow({ bottom }: Stage): BottomBase {
  return bottom.base as BottomBase;
}

type BottomBase = Exclude<Stage["base"], { kind: "stage" }>;
