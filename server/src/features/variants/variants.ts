import { parseImageReference } from "../../model/image/reference.ts";
import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Problem } from "../../rules/rule.ts";
import { multiStageFixes, nodeStageTitle } from "../../rules/writing/multi-stage/multi-stage.ts";
import type { TextEdit } from "../../text/edit.ts";
import { baseText } from "../stage-text.ts";
import { adapt } from "./adapt.ts";
import { compiledStack } from "./compiled.ts";
import { edited, textOf } from "./final-stage.ts";
import { flatten } from "./flatten.ts";
import { interpretedStack } from "./interpreted.ts";
import { type Check, foreignPackages, judge } from "./judge.ts";
import { lacksOf } from "./lacks.ts";
import type { Candidate, Refusal, Variant, Variants } from "./variant.ts";

/**
 * The final stage of a Dockerfile on the bases that its program runs on, each with what that base asks for: certificates, time
 * zones, users, exec form, health check. A stage that ships its toolchain is first taken apart. A string says why there is none.
 */
export function variantsOf(model: DockerfileModel, check: Check): Variants | string {
  const { file, finalStage } = model;
  if (!finalStage) return "There is no stage in this file.";
  if (file.problems.some((it) => it.severity === "error"))
    return "The Dockerfile has mistakes that the build stops at. Put them right first.";
  if (finalStage.instructions.some((it) => it.name === "ONBUILD"))
    return "The final stage is one for other Dockerfiles to build on (ONBUILD): what they need cannot be told.";
  const current: Variant = {
    name: "current",
    base: baseText(finalStage),
    text: file.text,
    changes: [],
    checks: [],
    lacks: lacksOf(finalStage),
  };
  const known = check(file.text);
  const prepared = prepare(finalStage, known);
  const { stage: start } = prepared;
  if (start.base.kind === "stage")
    return `The final stage is built on the stage ${start.base.stage.name ?? start.base.stage.index}, and each names a platform: they cannot be put together.`;
  const stack = stackOf(start);
  if (!stack || stack.candidates.length === 0)
    return "What the final stage starts, or what that needs of an image, is not known well enough to name other bases.";
  const variants: Variant[] = [current];
  const refused: Refusal[] = [];
  for (const candidate of stack.candidates) {
    if (!prepared.isSplit && isSameImage(candidate, start)) continue;
    const made = variant(candidate, start, stack, { current, known, check, done: prepared.changes });
    if ("reason" in made) refused.push(made);
    else variants.push(made);
  }
  return { variants, refused };
}

interface StackOfStage {
  readonly isInterpreted: boolean;
  readonly candidates: readonly Candidate[];
  /** What is done to the build, for all of them. */
  readonly build: { readonly edits: readonly TextEdit[]; readonly changes: readonly string[] };
  readonly interpreters: (image: string) => Readonly<Record<string, string>>;
}

function stackOf(stage: Stage): StackOfStage | undefined {
  const compiled = compiledStack(stage);
  if (compiled)
    return {
      isInterpreted: false,
      candidates: compiled.candidates,
      build: { edits: compiled.build, changes: compiled.changes },
      interpreters: () => ({}),
    };
  const interpreted = interpretedStack(stage);
  return interpreted && { isInterpreted: true, ...interpreted, build: { edits: [], changes: [] } };
}

/** A final stage that other bases can be put under. */
interface Prepared {
  readonly stage: Stage;
  readonly isSplit: boolean;
  readonly changes: readonly string[];
}

/** Split into a builder and the program alone, where it ships its toolchain; and on an image, where it is built on a stage. */
function prepare(stage: Stage, known: readonly Problem[]): Prepared {
  const ofNode = known.find((it) => it.rule === "development-dependencies-shipped");
  const fix = multiStageFixes(stage)[0] ?? ofNode?.fixes.find((it) => it.title === nodeStageTitle);
  const split = fix && edited(stage, fix.edits);
  if (split) {
    const changes = ["The build has a stage of its own, and what only it needs stays there."];
    return { stage: split, isSplit: true, changes };
  }
  const changes: string[] = [];
  let flat = stage;
  for (let depth = 0; depth < DEEPEST && flat.base.kind === "stage"; depth++) {
    const edits = flatten(flat);
    const next = edits && edited(flat, edits);
    if (!next) break;
    const below = flat.base.stage;
    changes.unshift(`What the stage ${below.name ?? below.index} says stands in the final stage.`);
    flat = next;
  }
  return { stage: flat, isSplit: false, changes };
}

/** More stages on top of each other are hardly written. */
const DEEPEST = 10;

interface Around {
  readonly current: Variant;
  readonly known: readonly Problem[];
  readonly check: Check;
  /** What was done before. */
  readonly done: readonly string[];
}

function variant(
  candidate: Candidate,
  start: Stage,
  { build, interpreters, isInterpreted }: StackOfStage,
  { current, known, check, done }: Around,
): Variant | Refusal {
  const { user } = start.result;
  const isRootByWord = user.known && user.value.isRoot && user.value.instruction !== undefined;
  const image = (isRootByWord && candidate.imageForRoot) || candidate.image;
  const refuse = (reason: string): Refusal => ({ name: candidate.name, base: image, reason });
  if (candidate.unfit !== undefined) return refuse(candidate.unfit);
  const before = edited(start, build.edits);
  const adapted = before && adapt(before, image, interpreters(image));
  if (!before || !adapted) return refuse("What came of it cannot be read.");
  if (typeof adapted === "string") return refuse(adapted);
  const { stage, refused, checks } = judge(adapted.stage, before, known, check);
  if (refused !== undefined) return refuse(refused);
  const text = textOf(stage);
  if (text === current.text) return refuse("The Dockerfile has this base already.");
  const more = isInterpreted ? foreignPackages(stage) : [];
  return {
    ...{ name: candidate.name, base: image, text },
    changes: once([...done, ...build.changes, ...adapted.changes]),
    checks: once([...(candidate.checks ?? []), ...adapted.checks, ...checks, ...more]),
    lacks: [...lacksOf(stage), ...adapted.lacks],
  };
}

function once(sentences: readonly string[]): readonly string[] {
  return [...new Set(sentences)];
}

/** Also by another of its tags, as `node:24-alpine3.24` is `node:24-alpine`. */
function isSameImage({ image }: Candidate, { base }: Stage): boolean {
  if (base.kind === "scratch") return image === "scratch";
  if (base.kind !== "image") return false;
  const [one, other] = [parseImageReference(image), base.image];
  const plain = (tag: string | undefined) =>
    (tag ?? "latest").replace(/(alpine)\d[\d.]*/, "$1").replace(/:latest$/, "");
  return one.name === other.name && plain(one.tag) === plain(other.tag);
}
