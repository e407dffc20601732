import { pathFrom } from "../../model/compose/files/path-from.ts";
import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { knownAt } from "../../model/compose/reading/known-at.ts";
import { isWithin } from "../../model/stage/paths.ts";
import { entryAt, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { isMadeFirst } from "../knowledge/files/made-first.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { nearestPath } from "../writing/suggestions/nearest-path.ts";

export const watchWithoutEffect = composeRule({
  id: "watch-without-effect",
  title: "Watch of which nothing comes",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports an entry of \`develop.watch\` whose \`path\` is not there, one that syncs what a bind mount of the service brings already, and \`rebuild\`
      in a service without \`build\`. A path that nothing near is called like is information, as are places that builds make left alone.`,
    why: source`
      Compose watches a path that is not there and says nothing, and leaves out one that is mounted. Without \`build\` it refuses to watch at all.`,
    bad: source`
      services:
        web:
          build: .
          develop:
            watch:
              - action: sync
                path: ./scr
                      ^^^^^ watch-without-effect: There is nothing at ./scr to watch.
                target: /app/src`,
    good: source`
      services:
        web:
          build: .
          develop:
            watch:
              - action: sync
                path: ./src
                target: /app/src`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      for (const watch of itemsOf(valueAt(valueAt(service.node, "develop"), "watch"))) {
        const action = knownAt(project, watch, "action");
        const path = knownAt(project, watch, "path");
        if (
          action?.value === "rebuild" &&
          project.single &&
          service.complete &&
          !entryAt(service.node, "build")
        ) {
          const name = service.name.value;
          const message = `${name} has no build, so Compose refuses to watch for what would build it again.`;
          once(action.node.span, message);
        }
        if (!action || !path?.value) continue;
        const { span, viaAlias } = path.node;
        if (project.files.kindOf(path.value) === "absent" && !isMadeFirst(path.value)) {
          const near =
            nearestPath(path.value, project.files, "directory") ??
            nearestPath(path.value, project.files, "file");
          const isWritten = project.file.text.slice(span.start, span.end) === path.value && !viaAlias;
          once(span, `There is nothing at ${path.value} to watch.`, {
            ...(near === undefined && { severity: "info" as const }),
            fixes:
              near !== undefined && isWritten
                ? [{ kind: "unsafe", title: `Watch ${near}`, edits: [replace(span, near)] }]
                : [],
          });
          continue;
        }
        const mount = action.value.startsWith("sync") ? mountOf(path.value, service, project) : undefined;
        if (mount) {
          const message = `${mount.source?.value} is mounted, so Compose does not watch ${path.value}, and warns of it.`;
          once(span, message, {
            related: [{ message: "It is mounted here.", span: mount.span }],
          });
        }
      }
    }
  },
});

/** docker/compose pkg/compose/watch.go leaves out of what is synced all that lies in the source of a bind mount (as generally known; its text is in 2.40.3). */
function mountOf(
  path: string,
  { mounts }: Service,
  { files }: ComposeProject,
): Service["mounts"][number] | undefined {
  const watched = pathFrom(files.directory, path);
  if (watched === undefined) return undefined;
  return mounts.find(({ kind, source: from }) => {
    const mounted = kind === "bind" && from?.known ? pathFrom(files.directory, from.value) : undefined;
    return mounted !== undefined && isWithin(watched, mounted);
  });
}
