import type { Comment, Dockerfile } from "../../syntax/dockerfile/tree.ts";
import { insert, remove, replace } from "../../text/edit.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { dockerfileRule, type Fix } from "../rule.ts";
import { lineBreakOf } from "../writing/dockerfile/lines.ts";

export const syntaxDirectiveMisplaced = dockerfileRule({
  id: "syntax-directive-misplaced",
  title: "Parser directive that has no effect",
  severity: "warning",
  tags: ["build"],
  aliases: ["syntax-directive-typo"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a comment that looks like the parser directive \`syntax\` or \`escape\` and is none, as it stands below an
      empty line, another comment or an instruction, or as its name is misspelt.`,
    why: source`
      Directives are read from the first line on, and the first line that is none ends them. The file is then built by
      whatever frontend the builder brings, and backslashes go on escaping.`,
    bad: source`
      # The API of the shop
      # syntax=docker/dockerfile:1
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ syntax-directive-misplaced: This is a comment and no directive: directives stand above everything else.
      FROM alpine:3.24`,
    good: source`
      # syntax=docker/dockerfile:1
      # The API of the shop
      FROM alpine:3.24`,
  },

  check({ file }, report) {
    for (const comment of file.comments) {
      const meant = directiveIn(comment.text);
      if (!meant) continue;
      const { name, written, value } = meant;
      const message =
        written === `${name}=`
          ? "This is a comment and no directive: directives stand above everything else."
          : `This is a comment and no directive: it would begin with ${name}=.`;
      const fixes = name === "syntax" ? asDirective(comment, `# syntax=${value}`, file) : [];
      report(comment.span, message, { fixes });
    }
  },
});

interface Meant {
  readonly name: "syntax" | "escape";
  /** The name as it stands there, and what parts it from the value. */
  readonly written: string;
  readonly value: string;
}

function directiveIn(text: string): Meant | undefined {
  const [, word = "", sign = "", value = ""] = /^(\w+)(\s*[=:]\s*|\s+)(\S+)$/.exec(text) ?? [];
  const written = word.toLowerCase() + sign.trim();
  if (/^(?:docker\.io\/)?docker\/dockerfile(?:-upstream)?(?:[:@]\S+)?$/.test(value))
    return isName(word, "syntax") ? { name: "syntax", written, value } : undefined;
  // Any other value may stand in a comment for its own sake, so the name has to be right.
  if (sign.trim() !== "=") return undefined;
  if (written === "syntax=" && /^[\w.-]+(?::\d+)?(?:\/[\w.-]+)+(?:[:@]\S+)?$/.test(value))
    return { name: "syntax", written, value };
  return (value === "`" || value === "\\") && isName(word, "escape")
    ? { name: "escape", written, value }
    : undefined;
}

function isName(word: string, name: string): boolean {
  return nearestName(word, [name]) === name;
}

/** Moved to where directives are read; nothing where there is one already, or where the first line starts something else. */
function asDirective(comment: Comment, line: string, file: Dockerfile): Fix[] {
  const { text, lines, directives } = file;
  if (directives.some((it) => it.name === "syntax") || text.startsWith("#!")) return [];
  const last = directives.at(-1);
  const top = last ? lines.startOf(lines.lineAt(last.span.start) + 1) : text.startsWith("\ufeff") ? 1 : 0;
  const own = lines.lineAt(comment.span.start);
  const isThere = lines.startOf(own) <= top && top <= comment.span.start;
  const edits = isThere
    ? [replace(comment.span, line)]
    : [
        insert(top, line + lineBreakOf(file)),
        remove({ start: lines.startOf(own), end: lines.startOf(own + 1) }),
      ];
  return [{ kind: "safe", title: isThere ? `Write ${line}` : "Move it to the top", edits }];
}
