import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { type Report, stageRule } from "../rule.ts";

export const unknownStage = stageRule({
  id: "unknown-stage",
  title: "Reference to a stage that is not there",
  severity: "error",
  tags: ["build"],
  aliases: ["DL3022", "DL3023"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a stage name in FROM, \`COPY --from\` and \`RUN --mount=from=\` that is a slip of an existing one, a stage
      number that is too high, and a stage that copies from itself. A name that is like no stage may be an image or
      an additional build context, so nothing is said about it.`,
    why: source`
      A name that no stage has is taken for an image on Docker Hub. At best the build fails with "pull access denied";
      at worst somebody has published an image of that name.`,
    bad: source`
      FROM golang:1.27 AS builder
      RUN go build -o /out/api .
      FROM scratch
      COPY --from=biulder /out/api /api
                  ^^^^^^^ unknown-stage: There is no stage biulder; builder is near.
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
    const { base, model } = stage;
    if (base.kind === "image" && base.word.raw === base.image.text) {
      checkName(
        stage,
        { name: base.word.raw, span: base.word.span },
        model.stages.slice(0, stage.index),
        report,
      );
    }
    for (const instruction of stage.instructions) {
      for (const reference of referencesOf(instruction)) {
        if (/^\d+$/.test(reference.name)) checkNumber(stage, reference, report);
        else if (reference.name.toLowerCase() === stage.name) reportItself(stage, reference, report);
        // BuildKit looks a name up among all stages, later ones included (dockerfile2llb/convert.go, read 2026-11).
        else if (!model.findStage(reference.name)) checkName(stage, reference, model.stages, report);
      }
    }
  },
});

interface Reference {
  readonly name: string;
  readonly span: Span;
}

function referencesOf(instruction: Instruction): Reference[] {
  return instruction.flags.flatMap((flag) => {
    if (flag.name === "from" && flag.value !== undefined && flag.valueSpan)
      return [{ name: flag.value, span: flag.valueSpan }];
    if (flag.name !== "mount") return [];
    return flag.fields.flatMap(({ name, value, valueSpan }) =>
      name === "from" && value !== undefined && valueSpan ? [{ name: value, span: valueSpan }] : [],
    );
  });
}

function checkNumber({ model, index }: Stage, { name, span }: Reference, report: Report): void {
  const number = Number(name);
  if (number === index) {
    report(span, `Stage ${name} is this stage, which cannot copy from itself.`, { aliases: ["DL3023"] });
  } else if (number >= model.stages.length) {
    const count = model.stages.length;
    report(span, `There is no stage ${name}: the file has ${count}, counted from 0.`, {
      aliases: ["DL3022"],
    });
  }
}

function reportItself(stage: Stage, { name, span }: Reference, report: Report): void {
  const names = stage.nameWord ? [{ message: "The stage is named here.", span: stage.nameWord.span }] : [];
  report(span, `${name} is this stage, which cannot copy from itself.`, {
    related: names,
    aliases: ["DL3023"],
  });
}

function checkName(stage: Stage, { name, span }: Reference, among: readonly Stage[], report: Report): void {
  if (!mayBeStage(name, stage.model)) return;
  const others = among.filter((it) => it !== stage && it.name !== stage.name);
  const near = nearestName(
    name,
    others.flatMap((it) => it.name ?? []),
  );
  const meant = others.find((it) => it.name === near);
  // `python312` is no slip of `python311`, and three letters are near to everything.
  const isSlip = near !== undefined && name.length > 3 && name.replace(/\d/g, "") !== near.replace(/\d/g, "");
  if (!isSlip || !meant?.nameWord) return;

  report(span, `There is no stage ${name}; ${near} is near.`, {
    related: [{ message: `${near} begins here.`, span: meant.nameWord.span }],
    fixes: [
      { kind: "safe", title: `Replace ${name} with ${near}`, edits: [replace(span, meant.nameWord.raw)] },
    ],
    aliases: ["DL3022"],
  });
}

/** Not a variable, a path, a tag or an image that is known. */
function mayBeStage(name: string, { inputs }: DockerfileModel): boolean {
  return /^[a-z][a-z0-9_-]*$/i.test(name) && name !== "scratch" && !inputs.images.names().includes(name);
}
