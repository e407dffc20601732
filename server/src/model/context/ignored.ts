import type { IgnoreFile } from "../../syntax/dockerignore/ignore-file.ts";
import type { BuildContext, ContextIgnoreFile, Ignored } from "./build-context.ts";

/** What a context's ignore file says, made from what reading it gave; `file` is its absolute path, `text` as ContextIgnoreFile says. */
export function ignoreFileOf(
  ignore: IgnoreFile,
  file: string,
  own: boolean,
  text: string | undefined,
): ContextIgnoreFile {
  const [problem] = ignore.problems;
  if (problem)
    return {
      kind: "unreadable",
      file,
      own,
      problem: `line ${problem.line + 1}: ${problem.message}`,
      span: problem.span,
    };
  // What each entry of the root matches, without an exception behind it.
  const ignoresAll =
    ignore.patterns.some((it) => /^(\*|\*\*|\*\*\/\*)$/.test(it.path)) &&
    !ignore.patterns.some((it) => it.exception);
  return { kind: "read", file, own, ignoresAll, text };
}

/** Whether a path, clean and relative to the context, is kept out of it. */
export function isIgnoredBy(
  ignore: IgnoreFile,
  path: string,
  file: string,
  kindOf: BuildContext["exists"],
): Ignored {
  if (ignore.problems.length > 0) return { is: "unknown" };
  const pattern = path === "" ? undefined : ignore.ignoredBy(path);
  if (!pattern) return { is: "no" };
  const by = { pattern: pattern.text, file, span: pattern.span };
  const isWhole = !ignore.mayReturnBelow(path) || kindOf(path) === "file";
  return { is: isWhole ? "yes" : "unknown", by };
}
