import type { IgnoreFileModel } from "../model/context/ignore-file-model.ts";
import { type EnvironmentModel, isRaw, isReadByCompose } from "../model/environment/environment-model.ts";
import { checkBy } from "./check.ts";
import type { CheckOptions } from "./check-options.ts";
import { problemOfDotenv } from "./environment-syntax.ts";
import { problemOfIgnoreFile } from "./ignore-syntax.ts";
import type { Problem } from "./rule.ts";

/**
 * Everything that is wrong in an environment file. Nothing is said of one outside of a project with Compose files. One that no
 * Compose file is known to read gets hints only, and none where other programs most likely read it, by rules of their own:
 * `web/.env`, and `.env.local` of frameworks.
 */
export function checkEnvironmentFile(model: EnvironmentModel, options: CheckOptions = {}): Problem[] {
  if (!model.isInProject) return [];
  const isRead = isReadByCompose(model) || isRaw(model);
  if (!isRead && !model.mayBeGiven) return [];
  const severity = isRead ? undefined : ({ severity: "hint" } as const);
  const syntax = isRaw(model) ? [] : model.file.problems.map((it) => problemOfDotenv(it, model));
  return checkBy(
    syntax.map((it) => ({ ...it, ...severity })),
    (rule, report) => {
      if (rule.looksAt !== "environment file") return;
      rule.check(model, (span, message, finding) => report(span, message, { ...finding, ...severity }));
    },
    model.file,
    options,
  );
}

/** Everything that is wrong in an ignore file. */
export function checkIgnoreFile(model: IgnoreFileModel, options: CheckOptions = {}): Problem[] {
  return checkBy(
    model.ignore.problems.map(problemOfIgnoreFile),
    (rule, report) => {
      if (rule.looksAt === "ignore file") rule.check(model, report);
    },
    model,
    options,
  );
}
