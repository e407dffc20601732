import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import type { MappingNode } from "../../syntax/compose/tree.ts";
import { source } from "../../text/source.ts";
import { isPrivileged } from "../knowledge/compose/host-access.ts";
import { writtenPlaces } from "../knowledge/compose/written-places.ts";
import { composeRule, type Fix } from "../rule.ts";

export const writableRoot = composeRule({
  id: "writable-root",
  title: "Service that may change its own programs",
  severity: "hint",
  tags: ["security"],
  aliases: ["writable-filesystem-service"],
  since: "0.4.0",
  fix: "unsafe",
  enabled: false,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a service without \`read_only: true\`. Runs only when asked for.`,
    why: source`
      Whoever gets into a service can put programs of their own there, or change its code, until the container is replaced. With
      a read-only file system only volumes and \`tmpfs\` can be written to. Many programs need \`tmpfs: [/tmp]\` or \`/run\` with it.`,
    bad: source`
      services:
        api:
        ^^^ writable-root: Everything in the container of api can be written to.
          image: example/api:1.4`,
    good: source`
      services:
        api:
          image: example/api:1.4
          read_only: true
          tmpfs: [/tmp]`,
  },

  check(project, report) {
    if (!project.complete) return;
    for (const service of project.services.values()) {
      const { name, node, complete } = service;
      if (!node || !complete || isPrivileged(service)) continue;
      if (["read_only", "provider", "extends"].some((it) => entryAt(node, it))) continue;
      report(name.span, `Everything in the container of ${name.value} can be written to.`, {
        fixes: readOnly(project, service, node),
      });
    }
  },
});

/** With a `tmpfs` where a server of which that is known has to write. */
function readOnly(project: ComposeProject, service: Service, node: MappingNode): readonly Fix[] {
  const paths = writtenPlaces(project, service)?.paths ?? [];
  if (paths.length > 0 && entryAt(node, "tmpfs")) return [];
  const [edit] = appendEntry(project.file, node, { key: "read_only", value: "true" }) ?? [];
  const [tmpfs] =
    paths.length > 0
      ? (appendEntry(project.file, node, { key: "tmpfs", value: `[${paths.join(", ")}]` }) ?? [])
      : [];
  if (!edit) return [];
  const title = tmpfs
    ? `Make its file system read-only, with a tmpfs at ${paths.join(" and ")}`
    : "Make its file system read-only";
  // Both stand at the same place.
  return [{ kind: "unsafe", title, edits: [{ ...edit, newText: edit.newText + (tmpfs?.newText ?? "") }] }];
}
