import { removeItem } from "../../model/compose/edit/remove-item.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { spanInside } from "../../syntax/compose/scalar-span.ts";
import type { MappingNode, ScalarNode } from "../../syntax/compose/tree.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const entrySetTwice = composeRule({
  id: "entry-set-twice",
  title: "Variable or label that a list sets twice",
  severity: "warning",
  tags: ["clarity"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports an entry \`NAME=value\` of a list in \`environment\`, \`labels\`, \`annotations\`, \`sysctls\`, \`build.args\`,
      \`build.labels\` or \`deploy.labels\` whose name is set to something else further down in the same list.`,
    why: source`
      The last one counts, and nothing says so: a router of Traefik whose \`middlewares\` stand in two labels has only those of the
      second, so the check that the first one named is not there. Several middlewares stand in one label, with commas.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          labels:
            - traefik.http.routers.api.middlewares=office-only
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ entry-set-twice: traefik.http.routers.api.middlewares is set again in line 6, and the last one counts.
            - traefik.http.routers.api.middlewares=compress`,
    good: source`
      services:
        api:
          image: example/api:1.4
          labels:
            - traefik.http.routers.api.middlewares=office-only,compress`,
  },

  check(project, report) {
    const once = reportOnce(report);
    const { file } = project;
    for (const { node } of project.services.values()) {
      for (const [mapping, keys] of placesIn(node)) {
        for (const key of keys) {
          const list = valueAt(mapping, key);
          if (list?.kind !== "sequence" || list.items.length < 2) continue;
          const last = new Map<string, ScalarNode>();
          const items = itemsOf(list).filter((it): it is ScalarNode => it.kind === "scalar");
          for (const item of items) last.set(nameIn(item), item);
          for (const item of items) {
            const name = nameIn(item);
            const winner = last.get(name);
            if (!winner || winner === item || winner.value === item.value || !/^[\w./-]+$/.test(name))
              continue;
            const line = file.lines.lineAt(winner.span.start) + 1;
            const edits = mapping && removeItem(file, mapping, key, item);
            once(
              spanInside(file.text, item, 0, name.length),
              `${name} is set again in line ${line}, and the last one counts.`,
              {
                related: [{ message: "This one counts.", span: winner.span }],
                // The one that does not count may be the one that was meant.
                fixes: edits ? [{ kind: "unsafe", title: `Remove this ${name}`, edits }] : [],
              },
            );
          }
        }
      }
    }
  },
});

type Place = readonly [mapping: MappingNode | undefined, keys: readonly string[]];

/** The lists that Compose reads as mappings. */
function placesIn(node: MappingNode | undefined): readonly Place[] {
  const inside = (key: string) => {
    const value = valueAt(node, key);
    return value?.kind === "mapping" ? value : undefined;
  };
  return [
    [node, ["environment", "labels", "annotations", "sysctls"]],
    [inside("build"), ["args", "labels"]],
    [inside("deploy"), ["labels"]],
  ];
}

function nameIn({ value }: ScalarNode): string {
  const at = value.indexOf("=");
  return at < 0 ? value : value.slice(0, at);
}
