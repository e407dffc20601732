import { parseImageReference } from "../../model/image/reference.ts";
import { SCRATCH } from "../../model/image/shipped-images.ts";
import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Problem } from "../../rules/rule.ts";
import { multiStageFixes } from "../../rules/writing/multi-stage/multi-stage.ts";
import type { TextEdit } from "../../text/edit.ts";
import { compiledStack } from "./compiled.ts";
import { addCertificates, addTimeZones } from "./feature-lines.ts";
import { edited, textOf } from "./final-stage.ts";
import { adaptHealthCheck } from "./health-lines.ts";
import { interpretedStack } from "./interpreted.ts";
import { type Check, foreignPackages, judge } from "./judge.ts";
import { keepAppFolder } from "./keep-app.ts";
import { lacksOf } from "./lacks.ts";
import { rebase } from "./rebase.ts";
import { adaptRuns, tidyRuns } from "./run-lines.ts";
import { adaptEntrypoint, adaptForm } from "./start-lines.ts";
import type { Adapting, Step } from "./step.ts";
import { adaptUsers } from "./user-lines.ts";
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
  const current: Variant = {
    name: "current",
    base: baseText(finalStage),
    text: file.text,
    changes: [],
    checks: [],
    lacks: lacksOf(finalStage),
  };
  const known = check(file.text);
  const split = splitOf(finalStage, known);
  const start = split?.stage ?? finalStage;
  if (start.base.kind === "stage")
    return `The final stage is built on the stage ${start.base.stage.name ?? start.base.stage.index}: what of that it needs cannot be told. Copy what is needed into a stage of its own.`;
  const stack = stackOf(start);
  if (!stack || stack.candidates.length === 0)
    return "What the final stage starts, or what that needs of an image, is not known well enough to name other bases.";
  const variants: Variant[] = [current];
  const refused: Refusal[] = [];
  for (const candidate of stack.candidates) {
    if (!split && isSameImage(candidate, start)) continue;
    const made = variant(candidate, start, stack, { current, known, check, split: split?.changes ?? [] });
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

/** The final stage after it was split into a builder and the program alone, where it ships its toolchain. */
function splitOf(
  stage: Stage,
  known: readonly Problem[],
): { readonly stage: Stage; readonly changes: readonly string[] } | undefined {
  const ofNode = known.find((it) => it.rule === "development-dependencies-shipped");
  const fix =
    multiStageFixes(stage)[0] ?? ofNode?.fixes.find((it) => it.title.startsWith("Build in a stage"));
  const final = fix && edited(stage, fix.edits);
  return (
    final && {
      stage: final,
      changes: ["The build has a stage of its own, and what only it needs stays there."],
    }
  );
}

interface Around {
  readonly current: Variant;
  readonly known: readonly Problem[];
  readonly check: Check;
  /** What was done before. */
  readonly split: readonly string[];
}

function variant(
  candidate: Candidate,
  start: Stage,
  { build, interpreters, isInterpreted }: StackOfStage,
  { current, known, check, split }: Around,
): Variant | Refusal {
  const { user } = start.result;
  const isRootByWord = user.known && user.value.isRoot && user.value.instruction !== undefined;
  const image = (isRootByWord && candidate.imageForRoot) || candidate.image;
  const refuse = (reason: string): Refusal => ({ name: candidate.name, base: image, reason });
  if (candidate.unfit !== undefined) return refuse(candidate.unfit);
  const facts = image === SCRATCH.name ? SCRATCH : start.model.inputs.images.find(parseImageReference(image));
  if (!facts) return refuse("Nothing is known of what the image holds.");

  const changes = [...split, ...build.changes];
  const checks = [...(candidate.checks ?? [])];
  const lacks: string[] = [];
  const before = build.edits.length > 0 ? edited(start, build.edits) : start;
  if (!before) return refuse("The build cannot be changed as the image asks.");
  let stage = onBase(before, image, facts.shell === "none", changes);
  if (!stage) return refuse("Its FROM cannot be written anew.");
  const steps: readonly Step[] = [
    adaptRuns,
    tidyRuns,
    adaptUsers,
    adaptForm,
    adaptEntrypoint(interpreters(image)),
    adaptHealthCheck(interpreters(image)),
    addTimeZones,
    addCertificates,
  ];
  for (const step of steps) {
    const at: Adapting = { stage, before, facts, image };
    const result = step(at);
    if (result.refused !== undefined) return refuse(result.refused);
    changes.push(...(result.changes ?? []));
    checks.push(...(result.checks ?? []));
    lacks.push(...(result.lacks ?? []));
    if (result.edits.length > 0) stage = edited(stage, result.edits);
    if (!stage) return refuse("What came of it cannot be read.");
  }
  const wrong = judge(stage, before, known, check);
  stage = wrong.stage;
  if (wrong.refused !== undefined) return refuse(wrong.refused);
  checks.push(...wrong.checks);
  if (isInterpreted) checks.push(...foreignPackages(stage));
  const text = textOf(stage);
  if (text === current.text) return refuse("The Dockerfile has this base already.");
  return { name: candidate.name, base: image, text, changes, checks, lacks: [...lacksOf(stage), ...lacks] };
}

/** The stage with another FROM; a Node project that is installed in it becomes a builder where nothing can run in the new one. */
function onBase(stage: Stage, image: string, isBare: boolean, changes: string[]): Stage | undefined {
  const installs = stage.instructions.some((it) => it.name === "RUN");
  const kept = isBare && installs && /\/nodejs\d/.test(image) ? keepAppFolder(stage, image) : undefined;
  const edits = kept ?? rebase(stage, image);
  if (kept) changes.push("What is installed and built has a stage of its own, as the image can run nothing.");
  return edits && edited(stage, edits);
}

function baseText({ base }: Stage): string {
  if (base.kind === "image") return base.image.text;
  if (base.kind === "stage") return base.stage.name ?? String(base.stage.index);
  return base.word?.raw ?? "";
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
