import type { Stage } from "../../model/stage/stage.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { inheritsWorkdir } from "../knowledge/files/workdirs.ts";
import { type Fix, stageRule } from "../rule.ts";

export const relativeCopyDestination = stageRule({
  id: "relative-copy-destination",
  title: "COPY to a relative path without a WORKDIR",
  severity: "warning",
  tags: ["clarity", "reproducible"],
  aliases: ["DL3045"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports COPY to a relative path where neither the stage nor one that it is built on has a WORKDIR. It is silent
      where the base image is known to have a working directory of its own.`,
    why: source`
      The path starts at the working directory of the base image. Mostly that is the root of the file system, where nobody
      wants an application, and with the next base image it may be another place.`,
    bad: source`
      FROM alpine:3.24
      COPY config.yaml config.yaml
                       ^^^^^^^^^^^ relative-copy-destination: config.yaml is relative, and no WORKDIR says to what.`,
    good: source`
      FROM alpine:3.24
      COPY config.yaml /etc/api/config.yaml
      WORKDIR /app
      COPY api ./`,
  },
  onlyWith: { instructions: ["COPY", "ONBUILD"] },

  check(stage, report) {
    let inherits: boolean | undefined;
    for (const outer of stage.instructions) {
      const instruction = outer.inner ?? outer;
      if (instruction.name === "WORKDIR") return;
      const target = instruction.name === "COPY" ? instruction.words.at(-1) : undefined;
      if (!target || instruction.words.length < 2) continue;
      const value = wordValue(target, outer, stage);
      // The end of what was meant to be kept together by quotes.
      if (value === undefined && /^[^"']+["']$/.test(target.raw)) continue;
      const path = value ?? target.raw.replace(/^["']/, "");
      if (path === "" || /^(?:[/\\$]|[A-Za-z]:)/.test(path)) continue;
      inherits ??= inheritsWorkdir(stage);
      if (inherits) return;
      const { workdir } = stage.before(outer);
      if (workdir.known && workdir.value !== "/") return;
      report(target.span, `${path} is relative, and no WORKDIR says to what.`, {
        fixes: workdir.known && instruction === outer ? fromRoot(target, instruction, path, stage) : [],
      });
    }
  },
});

/** Where it goes now, written out. */
function fromRoot({ raw, span }: Word, instruction: Instruction, path: string, stage: Stage): Fix[] {
  if (instruction.exec || raw !== path || /(?:^|\/)\.\./.test(path)) return [];
  const absolute = `/${path.replace(/^(?:\.(?:\/|$))+/, "")}`;
  // An image that --build-arg names has a directory of its own.
  const { base } = stage.bottom;
  if (base.kind === "image" && ANY_IMAGE.test(base.word.raw)) return [];
  return [{ kind: "safe", title: `Write ${absolute}`, edits: [replace(span, absolute)] }];
}

/** A variable for all of the name. */
const ANY_IMAGE = /^"?\$(?:\w+|\{[^}]*\})(?::|@|"|$)/;
