import { resolvePath } from "../../model/stage/paths.ts";
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
      finished.`,
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
    const values = instruction.words.map((it) => wordValue(it, instruction, stage));
    const isRoot = (path: string | undefined) => path !== undefined && resolvePath(undefined, path) === "/";
    if (!isRoot(values.at(-1)) || !values.slice(0, -1).some(isRoot)) return;
    const place = { start: from.span.start, end: target.span.end };
    report(place, `All that ${from.value} holds is copied over this stage.`);
  },
});
