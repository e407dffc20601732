import { removeEntry } from "../../model/compose/edit/remove-entry.ts";
import { type ComposeProject, notedOnService, type Service } from "../../model/compose/project.ts";
import { knownAt } from "../../model/compose/reading/known-at.ts";
import { entriesOf, entryAt, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import type { ComposeFile, MappingEntry, MappingNode, YamlNode } from "../../syntax/compose/tree.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix, type Report } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const conflictingKeys = composeRule({
  id: "conflicting-keys",
  title: "Keys that exclude each other",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports the second of two keys of which Compose takes one only: \`dockerfile\` and \`dockerfile_inline\`, \`network_mode\` and
      \`networks\`, \`file\`, \`environment\` and \`content\` of secrets and configs, \`count\` and \`device_ids\`, and settings of a volume
      that is \`external\`, and two different names of one.`,
    why: source`
      Compose refuses the whole project: "mutually exclusive", "conflicting parameters".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          network_mode: host
          networks: [back]
          ^^^^^^^^ conflicting-keys: \`networks\` and \`network_mode\` exclude each other.
      networks:
        back:`,
    good: source`
      services:
        api:
          image: example/api:1.4
          networks: [back]
      networks:
        back:`,
  },

  check(project, report) {
    const once = reportOnce(report);
    const tell = (mapping: YamlNode | undefined, ...keys: readonly string[]) => {
      if (mapping?.kind !== "mapping") return;
      const [first, ...others] = written(mapping, keys);
      for (const it of first ? others : [])
        once(it.key.span, `\`${it.key.value}\` and \`${first?.key.value}\` exclude each other.`, {
          related: [
            { message: `\`${first?.key.value}\` stands here.`, span: first?.key.span ?? it.key.span },
          ],
          fixes: removals(project.file, mapping, [...(first ? [first] : []), it]),
        });
    };
    for (const service of project.services.values())
      if (hasConflict(service)) for (const [mapping, ...keys] of exclusiveIn(service)) tell(mapping, ...keys);
    for (const section of ["secrets", "configs"])
      for (const { value } of entriesOf(valueAt(project.file.root, section)))
        tell(value, "file", "environment", "content");
    for (const section of ["secrets", "configs", "networks", "volumes"])
      for (const { value } of entriesOf(valueAt(project.file.root, section)))
        tellOfNames(project, value, report);
    for (const { value } of entriesOf(valueAt(project.file.root, "volumes")))
      if (knownAt(project, value, "external")?.value === "true")
        for (const setting of ["driver", "driver_opts", "labels"]) tell(value, "external", setting);
  },
});

/** The old form has the name inside of `external`, and there may be one of them only. */
function tellOfNames(project: ComposeProject, resource: YamlNode | undefined, report: Report): void {
  const name = entryAt(resource, "name");
  const old = knownAt(project, resource, "external", "name");
  if (!name || !old || old.value === "" || old.node.viaAlias) return;
  if (knownAt(project, resource, "name")?.value === old.value) return;
  report(old.node.span, "`name` of `external` and `name` beside it exclude each other.", {
    related: [{ message: "`name` stands here.", span: name.key.span }],
  });
}

const hasConflict = notedOnService((service) =>
  exclusiveIn(service).some(
    ([mapping, ...keys]) => mapping?.kind === "mapping" && written(mapping, keys).length > 1,
  ),
);

/** Mappings of a service, and of which keys each takes one only. */
function exclusiveIn({ node: service }: Service): (readonly [YamlNode | undefined, ...string[]])[] {
  const reserved = valueAt(valueAt(valueAt(service, "deploy"), "resources"), "reservations");
  const devices = [...itemsOf(valueAt(service, "gpus")), ...itemsOf(valueAt(reserved, "devices"))];
  return [
    [service, "network_mode", "networks"],
    [valueAt(service, "build"), "dockerfile", "dockerfile_inline"],
    ...devices.map((it) => [it, "count", "device_ids"] as const),
  ];
}

function written({ entries }: MappingNode, keys: readonly string[]): readonly MappingEntry[] {
  return entries.filter((it) => keys.includes(it.key.value) && saysSomething(it.value));
}

/** An empty list or mapping is none, and `!reset` takes away. */
function saysSomething(value: YamlNode | undefined): boolean {
  if (!value || value.tag === "!reset") return false;
  if (value.kind === "mapping") return value.entries.length > 0;
  return value.kind === "sequence" ? value.items.length > 0 : value.type !== "null";
}

/** Which of the two was meant only the author knows. */
function removals(file: ComposeFile, mapping: MappingNode, entries: readonly MappingEntry[]): readonly Fix[] {
  return entries.flatMap((entry) => {
    const edits = entry.key.viaAlias ? undefined : removeEntry(file, mapping, entry);
    return edits ? [{ kind: "unsafe", title: `Remove ${entry.key.value}`, edits } as const] : [];
  });
}
