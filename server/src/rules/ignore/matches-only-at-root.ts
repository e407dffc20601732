import { contextEntries } from "../../model/context/context-entries.ts";
import type { IgnoreFileModel } from "../../model/context/ignore-file-model.ts";
import type { IgnorePattern } from "../../syntax/dockerignore/ignore-file.ts";
import { pathMatcher } from "../../syntax/dockerignore/pattern.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { type Fix, ignoreRule } from "../rule.ts";

export const matchesOnlyAtRoot = ignoreRule({
  id: "matches-only-at-root",
  title: "Pattern that misses the same name in other folders",
  severity: "info",
  tags: ["size"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a pattern without \`/\` in an ignore file where something of that name stands in another folder than the root of the
      build context, and stays in the build. Looked at are wildcards, names with a dot in front, and what programs make in each
      folder, as \`node_modules\`.`,
    why: source`
      In \`.gitignore\` such a name counts in each folder, in \`.dockerignore\` at the root alone. \`**/\` in front makes it count
      everywhere.`,
    context: {
      "node_modules/a/index.js": "",
      "web/node_modules/b/index.js": "",
      "web/index.js": "",
    },
    bad: source`
      node_modules
      ^^^^^^^^^^^^ matches-only-at-root: This matches at the root of the build context alone: web/node_modules stays in.`,
    good: source`
      **/node_modules`,
  },

  check(model, report) {
    if (model.ignore.problems.length > 0) return;
    for (const pattern of model.ignore.patterns) {
      if (pattern.exception || !isMeantEverywhere(pattern)) continue;
      const nested = nestedOf(model, pattern);
      const [first] = nested;
      if (first === undefined) continue;
      const more = nested.length > 1 ? ` and ${nested.length - 1} more stay in` : " stays in";
      report(pattern.span, `This matches at the root of the build context alone: ${first}${more}.`, {
        fixes: everywhere(pattern),
      });
    }
  },
});

/** A slash in front says that the root is meant; `*` alone matches all there is. `Dockerfile` at the root is what most mean. */
function isMeantEverywhere({ text, path }: IgnorePattern): boolean {
  if (path.includes("/") || /^[/.]\/?/.test(text.replace(/^\.(?!\/)/, "")) || /^\**$/.test(path))
    return false;
  // Of `scripts` or `Makefile` nobody can tell whether those in other folders are meant too.
  if (!/[*?[]|^\./.test(path) && !MADE_ANYWHERE.test(path)) return false;
  return !/^(?:docker|compose|readme|license|\.git$|\.dockerignore|\.gitignore|src$|test|docs?$|build$|bin$|dist$|target$|vendor$|out$|tmp$|data$)/i.test(
    path,
  );
}

/** What programs make in each folder that they are run in. */
const MADE_ANYWHERE =
  /^(?:node_modules|bower_components|jspm_packages|__\w+__|venv|coverage|htmlcov|obj|Thumbs\.db|desktop\.ini)$/i;

function nestedOf(model: IgnoreFileModel, { path }: IgnorePattern): readonly string[] {
  const matches = pathMatcher(path);
  return contextEntries(model)
    .entries.map((it) => it.path)
    .filter((it) => it.includes("/") && matches?.(it.slice(it.lastIndexOf("/") + 1)))
    .filter((it) => model.ignore.ignoredBy(it) === undefined);
}

function everywhere({ span, text }: IgnorePattern): readonly Fix[] {
  const pattern = text.replace(/\/+$/, "");
  return [{ kind: "unsafe", title: `Write **/${pattern}`, edits: [insert(span.start, "**/")] }];
}
