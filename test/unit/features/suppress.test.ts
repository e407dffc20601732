import fc from "fast-check";
import { test } from "vitest";
import { quickFixes } from "../../../server/src/features/code-actions.ts";
import { checkDockerfile } from "../../../server/src/rules/check.ts";
import { applyEdits } from "../../../server/src/text/edit.ts";
import { modelOf } from "../../support/model.ts";

const heads = fc.constantFrom(
  "# syntax=docker/dockerfile:1",
  "# escape=`",
  "# check=skip=StageNameCasing",
  "# check=error=true;skip=StageNameCasing, DuplicateStageName",
  "#check=experimental=all",
  "#!/bin/sh",
  "// syntax=docker/dockerfile:1",
  "# A comment.",
  "",
  "# plimsoll global ignore=no-shell",
);
const above = fc.constantFrom(
  "# Why it is so.",
  "# hadolint ignore=DL3000",
  "# check=skip=StageNameCasing",
  "# plimsoll ignore=no-shell",
  "#",
  "",
);
const bodies = fc.constantFrom(
  ["FROM alpine:3.24 as one", "USER nobody-there"],
  ["FROM alpine:3.24 AS one", "USER nobody-there", "CMD exec serve"],
  ["FROM alpine:3.24 AS One", "MAINTAINER me", "ENV a b"],
  [
    "FROM alpine:3.24 AS one",
    "RUN apk add \\",
    "# inside",
    "    curl",
    "COPY <<X /x",
    "# text",
    "X",
    "USER nobody-there",
  ],
);

test("an ignored problem is gone, and all else in the file stays what it is", () => {
  fc.assert(
    fc.property(
      fc.array(heads, { maxLength: 4 }),
      fc.array(above, { maxLength: 3 }),
      bodies,
      fc.constantFrom("\n", "\r\n"),
      fc.boolean(),
      (head, comments, [from = "", ...rest], lineBreak, mark) => {
        const lines = [...head, from, ...rest.flatMap((it, at) => (at === 0 ? [...comments, it] : [it]))];
        const text = `${mark ? "\uFEFF" : ""}${lines.join(lineBreak)}${lineBreak}`;
        const before = modelOf(text);
        for (const problem of checkDockerfile(before)) {
          const target = { file: before.file, comments: true };
          const actions = quickFixes(target, [problem], problem.span).filter((it) =>
            it.title.startsWith("Ignore"),
          );
          for (const { edits, title } of actions) {
            const after = modelOf(applyEdits(text, edits));
            const left = checkDockerfile(after).map((it) => `${it.rule} ${it.message}`);
            if (left.includes(`${problem.rule} ${problem.message}`)) throw new Error(`${title}: still there`);
            const kept = [
              (it: typeof before) =>
                it.file.instructions.map(({ span }) => it.file.text.slice(span.start, span.end)),
              (it: typeof before) => it.file.problems.map(({ code }) => code),
              (it: typeof before) =>
                it.file.directives.filter(({ name }) => name !== "check").map(({ value }) => value),
              (it: typeof before) => it.file.text.startsWith("\uFEFF"),
              (it: typeof before) => /[^\r]\n/.test(it.file.text),
            ];
            for (const what of kept)
              if (JSON.stringify(what(before)) !== JSON.stringify(what(after)))
                throw new Error(
                  `${title}: ${JSON.stringify(what(before))} became ${JSON.stringify(what(after))}`,
                );
            for (const comment of before.file.comments)
              if (!after.file.text.includes(before.file.text.slice(comment.span.start, comment.span.end)))
                throw new Error(`${title}: lost ${comment.text}`);
            const hadolints = (it: typeof before) => it.file.text.match(/# hadolint.*\r?\n[^#\r\n].*\r?\n/g);
            if (JSON.stringify(hadolints(before)) !== JSON.stringify(hadolints(after)))
              throw new Error(`${title}: hadolint's comment is not above its instruction any more`);
          }
        }
      },
    ),
    { numRuns: 150 },
  );
});
