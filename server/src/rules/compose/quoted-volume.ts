import { isTyped } from "../../model/compose/edit/written-text.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import type { ScalarNode, YamlNode } from "../../syntax/compose/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const quotedVolume = composeRule({
  id: "quoted-volume",
  title: "Mount in quotes that it does not need",
  severity: "hint",
  tags: ["clarity"],
  aliases: ["no-quotes-in-volumes"],
  since: "0.4.0",
  fix: "safe",
  enabled: false,
  reach: "service",
  docs: {
    what: source`
      Reports a mount, or a name or path of one in long form, in quotes where YAML reads the same without them. Runs only when asked for.`,
    why: source`
      One way of writing for one thing: quotes are left for what needs them.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          volumes:
            - "./data:/data"
              ^^^^^^^^^^^^^^ quoted-volume: This needs no quotes.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          volumes:
            - ./data:/data`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const { node } of project.services.values())
      for (const item of itemsOf(valueAt(node, "volumes")))
        for (const it of textsOf(item)) {
          if (it.viaAlias || !isPlain(it.value)) continue;
          once(it.span, "This needs no quotes.", {
            fixes: [{ kind: "safe", title: "Take the quotes away", edits: [replace(it.span, it.value)] }],
          });
        }
  },
});

/** The mount in short form, or the names and paths of the long one, where they are in quotes. */
function textsOf(item: YamlNode): readonly ScalarNode[] {
  const texts =
    item.kind === "mapping"
      ? [
          ...["type", "source", "target"].map((it) => valueAt(item, it)),
          valueAt(valueAt(item, "volume"), "subpath"),
        ]
      : [item];
  return texts.flatMap((it) =>
    it?.kind === "scalar" && (it.style === "double" || it.style === "single") ? [it] : [],
  );
}

/**
 * What begins otherwise, has a colon with a blank or stands in brackets may be something else without quotes. A number, `~` and `null`
 * are, and none of them has a slash or begins with a letter but the words that YAML knows.
 */
function isPlain(text: string): boolean {
  return !isTyped(text) && /^(?:(?=.*\/)[./~\w][\w./:~@+$-]*|[a-z][\w.:-]*)(?<!:)$/i.test(text);
}
