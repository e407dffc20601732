import { appendItem } from "../../model/compose/edit/append-item.ts";
import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { knownAt } from "../../model/compose/reading/known-at.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import type { TextEdit } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { writtenPlaces } from "../knowledge/compose/written-places.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const readOnlyWithoutTmpfs = composeRule({
  id: "read-only-without-tmpfs",
  title: "Read-only container of a server that has to write",
  severity: "warning",
  tags: ["run"],
  aliases: ["S85"],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`read_only: true\` on an official image of nginx, httpd, PostgreSQL, MySQL or MariaDB where nothing writable is mounted in the place
      of its socket or the file with its process id. Nothing is said where a configuration of one's own may say another place.`,
    why: source`
      The server ends at its start: "open() /run/nginx.pid failed (30: Read-only file system)", "could not create lock file". A
      \`tmpfs\` gives it the place, and the rest stays read-only.`,
    bad: source`
      services:
        web:
          image: nginx:1.30
          read_only: true
                     ^^^^ read-only-without-tmpfs: nginx has to write in /run and /var/cache/nginx, and nothing writable is mounted there.`,
    good: source`
      services:
        web:
          image: nginx:1.30
          read_only: true
          tmpfs: [/run, /var/cache/nginx]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const flag = service.node && knownAt(project, service.node, "read_only");
      const written = flag?.value === "true" ? writtenPlaces(project, service) : undefined;
      if (!flag || !written) continue;
      const { server, paths } = written;
      const message = `${server} has to write in ${paths.join(" and ")}, and nothing writable is mounted there.`;
      once(flag.node.span, message, { fixes: flag.node.viaAlias ? [] : mount(project, service, paths) });
    }
  },
});

function mount({ file }: ComposeProject, { node }: Service, paths: readonly string[]): readonly Fix[] {
  if (!node) return [];
  const title = `Mount a tmpfs at ${paths.join(" and ")}`;
  const items = entryAt(node, "tmpfs") ? paths : [paths.join(", ")];
  const edits: TextEdit[] = [];
  for (const it of items) {
    const added = appendItem(file, node, "tmpfs", it);
    if (!added || (edits.length > 0 && items.length > 1)) return [];
    edits.push(...added);
  }
  return [{ kind: "unsafe", title, edits }];
}
