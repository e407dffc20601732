import { wordValue } from "../../model/stage/word-value.ts";
import type { Instruction, Pair } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { labelsOf } from "../knowledge/labels/labels.ts";
import { type Fix, stageRule } from "../rule.ts";
import { holdsComment, removeLines } from "../writing/dockerfile/lines.ts";

export const labelSetTwice = stageRule({
  id: "label-set-twice",
  title: "Label that a later one replaces",
  severity: "warning",
  tags: ["clarity"],
  aliases: ["no-duplicate-keys"],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a label that the same stage sets again further down. Labels of the base image, which a stage may well replace, do not
      count. Where both have one value it is a hint.`,
    why: source`
      An image keeps the last value only, so that what was written first is lost without a word.`,
    bad: source`
      FROM alpine:3.24
      LABEL org.opencontainers.image.title="api"
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ label-set-twice: org.opencontainers.image.title is set again on line 3, and this value is lost.
      LABEL org.opencontainers.image.title="orders"`,
    good: source`
      FROM alpine:3.24
      LABEL org.opencontainers.image.title="orders"`,
  },
  onlyWith: { instructions: ["LABEL"] },

  check(stage, report) {
    const last = new Map<string, { readonly pair: Pair; readonly label: Instruction }>();
    const { file } = stage.model;
    for (const label of stage.instructions) {
      for (const { name, pair } of labelsOf(label, stage)) {
        if (name === undefined) continue;
        const before = last.get(name);
        last.set(name, { pair, label });
        if (!before) continue;
        const values = [before, { pair, label }].map(
          (it) => it.pair.value && wordValue(it.pair.value, it.label, stage),
        );
        const isSame = values[0] !== undefined && values[0] === values[1];
        const line = file.lines.lineAt(pair.span.start) + 1;
        report(
          before.pair.span,
          isSame
            ? `${name} is set again on line ${line}, to the same value.`
            : `${name} is set again on line ${line}, and this value is lost.`,
          {
            severity: isSame ? "hint" : "warning",
            related: [{ message: "This value counts.", span: pair.span }],
            fixes: fixesOf(before.label),
          },
        );
      }
    }

    function fixesOf(label: Instruction): readonly Fix[] {
      if (label.pairs.length !== 1 || holdsComment(file, label.span)) return [];
      return [{ kind: "safe", title: "Remove this one", edits: [removeLines(file, label)] }];
    }
  },
});
