import type { CheckOptionsOfBuild } from "./check-directive.ts";
import type { CheckOptions } from "./check-options.ts";
import type { Severities } from "./configuration/configuration.ts";
import { goesBeforeOthers } from "./precedence.ts";
import type { Problem, RuleMeta, Severity, Tag } from "./rule.ts";

/**
 * Whether anything of a rule can be shown. A tag turns rules off, but on none that runs only when asked for: `security:
 * error` is no request for more.
 */
export function runs(
  rule: RuleMeta,
  { severities = [], allRules: every = false }: CheckOptions,
  build?: CheckOptionsOfBuild,
): boolean {
  const byDefault = rule.enabled || every || (build !== undefined && rule.aliases.some(build.asksFor));
  let nearerTag = false;
  for (const layer of severities) {
    const own = layer[rule.id];
    if (own !== undefined) return own !== "off" || (nearerTag && byDefault);
    if (rule.aliases.some((it) => layer[it] !== undefined && layer[it] !== "off")) return true;
    const tagged = severityByTag(rule.tags, layer);
    if (tagged === "off" && !nearerTag) return false;
    nearerTag ||= tagged !== undefined;
  }
  return byDefault;
}

/** One that is off still keeps others from saying the same in other words. */
export function isNeeded({ id, enabled }: RuleMeta): boolean {
  return enabled && goesBeforeOthers(id);
}

/** The severity that a rule's findings have, or that they are not shown. */
export function severityOf(
  { id, aliases, tags, severity }: RuleMeta,
  severities: readonly Severities[],
): Severity | "off" {
  return wantedSeverity({ rule: id, aliases, tags }, true, severities) ?? severity;
}

/** What the user wants of a problem; undefined where nothing is said of it. `hasTags` is false where the tags are not a rule's. */
export function wantedSeverity(
  { rule, aliases, tags }: Pick<Problem, "rule" | "aliases" | "tags">,
  hasTags: boolean,
  severities: readonly Severities[],
): Severity | "off" | undefined {
  for (const layer of severities) {
    const named = [rule, ...aliases].map((it) => layer[it]).find((it) => it !== undefined);
    const wanted = named ?? (hasTags ? severityByTag(tags, layer) : undefined);
    if (wanted !== undefined) return wanted;
  }
  return undefined;
}

/** A rule's first tag says best what it is about. */
function severityByTag(tags: readonly Tag[], layer: Severities): Severity | "off" | undefined {
  return tags.map((it) => layer[it]).find((it) => it !== undefined);
}
