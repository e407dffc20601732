import type { IgnoreFileModel } from "../../model/context/ignore-file-model.ts";
import type { IgnorePattern } from "../../syntax/dockerignore/ignore-file.ts";
import { replace } from "../../text/edit.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { type Fix, ignoreRule } from "../rule.ts";

export const patternWithoutMatch = ignoreRule({
  id: "pattern-without-match",
  title: "Path of an ignore file that is not there",
  severity: "hint",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a path without wildcards in an ignore file at which the build context has nothing, where something of nearly the same
      name stands there. What other tools make, and so comes and goes, has no such neighbour.`,
    why: source`
      A slip in a pattern says nothing: the file that it was meant for goes into the build, and perhaps into the image.`,
    context: { "secrets/key.pem": "", "app.js": "" },
    bad: source`
      secret
      ^^^^^^ pattern-without-match: The build context has no secret, but secrets.`,
    good: source`
      secrets`,
  },

  check(model, report) {
    if (!model.context || model.ignore.problems.length > 0) return;
    for (const pattern of model.ignore.patterns) {
      const near = nearOf(model, pattern);
      if (near === undefined) continue;
      report(pattern.span, `The build context has no ${pattern.path}, but ${near}.`, {
        fixes: [nearFix(pattern, near)],
      });
    }
  },
});

/** The path in the same folder that was most likely meant; undefined for one that is kept out already, or meant as it is. */
function nearOf(
  { context, ignore }: IgnoreFileModel,
  { path, exception }: IgnorePattern,
): string | undefined {
  if (!context || /[*?[\\]/.test(path) || path.startsWith("..") || context.exists(path) !== "absent")
    return undefined;
  const slash = path.lastIndexOf("/");
  const folder = path.slice(0, Math.max(slash, 0));
  const named = new Set(ignore.patterns.map((it) => it.path));
  const names = (context.list(folder) ?? []).filter((it) => {
    const other = folder === "" ? it : `${folder}/${it}`;
    return !named.has(other) && (ignore.ignoredBy(other) !== undefined) === exception;
  });
  const near = nearestName(path.slice(slash + 1), names, 2);
  return near === undefined ? undefined : folder === "" ? near : `${folder}/${near}`;
}

function nearFix({ span, exception }: IgnorePattern, near: string): Fix {
  return { kind: "unsafe", title: `Write ${near}`, edits: [replace(span, (exception ? "!" : "") + near)] };
}
