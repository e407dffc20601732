import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import { appendItem } from "../../model/compose/edit/append-item.ts";
import { removeItem } from "../../model/compose/edit/remove-item.ts";
import { sharesNetworkWith } from "../../model/compose/hosts/shared-networks.ts";
import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { entryAt, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import type { ScalarNode } from "../../syntax/compose/tree.ts";
import type { TextEdit } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const obsoleteLinks = composeRule({
  id: "obsolete-links",
  title: "Link to a service that is found without it",
  severity: "hint",
  tags: ["clarity"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  reach: "services",
  acrossFiles: true,
  docs: {
    what: source`
      Reports an entry of \`links\` that gives no other name to a service on a network which both share. In another network mode
      links do more, and are left alone.`,
    why: source`
      Services on one network find each other by their names. What is left of the link is that the other service is started
      first, which \`depends_on\` says where readers look for it.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          depends_on: [db]
          links:
            - db
              ^^ obsolete-links: api finds db by its name without a link.
        db:
          image: example/db:2`,
    good: source`
      services:
        api:
          image: example/api:1.4
          depends_on: [db]
        db:
          image: example/db:2`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      for (const item of itemsOf(valueAt(service.node, "links"))) {
        if (item.kind !== "scalar" || item.viaAlias) continue;
        const [name = "", alias = name] = item.value.split(":");
        const other = project.services.get(name);
        if (alias !== name || !other || other === service) continue;
        if (sharesNetworkWith(service, other, project) !== "yes") continue;
        once(item.span, `${service.name.value} finds ${name} by its name without a link.`, {
          related: [{ message: `The service ${name} is here.`, span: other.name.span }],
          fixes: withoutLink(project, service, item, name),
        });
      }
    }
  },
});

/** A link starts the other service first; that is kept. */
function withoutLink(
  { file }: ComposeProject,
  { node, dependsOn }: Service,
  item: ScalarNode,
  name: string,
): readonly Fix[] {
  if (!node) return [];
  const isAwaited = dependsOn.some((it) => it.service.value === name);
  const removed = removeItem(file, node, "links", item);
  const awaited = isAwaited ? [] : dependOn(file, node, name);
  if (!removed || !awaited) return [];
  const title = isAwaited ? `Remove the link to ${name}` : `Depend on ${name} instead`;
  const edits = together(removed, awaited);
  return edits ? [{ kind: "safe", title, edits }] : [];
}

/** Behind the last key of a service another one begins where that one is taken away: both are one edit then. */
function together(removed: readonly TextEdit[], added: readonly TextEdit[]): readonly TextEdit[] | undefined {
  const isIn = ({ span: { start } }: TextEdit) =>
    removed.some(({ span }) => span.start < start && start < span.end);
  if (!added.some(isIn)) return [...removed, ...added];
  const [from, ...moreRemoved] = removed;
  const [to, ...moreAdded] = added;
  if (!from || !to || moreRemoved.length + moreAdded.length > 0) return undefined;
  if (from.newText !== "" || to.span.end !== from.span.end - 1 || !to.newText.startsWith("\n"))
    return undefined;
  return [{ ...from, newText: `${to.newText.slice(1)}\n` }];
}

function dependOn(
  file: ComposeProject["file"],
  node: NonNullable<Service["node"]>,
  name: string,
): readonly TextEdit[] | undefined {
  const written = entryAt(node, "depends_on")?.value;
  if (written?.kind !== "mapping") return appendItem(file, node, "depends_on", name);
  const condition = [{ key: "condition", value: "service_started" }];
  return appendEntry(file, written, { key: name, value: condition });
}
