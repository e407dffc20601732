import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import type { ScalarNode } from "../../syntax/compose/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const quotedInList = composeRule({
  id: "quoted-in-list",
  title: "Quotes that become part of the value",
  severity: "warning",
  tags: ["run"],
  aliases: ["S72"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports quotes around the value alone in a list of variables, as in \`- NAME="value"\`, of \`environment\` and of build
      arguments, and in labels that Traefik or Watchtower reads.`,
    why: source`
      YAML takes quotes for quotes only at the beginning of a text. Here they are characters of the value, and the program
      gets them too; a shell would have taken them away, and so does an \`env_file\`.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          environment:
            - GREETING="Hello"
                       ^^^^^^^ quoted-in-list: The quotes become part of GREETING's value.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          environment:
            - "GREETING=Hello"
            - NAME=api`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const { node: service } of project.services.values()) {
      for (const [list, pattern] of [
        [valueAt(service, "environment"), QUOTED],
        [valueAt(valueAt(service, "build"), "args"), QUOTED],
        [valueAt(service, "labels"), QUOTED_LABEL],
      ] as const) {
        for (const item of itemsOf(list)) {
          const match =
            item.kind === "scalar" && item.style === "plain" ? pattern.exec(item.value) : undefined;
          if (!match || item.kind !== "scalar") continue;
          const [, name = "", written = "", , content = ""] = match;
          if (project.file.text.slice(item.span.start, item.span.end) !== item.value) continue;
          const span = { start: item.span.start + name.length + 1, end: item.span.end };
          once(span, `The quotes become part of ${name}'s value.`, {
            fixes: withoutQuotes(item, name, content, written),
          });
        }
      }
    }
  },
});

/** Of labels those whose reader takes no quotes for quotes: Traefik reads a rule or a number there, Watchtower `true`. */
const QUOTED_LABEL = /^((?:traefik|com\.centurylinklabs\.watchtower)\.[\w.[\]-]+)=((["'])(.*)\3)$/i;
const QUOTED = /^([A-Za-z_]\w*)=((["'])(.*)\3)$/;

/** A value that holds its own kind of quotes is a list of texts, or something else that a shell would read. */
function withoutQuotes({ span }: ScalarNode, name: string, content: string, written: string): readonly Fix[] {
  if (content.includes(written[0] ?? "") || content.includes("\\")) return [];
  const text = `${name}=${content}`;
  const isPlain = content === content.trim() && !/[[\]{},#]|:$/.test(content);
  const newText = isPlain ? text : `'${text.replaceAll("'", "''")}'`;
  return [{ kind: "safe", title: "Take the quotes away", edits: [replace(span, newText)] }];
}
