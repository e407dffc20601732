import { type DockerfileModel, notedOnModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Word } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { type CopySource, copySources } from "../knowledge/files/copy-sources.ts";
import { fewTimes } from "../knowledge/stages/few-times.ts";
import { isNamedContext } from "../knowledge/stages/named-contexts.ts";
import { type Fix, type Report, stageRule } from "../rule.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";

export const unknownStage = stageRule({
  id: "unknown-stage",
  title: "Reference to a stage that is not there",
  severity: "error",
  tags: ["build"],
  aliases: ["DL3022"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a stage name in FROM, \`COPY --from\` and \`RUN --mount=from=\` that is a slip of an existing one, a stage
      that begins further down, a stage number that is too high, and a number in a mount, which takes names only. A name
      that is like no stage may be an image or an additional build context, so nothing is said about it, nor about a name
      that is among the \`additional_contexts\` of a Compose file beside or above. In FROM, where images and contexts are
      usual, a name that only goes on where a stage's ends, or ends sooner, is not taken for a slip either.`,
    why: source`
      A name that no stage has is taken for an image on Docker Hub. At best the build fails with "pull access denied";
      at worst somebody has published an image of that name.`,
    bad: source`
      FROM golang:1.27 AS builder
      RUN go build -o /out/api .
      FROM scratch
      COPY --from=biulder /out/api /api
                  ^^^^^^^ unknown-stage: There is no stage biulder; did you mean builder?
      COPY --from=7 /etc/passwd /etc/passwd
                  ^ unknown-stage: There is no stage 7: the file has 2, counted from 0.`,
    good: source`
      FROM golang:1.27 AS builder
      RUN go build -o /out/api .
      FROM scratch
      COPY --from=builder /out/api /api
      COPY --from=busybox:1.37 /bin/busybox /busybox`,
  },

  check(stage, report) {
    const { base } = stage;
    if (base.kind === "image" && base.word.raw === base.image.text) checkBase(stage, base.word, report);
    for (const instruction of stage.instructions) {
      for (const reference of copySources(instruction)) {
        if (/^\d+$/.test(reference.name)) checkNumber(stage, reference, report);
        else checkName(stage, reference, report);
      }
    }
  },
});

/**
 * BuildKit looks a name up among all stages, takes the last of that name, and refuses one that begins further down. A
 * number is a stage for COPY and an image for a mount (tried with Docker 28.5, 2026-11).
 */
function checkName(stage: Stage, reference: CopySource, report: Report): void {
  const { model } = stage;
  const { name, span } = reference;
  if (isNamedContext(name, model)) return;
  const found = model.findStage(name);
  // A stage that copies from itself is a circle, which is reported as one.
  if (!found) {
    // One that begins further down would be refused as well.
    const above = model.stages.slice(0, stage.index);
    const isLast = (it: Stage) => it.name !== undefined && model.findStage(it.name) === it;
    const meant = meantStage(stage, name, above.filter(isLast));
    if (meant) reportSlip(reference, meant, "safe", report);
  } else if (found.index > stage.index) {
    report(span, `${name} begins further down, and files come from stages above only.`, {
      related: found.nameWord ? [{ message: "It begins here.", span: found.nameWord.span }] : [],
    });
  }
}

function checkNumber({ model, index }: Stage, { name, span, isMount }: CopySource, report: Report): void {
  const number = Number(name);
  if (isMount) {
    if (number >= model.stages.length) return;
    const other = model.stages[number];
    const meant = other?.nameWord?.raw;
    const isFound = meant !== undefined && number < index && model.findStage(meant) === other;
    const fixes: Fix[] = isFound
      ? [{ kind: "safe", title: `Replace ${name} with ${meant}`, edits: [replace(span, meant)] }]
      : [];
    report(span, `A mount takes stages by name only: ${name} would be an image.`, {
      fixes,
    });
  } else if (number >= model.stages.length) {
    const count = model.stages.length;
    report(span, `There is no stage ${name}: the file has ${count}, counted from 0.`);
  } else if (number > index) {
    report(span, `Stage ${name} begins further down, and files come from stages above only.`);
  }
}

/** FROM names images and contexts more often than stages, so what is reported here is for the user to decide. */
function checkBase(stage: Stage, { raw: name, span }: Word, report: Report): void {
  const meant = meantStage(stage, name, stage.model.stages.slice(0, stage.index));
  if (!meant) return;
  // `tests` beside a stage `test`, `builder-base` beside `builder`: names of their own rather than slips.
  const [one, other] = [name.toLowerCase(), meant.name];
  if (one.startsWith(other) || other.startsWith(one)) return;
  reportSlip({ name, span }, meant, "unsafe", report);
}

interface MeantStage {
  /** Lower case, as stages are compared. */
  readonly name: string;
  readonly word: Word;
}

const isCompared = fewTimes(notedOnModel, 200);

/** The stage that a name is a slip of; undefined when it may be the name of something else. */
function meantStage(stage: Stage, name: string, among: readonly Stage[]): MeantStage | undefined {
  if (!mayBeStage(name, stage.model) || !isCompared(stage.model)) return undefined;
  const others = among.filter((it) => it !== stage && it.name !== stage.name);
  const near = nearestName(
    name,
    others.flatMap((it) => it.name ?? []),
  );
  const word = others.find((it) => it.name === near)?.nameWord;
  // `python312` is no slip of `python311`, and three letters are near to everything.
  const isSlip = near !== undefined && name.length > 3 && name.replace(/\d/g, "") !== near.replace(/\d/g, "");
  return isSlip && word ? { name: near, word } : undefined;
}

function reportSlip(
  { name, span }: Pick<CopySource, "name" | "span">,
  { name: near, word }: MeantStage,
  kind: Fix["kind"],
  report: Report,
): void {
  report(span, `There is no stage ${name}${didYouMean(near)}`, {
    related: [{ message: `${near} begins here.`, span: word.span }],
    fixes: [{ kind, title: `Replace ${name} with ${near}`, edits: [replace(span, word.raw)] }],
    // An image of that name may be there, which nobody would take for a stage's.
    severity: kind === "safe" ? "error" : "warning",
  });
}

/** Not a variable, a path, a tag, or an image or context that is known. */
function mayBeStage(name: string, model: DockerfileModel): boolean {
  return (
    /^[a-z][a-z0-9_-]*$/i.test(name) &&
    name !== "scratch" &&
    !model.inputs.images.names().includes(name) &&
    !isNamedContext(name, model)
  );
}
