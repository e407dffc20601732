import { appendItem } from "../../model/compose/edit/append-item.ts";
import { removeItem } from "../../model/compose/edit/remove-item.ts";
import type { ComposeProject, Mount, Service } from "../../model/compose/project.ts";
import { baseName } from "../../model/stage/paths.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { hiddenByMount } from "../knowledge/compose/hidden-by-mount.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const mountHidesArtifact = composeRule({
  id: "mount-hides-artifact",
  title: "Mounted folder over what the image has built or installed",
  severity: "warning",
  tags: ["run"],
  aliases: ["S83"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a folder of the host that is mounted over something which the Dockerfile builds or installs and the service needs,
      when the folder does not have it: the program or script that is started, \`node_modules\`, a virtual environment, Composer's
      \`vendor\`. Nothing is said where another mount brings it back, or where the service or another one with that folder may
      install it at its start.`,
    why: source`
      What is mounted hides what the image has at that place. Whoever has just cloned the project gets "Cannot find module" or "no such
      file or directory", while it works for those who have installed the same on their machine, which may be another system.
      A volume for the one directory is filled with what the image has there.`,
    bad: source`
      services:
        api:
          build: .
          volumes:
            - .:/app
              ^^^^^^ mount-hides-artifact: This hides /app/api, which the image has built and the service starts.`,
    good: source`
      services:
        api:
          build: .
          volumes:
            - ./config:/app/config`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const hidden = hiddenByMount(service, project);
      if (!hidden) continue;
      const { mount, path, by, madeAt, isCopied } = hidden;
      const message =
        by === undefined
          ? `This hides ${path}, which the image has${isCopied ? "" : " built"} and the service starts.`
          : `This hides ${path}, which ${by} has installed and the service needs.`;
      const file = service.imageBuild?.file;
      const name = baseName(path);
      const made =
        by === undefined
          ? `${name} ${isCopied ? "is put there" : "is built"} here.`
          : "They came into the image here.";
      once(mount.span, message, {
        related: file === undefined ? [] : [{ message: made, span: madeAt, file }],
        fixes: [
          ...(by === undefined ? [] : withVolume(project, service, path)),
          ...withoutMount(project, service, mount),
        ],
      });
    }
  },
});

/** A volume without a name is filled with what the image has there. */
function withVolume({ file }: ComposeProject, { node }: Service, path: string): readonly Fix[] {
  const edits = node && /^[\w./-]+$/.test(path) ? appendItem(file, node, "volumes", path) : undefined;
  return edits ? [{ kind: "unsafe", title: `Keep the image's ${baseName(path)} in a volume`, edits }] : [];
}

function withoutMount(
  { file }: ComposeProject,
  { node }: Service,
  { span, source: path }: Mount,
): readonly Fix[] {
  const item = itemsOf(valueAt(node, "volumes")).find(
    (it) => it.span.start <= span.start && span.end <= it.span.end,
  );
  const edits = node && item && !item.viaAlias ? removeItem(file, node, "volumes", item) : undefined;
  return edits ? [{ kind: "unsafe", title: `Do not mount ${path?.value} there`, edits }] : [];
}
