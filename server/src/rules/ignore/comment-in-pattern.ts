import type { IgnoreFileModel } from "../../model/context/ignore-file-model.ts";
import type { IgnorePattern } from "../../syntax/dockerignore/ignore-file.ts";
import { insert, remove } from "../../text/edit.ts";
import { lineBreakIn } from "../../text/line-breaks.ts";
import { source } from "../../text/source.ts";
import { type Fix, ignoreRule } from "../rule.ts";

export const commentInPattern = ignoreRule({
  id: "comment-in-pattern",
  title: "Comment that Docker takes for a pattern",
  severity: "warning",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a comment in an ignore file that stands behind a pattern or has blanks in front of it, where nothing in the build
      context has such a name.`,
    why: source`
      A comment begins with \`#\` in the first column and nowhere else. What stands behind a pattern becomes a part of it, so that it
      matches nothing and the files go into the build.`,
    bad: source`
      secrets.txt # never in the image
                  ^^^^^^^^^^^^^^^^^^^^ comment-in-pattern: Docker takes this for a part of the pattern, which so keeps nothing out.`,
    good: source`
      # never in the image
      secrets.txt`,
  },

  check(model, report) {
    for (const pattern of model.ignore.patterns) {
      const { text, span } = pattern;
      if (model.context?.exists(pattern.path) === "file") continue;
      if (text.startsWith("#")) {
        report(span, "Docker takes this for a pattern: a comment begins in the first column.", {
          fixes: [toFirstColumn(model, pattern)],
        });
        continue;
      }
      const behind = /[ \t]+(#.*)$/.exec(text);
      if (behind?.[1] === undefined) continue;
      report(
        { start: span.end - behind[1].length, end: span.end },
        "Docker takes this for a part of the pattern, which so keeps nothing out.",
        { fixes: [above(model, pattern, behind[0], behind[1])] },
      );
    }
  },
});

function toFirstColumn({ lines }: IgnoreFileModel, { span }: IgnorePattern): Fix {
  const start = lines.startOf(lines.lineAt(span.start));
  return { kind: "safe", title: "Make it a comment", edits: [remove({ start, end: span.start })] };
}

function above(model: IgnoreFileModel, { span }: IgnorePattern, written: string, comment: string): Fix {
  const { lines, text } = model;
  const start = lines.startOf(lines.lineAt(span.start));
  const first = start === 0 && text.startsWith("\uFEFF") ? 1 : start;
  return {
    kind: "safe",
    title: "Put the comment above the pattern",
    edits: [
      insert(first, comment + lineBreakIn(model.text)),
      remove({ start: span.end - written.length, end: span.end }),
    ],
  };
}
