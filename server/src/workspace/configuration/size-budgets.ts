import { relative, sep } from "node:path";
import type { Configuration } from "../../rules/configuration/configuration.ts";
import { mostExactFirst, type SizeBudget } from "../../rules/size-budget.ts";
import { globMatcher } from "../../text/glob.ts";

/** A budget that a configuration file or the settings give. */
export interface ConfiguredBudget extends SizeBudget {
  /** As written. */
  readonly pattern: string;
  /** False where it is about every image that is built from the file; else the reference has to fit the pattern. */
  readonly byReference: boolean;
  /** Absolute path of the configuration; undefined for the settings. */
  readonly file: string | undefined;
}

/** Budgets and the folder that their patterns start from. */
export interface BudgetSource {
  readonly folder: string;
  /** Undefined for the settings. */
  readonly path?: string;
  readonly configuration: Pick<Configuration, "sizeBudgets">;
}

/**
 * What `sources`, nearest first, say of what is built from the file at `path`, and of images by their reference. In one source the
 * most exact pattern comes first. Without a path there are only images.
 */
export function budgetsFor(
  path: string | undefined,
  sources: readonly BudgetSource[],
): readonly ConfiguredBudget[] {
  return sources.flatMap(({ folder, path: file, configuration }) => {
    if (configuration.sizeBudgets.length === 0) return [];
    const inside = path === undefined ? ".." : relative(folder, path).split(sep).join("/");
    const isInside = inside !== ".." && !inside.startsWith("../");
    return mostExactFirst(configuration.sizeBudgets).flatMap((it) => {
      const isFiles = isInside && globMatcher(it.pattern.replace(/^\.\/+$/, "."))(inside);
      if (!isFiles && IS_PATH.test(it.pattern)) return [];
      return [{ ...it, byReference: !isFiles, file }];
    });
  });
}

/** What no image is called. */
const IS_PATH = /^\.{0,2}\/|^\.{1,2}$|\/$|\\/;
