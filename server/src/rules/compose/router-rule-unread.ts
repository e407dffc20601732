import type { ComposeProject } from "../../model/compose/project.ts";
import { replace } from "../../text/edit.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { type RouterMatcher, readRouterRule } from "../knowledge/compose/router-rule.ts";
import { entryPointsOf, traefiksOf } from "../knowledge/compose/traefik-entry-points.ts";
import { type ServiceLabel, traefikLabelsIn } from "../knowledge/compose/traefik-labels.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";

export const routerRuleUnread = composeRule({
  id: "router-rule-unread",
  title: "Rule of a Traefik router that Traefik does not read",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports the rule of a router in a label where Traefik 2 and 3 cannot read it: a value without backticks or double quotes
      (\`Host(example.com)\`, \`Host('example.com')\`), the form of Traefik 1 (\`Host:example.com\`), a single \`&\`, a parenthesis too few or too many, and a matcher that
      there is not. Where the Traefik of the project is one of version 3 that is told all by its arguments, also what only version 2 took: several values in one matcher, and \`Headers\`.`,
    why: source`
      Traefik writes an error to its log and leaves the router out: each request to it is answered with 404.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          labels:
            - traefik.http.routers.api.rule=Host(api.example.com)
                                                 ^^^^^^^^^^^^^^^ router-rule-unread: Traefik takes values in backticks or double quotes only, and not this one.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          labels:
            - traefik.http.routers.api.rule=Host(\`api.example.com\`)`,
  },

  check(project, report) {
    const once = reportOnce(report);
    const { labels } = traefikLabelsIn(project);
    for (const label of labels) {
      const { kind, option, protocol, value } = label;
      if (kind !== "routers" || option !== "rule" || protocol === "udp" || !value.trim()) continue;
      const rule = readRouterRule(value);
      if (!rule) continue;
      const { unread } = rule;
      const wrong = rule.matchers.find((it) => !MATCHERS.has(it.name.toLowerCase()));
      if (wrong) {
        const near = nearestName(wrong.name, NAMES);
        const span = label.valueAt(wrong.start, wrong.start + wrong.name.length);
        once(span, `Traefik has no matcher ${wrong.name}${didYouMean(near)}`, {
          fixes: near === undefined ? [] : put(project, label, wrong.start, wrong.name, near),
        });
      } else if (unread?.is === "bare value") {
        const word = value.slice(unread.start, unread.end);
        const span = label.valueAt(unread.start, unread.end);
        const bare = word.replace(/^'(.*)'$/, "$1");
        once(span, "Traefik takes values in backticks or double quotes only, and not this one.", {
          fixes: put(project, label, unread.start, word, `\`${bare}\``),
        });
      } else if (unread) {
        const isOfOld = /^[A-Za-z]+:/.test(value.slice(unread.start));
        const start = Math.min(unread.start, value.trimEnd().length - 1);
        const span = label.valueAt(start, Math.max(unread.end, start + 1));
        once(
          span,
          isOfOld
            ? "This is how Traefik 1 had it; later ones read `Host(`…`)`."
            : "Traefik does not read this rule here.",
        );
      } else {
        const old = rule.matchers.find((it) => isOfTwo(it));
        if (!old || !isOfThree(project, labels, label)) continue;
        const span = label.valueAt(old.start, old.end);
        once(
          span,
          OF_TWO.has(old.name.toLowerCase())
            ? `Traefik 3 has no ${old.name} any more.`
            : `${old.name} of Traefik 3 takes one value: join several by ||.`,
        );
      }
    }
  },
});

/** doc.traefik.io, Rules & Priority of 2.11 and 3, HTTP and TCP (read 2026-11-27); in any case. */
const NAMES =
  "Host HostHeader HostRegexp Header Headers HeaderRegexp HeadersRegexp Method Path PathPrefix PathRegexp Query QueryRegexp ClientIP HostSNI HostSNIRegexp ALPN".split(
    " ",
  );
const MATCHERS: ReadonlySet<string> = new Set(NAMES.map((it) => it.toLowerCase()));
const OF_TWO: ReadonlySet<string> = new Set(["hostheader", "headers", "headersregexp"]);
/** Matchers of a key and a value. */
const OF_PAIRS: ReadonlySet<string> = new Set(["header", "headerregexp", "query", "queryregexp"]);

function isOfTwo({ name, values }: RouterMatcher): boolean {
  const lower = name.toLowerCase();
  return OF_TWO.has(lower) || (values > 1 && !OF_PAIRS.has(lower));
}

/** Is every Traefik of the project certainly of version 3, and reads rules as that does? */
function isOfThree(
  project: ComposeProject,
  labels: readonly ServiceLabel[],
  { name, protocol }: ServiceLabel,
): boolean {
  const traefiks = traefiksOf(project);
  return (
    traefiks.length > 0 &&
    traefiks.every(
      (it) =>
        /^v?3(?:\.|$)/.test(it.image?.value.tag ?? "") &&
        entryPointsOf(it) !== undefined &&
        !it.command?.words?.some((word) => /rulesyntax/i.test(word)),
    ) &&
    !labels.some((it) => it.name === name && it.protocol === protocol && it.option === "rulesyntax")
  );
}

function put(
  { file }: ComposeProject,
  label: ServiceLabel,
  start: number,
  was: string,
  is: string,
): readonly Fix[] {
  const span = label.valueAt(start, start + was.length);
  if (file.text.slice(span.start, span.end) !== was) return [];
  return [{ kind: "unsafe", title: `Replace ${was} with ${is}`, edits: [replace(span, is)] }];
}
