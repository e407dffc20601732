import { parseImageReference } from "../../model/image/reference.ts";
import { resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import { source } from "../../text/source.ts";
import { instructionRule } from "../rule.ts";

export const copyWholeRoot = instructionRule({
  id: "copy-whole-root",
  title: "Whole file system of another stage copied over this one",
  severity: "warning",
  tags: ["size", "security"],
  aliases: ["DL3067"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`COPY --from=… / /\`. It is silent in a stage on \`scratch\`, where this makes one layer of an image that is
      finished, and for a stage on \`scratch\` that files were put together in.`,
    why: source`
      Everything that the other stage holds comes along: compilers, caches, secrets, and another system's libraries over
      those of this one. The stages were separated to keep just that apart.`,
    bad: source`
      FROM golang:1.27 AS builder
      RUN go build -o /out/api .
      FROM alpine:3.24
      COPY --from=builder / /
           ^^^^^^^^^^^^^^^^^^ copy-whole-root: All that builder holds is copied over this stage.`,
    good: source`
      FROM golang:1.27 AS builder
      RUN go build -o /out/api .
      FROM alpine:3.24
      COPY --from=builder /out/api /usr/local/bin/api`,
  },

  instructions: ["COPY"],
  triggers: true,

  check(instruction, stage, report) {
    const from = instruction.flags.find((it) => it.name === "from");
    const target = instruction.words.at(-1);
    if (!from?.value || !target || stage.base.kind === "scratch") return;
    if (MEANT_FOR_IT.has(imageOf(from.value, stage) ?? "") || isBundle(from.value, stage)) return;
    const values = instruction.words.map((it) => wordValue(it, instruction, stage));
    const isRoot = (path: string | undefined) => path !== undefined && resolvePath(undefined, path) === "/";
    if (!isRoot(values.at(-1)) || !values.slice(0, -1).some(isRoot)) return;
    const place = { start: from.span.start, end: target.span.end };
    report(place, `All that ${from.value} holds is copied over this stage.`);
  },
});

/** Images that hold a few scripts and are copied over a builder as they are (their README, read 2026-11). */
const MEANT_FOR_IT: ReadonlySet<string> = new Set(["tonistiigi/xx"]);

/** A stage on `scratch` holds what its author put into it, and no system. */
function isBundle(source: string, { model }: Stage): boolean {
  const named = model.findStage(source);
  return (
    named?.bottom.base.kind === "scratch" &&
    !named.instructions.some((it) => it.flags.some(({ name }) => name === "from") && it.words[0]?.raw === "/")
  );
}

/** The image that `--from` names, or that the stage it names consists of. */
function imageOf(source: string, { model: { stages } }: Stage): string | undefined {
  const named = stages.find((it) => it.name === source.toLowerCase());
  if (!named) return parseImageReference(source).name;
  return named.base.kind === "image" && named.instructions.length === 0 ? named.base.image.name : undefined;
}
