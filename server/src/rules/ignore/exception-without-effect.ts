import { contextEntries, entriesOfPattern, without } from "../../model/context/context-entries.ts";
import type { IgnoreFileModel } from "../../model/context/ignore-file-model.ts";
import type { IgnorePattern } from "../../syntax/dockerignore/ignore-file.ts";
import { source } from "../../text/source.ts";
import { ignoreRule } from "../rule.ts";

export const exceptionWithoutEffect = ignoreRule({
  id: "exception-without-effect",
  title: "Exception of an ignore file that brings nothing back",
  severity: "info",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports an exception (\`!path\`) of a path that no pattern above keeps out, and one whose path a pattern further down keeps out
      again. Only where the path is there, or is no pattern itself, and nothing in the build context is in or out because of it.`,
    why: source`
      The last pattern that matches decides, so that an exception has to stand below what it is an exception of.`,
    context: { "dist/app.js": "", "dist/app.map": "" },
    bad: source`
      !dist/app.js
      ^^^^^^^^^^^^ exception-without-effect: The pattern in line 2 keeps dist/app.js out again: the last one that matches counts.
      dist`,
    good: source`
      dist
      !dist/app.js`,
  },

  check(model, report) {
    const { ignore, lines } = model;
    if (ignore.problems.length > 0) return;
    for (const exception of ignore.patterns) {
      if (!exception.exception) continue;
      const found = pathsOf(model, exception);
      const [first] = found;
      if (first === undefined || !changesNothing(model, exception, found)) continue;
      const by = ignore.ignoredBy(first);
      if (!by) {
        report(
          exception.span,
          `Nothing above keeps ${first} out, so there is nothing to make an exception of.`,
        );
        continue;
      }
      const line = lines.lineAt(by.span.start) + 1;
      if (by.span.start < exception.span.start) continue;
      report(
        exception.span,
        `The pattern in line ${line} keeps ${first} out again: the last one that matches counts.`,
        { related: [{ message: `The pattern ${by.text}.`, span: by.span }] },
      );
    }
  },
});

/** What the exception speaks of: what is there, or the one path that it names. */
function pathsOf(model: IgnoreFileModel, exception: IgnorePattern): readonly string[] {
  const { matching, below } = entriesOfPattern(model, exception);
  if (matching.length > 0) return [...matching, ...below].map((it) => it.path);
  return /[*?[\\]/.test(exception.path) ? [] : [exception.path];
}

function changesNothing(model: IgnoreFileModel, exception: IgnorePattern, paths: readonly string[]): boolean {
  if (model.context && !contextEntries(model).complete) return false;
  const other = without(model.ignore, exception);
  return paths.every(
    (it) => (model.ignore.ignoredBy(it) === undefined) === (other.ignoredBy(it) === undefined),
  );
}
