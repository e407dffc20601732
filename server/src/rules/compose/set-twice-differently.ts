import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { mayInherit } from "../../model/compose/reading/inherit.ts";
import { type KnownScalar, knownAt } from "../../model/compose/reading/known-at.ts";
import { entryAt, valueAt } from "../../syntax/compose/find.ts";
import type { ComposeFile, MappingNode, YamlNode } from "../../syntax/compose/tree.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix, type Report } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const setTwiceDifferently = composeRule({
  id: "set-twice-differently",
  title: "Limit that is set in two places, to different values",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports limits that stand both as a key of the service and under \`deploy\`, with different values: \`scale\`, \`cpus\`,
      \`mem_limit\`, \`mem_reservation\` and \`pids_limit\`; and one of the last four beside \`limits\` or \`reservations\` that set
      other things alone.`,
    why: source`
      Compose refuses the whole project: "can't set distinct values". What \`limits\` leaves out counts as zero.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          mem_limit: 256m
                     ^^^^ set-twice-differently: \`deploy.resources.limits\` has no \`memory\`, which Compose takes for zero: one limit has two values.
          deploy:
            resources:
              limits:
                cpus: "0.5"`,
    good: source`
      services:
        api:
          image: example/api:1.4
          deploy:
            resources:
              limits:
                cpus: "0.5"
                memory: 256m`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values())
      for (const [key, ...path] of pairs) {
        const short = knownAt(project, service.node, key);
        const long = short && knownAt(project, service.node, "deploy", ...path);
        if (short && !long && path.length > 1) checkBeside(project, service, short, path, once);
        if (!short || !long || isSame(key, short.value, long.value)) continue;
        once(long.node.span, `\`${key}\` sets this to ${short.value}.`, {
          related: [{ message: `\`${key}\` stands here.`, span: short.node.span }],
        });
      }
  },
});

/** What stands beside `limits` that say nothing of it. */
function checkBeside(
  project: ComposeProject,
  { node, name }: Service,
  short: KnownScalar,
  path: readonly string[],
  report: Report,
): void {
  const limits = ["deploy", ...path.slice(0, -1)].reduce<YamlNode | undefined>(valueAt, node);
  const last = path.at(-1) ?? "";
  // Another file, or the service that is extended, may say it.
  if (limits?.kind !== "mapping" || entryAt(limits, last) || !project.single) return;
  if (/^0+(?:\.0+)?[a-z]*$/i.test(short.value) || mayInherit(name.value, "deploy", project.services)) return;
  const place = ["deploy", ...path.slice(0, -1)].join(".");
  report(
    short.node.span,
    `\`${place}\` has no \`${last}\`, which Compose takes for zero: one limit has two values.`,
    {
      related: [{ message: "It stands here.", span: limits.span }],
      fixes: alsoThere(project.file, limits, last, short),
    },
  );
}

function alsoThere(
  file: ComposeFile,
  limits: MappingNode,
  key: string,
  { node, value }: KnownScalar,
): readonly Fix[] {
  const edits = /^[\w.]+$/.test(node.value) ? appendEntry(file, limits, { key, value }) : undefined;
  return edits ? [{ kind: "safe", title: `Set ${key} there too`, edits }] : [];
}

/** Keys of a service, and the way to the same below `deploy` (compose-go loader/validate.go, tried with Compose 2.40, 2026-11). */
const pairs: readonly (readonly [key: string, ...path: string[]])[] = [
  ["scale", "replicas"],
  ["cpus", "resources", "limits", "cpus"],
  ["mem_limit", "resources", "limits", "memory"],
  ["pids_limit", "resources", "limits", "pids"],
  ["mem_reservation", "resources", "reservations", "memory"],
];

/** Sizes are written in many ways: those that are not the same text may be the same size all the same. */
function isSame(key: string, short: string, long: string): boolean {
  if (short === long) return true;
  if (!key.startsWith("mem_"))
    return Number(short) === Number(long) || Number.isNaN(Number(short) + Number(long));
  const [a, b] = [short, long].map((it) => SIZE.exec(it.toLowerCase()));
  return !a || !b || Number(a[1]) * factor(a[2]) === Number(b[1]) * factor(b[2]);
}

const SIZE = /^(\d+(?:\.\d+)?) ?([kmgtp]?)i?b?$/;

function factor(unit = ""): number {
  return 1024 ** (unit === "" ? 0 : "kmgtp".indexOf(unit) + 1);
}
