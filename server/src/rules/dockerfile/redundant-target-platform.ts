import { source } from "../../text/source.ts";
import { stageRule } from "../rule.ts";
import { removeFlag } from "../writing/dockerfile/remove-flag.ts";

export const redundantTargetPlatform = stageRule({
  id: "redundant-target-platform",
  title: "Platform flag that asks for what is the default",
  severity: "warning",
  tags: ["clarity"],
  aliases: ["DL3065", "RedundantTargetPlatform"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports \`FROM --platform=$TARGETPLATFORM\`. A file that gives TARGETPLATFORM a default of its own means something
      else by it, and is left alone.`,
    why: source`
      Without the flag a stage is built for the target platform anyway. The flag looks as if the stage were special,
      and readers look for the reason.`,
    bad: source`
      FROM --platform=$TARGETPLATFORM alpine:3.24
           ^^^^^^^^^^^^^^^^^^^^^^^^^^ redundant-target-platform: $TARGETPLATFORM is what a stage is built for without the flag.`,
    good: source`
      FROM --platform=$BUILDPLATFORM golang:1.27 AS builder
      FROM alpine:3.24`,
  },

  check({ platform, model }, report) {
    if (!platform?.value || !/^\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(platform.value)) return;
    const first = model.stages[0]?.from.span.start ?? 0;
    const hasDefault = model.file.instructions.some(
      ({ name, span, pairs }) =>
        name === "ARG" &&
        span.start < first &&
        pairs.some((it) => it.name.raw === "TARGETPLATFORM" && it.value),
    );
    if (hasDefault) return;
    report(platform.span, "$TARGETPLATFORM is what a stage is built for without the flag.", {
      fixes: [{ kind: "safe", title: "Delete the flag", edits: [removeFlag(model.file, platform)] }],
    });
  },
});
