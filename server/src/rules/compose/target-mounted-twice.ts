import { removeItem } from "../../model/compose/edit/remove-item.ts";
import { mountPath } from "../../model/compose/mount-path.ts";
import type { Mount, Service } from "../../model/compose/project.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import type { ComposeFile, MappingNode, ScalarNode, YamlNode } from "../../syntax/compose/tree.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Report } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const targetMountedTwice = composeRule({
  id: "target-mounted-twice",
  title: "Two mounts at one place",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports an entry of \`volumes\` whose target is that of one further down in the same list. It is an error where \`tmpfs\` has the same
      target, as also where \`tmpfs\` has one twice with other options.`,
    why: source`
      Of two volumes with one target Compose takes the last one, and says nothing: what the first would bring, a configuration or the
      data, is not there. Beside a tmpfs it refuses the whole file: "target /data already mounted".`,
    bad: source`
      services:
        prometheus:
          image: prom/prometheus:v3.7.3
          volumes:
            - ./prometheus:/prometheus
                           ^^^^^^^^^^^ target-mounted-twice: /prometheus is mounted again in line 6, and the last one counts.
            - data:/prometheus
      volumes:
        data:`,
    good: source`
      services:
        prometheus:
          image: prom/prometheus:v3.7.3
          volumes:
            - ./prometheus:/etc/prometheus
            - data:/prometheus
      volumes:
        data:`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const { node } = service;
      if (!node) continue;
      checkVolumes(service, node, project.file, once);
      checkTemporary(service, node, once);
    }
  },
});

/** In one list the last one counts, with `/` at its end or not (docker compose 2.40, tried 2026-11). */
function checkVolumes({ mounts }: Service, node: MappingNode, file: ComposeFile, report: Report): void {
  const items = itemsOf(valueAt(node, "volumes"));
  if (items.length < 2) return;
  const starts = new Map(items.map((it) => [it.span.start, it]));
  const own = mounts.flatMap((mount) => {
    // What a service inherits stands elsewhere; a mount in quotes begins behind the quote.
    const item = starts.get(mount.span.start) ?? starts.get(mount.span.start - 1);
    return item && mount.target.known ? [{ item, mount, path: mountPath(mount) }] : [];
  });
  const last = new Map(own.map((it) => [it.path, it.item]));
  for (const { item, mount, path } of own) {
    const winner = last.get(path);
    if (!winner || winner === item || isSame(winner, item)) continue;
    const line = file.lines.lineAt(winner.span.start) + 1;
    const edits = removeItem(file, node, "volumes", item);
    report(placeOf(mount), `${path} is mounted again in line ${line}, and the last one counts.`, {
      related: [{ message: "This one counts.", span: winner.span }],
      // The one that does not count may be the one that was meant.
      fixes: edits ? [{ kind: "unsafe", title: "Remove this mount", edits }] : [],
    });
  }
}

/** That is told as an item which stands there twice. */
function isSame(one: YamlNode, other: YamlNode): boolean {
  return one.kind === "scalar" && other.kind === "scalar" && one.value === other.value;
}

/** `target /data already mounted as services.db.tmpfs[0]` (docker compose 2.40, tried 2026-11). */
function checkTemporary({ mounts }: Service, node: MappingNode, report: Report): void {
  const value = valueAt(node, "tmpfs");
  const entries = (value?.kind === "scalar" ? [value] : itemsOf(value)).filter(
    (it): it is ScalarNode => it.kind === "scalar" && !it.value.includes("$"),
  );
  const temporary = new Map<string, ScalarNode>();
  for (const entry of entries) {
    const path = pathOf(entry);
    const before = temporary.get(path);
    if (!before) temporary.set(path, entry);
    else if (before.value !== entry.value)
      report(entry.span, `Compose refuses this: ${path} is a tmpfs already.`, {
        severity: "error",
        related: [{ message: "It is this one.", span: before.span }],
      });
  }
  if (temporary.size === 0) return;
  for (const mount of mounts) {
    const before = mount.target.known ? temporary.get(mountPath(mount)) : undefined;
    if (!before) continue;
    report(placeOf(mount), `Compose refuses this: ${mountPath(mount)} is a tmpfs already.`, {
      severity: "error",
      related: [{ message: "It is this one.", span: before.span }],
    });
  }
}

function placeOf({ target }: Mount) {
  return target.spanOf(0, target.value.length);
}

/** In front of its options. */
function pathOf({ value }: ScalarNode): string {
  return value.replace(/:.*$/s, "").replace(/\/+$/, "");
}
