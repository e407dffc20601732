import { pathFrom } from "../../model/compose/files/path-from.ts";
import type { ComposeProject, Mount } from "../../model/compose/project.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { isMadeFirst } from "../knowledge/files/made-first.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { nearestPath } from "../writing/suggestions/nearest-path.ts";

export const bindSourceMissing = composeRule({
  id: "bind-source-missing",
  title: "Mounted file that is not there",
  severity: "warning",
  tags: ["run"],
  aliases: ["S84"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports a file that is mounted by its path and is not there. Only for what is plainly a file, with an extension such as \`.sql\`
      or \`.conf\` that the place in the container has too; keys and certificates, which are often made first, are left alone. An empty
      folder in the place of such a file is what the engine made when the file was missing.`,
    why: source`
      The engine makes a folder with that name, on the host as well, and mounts it. The program finds a folder where it looks
      for its file, and later the file cannot be written where the folder is.`,
    bad: source`
      services:
        db:
          image: postgres:18
          volumes:
            - ./init.sql:/docker-entrypoint-initdb.d/init.sql
              ^^^^^^^^^^ bind-source-missing: There is no file ./init.sql, so the engine makes a folder with this name.`,
    good: source`
      services:
        db:
          image: postgres:18
          volumes:
            - ./database/init.sql:/docker-entrypoint-initdb.d/init.sql`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      for (const mount of service.mounts) {
        const { source: path } = mount;
        if (!path || !isFile(mount)) continue;
        const kind = project.files.kindOf(path.value);
        if (kind === "directory" && project.files.list?.(path.value)?.length === 0) {
          const message = `${path.value} is an empty folder, as the engine makes one where a file to mount is missing.`;
          once(path.spanOf(0, path.value.length), message, {});
        }
        if (kind !== "absent") continue;
        const isNear = nearestPath(path.value, project.files, "file") !== undefined;
        if (!isNear && isMadeFirst(path.value)) continue;
        once(
          path.spanOf(0, path.value.length),
          isShortForm(mount)
            ? `There is no file ${path.value}, so the engine makes a folder with this name.`
            : `There is no file ${path.value} to mount.`,
          { fixes: [...takeNear(project, mount), ...create(project, path.value)] },
        );
      }
    }
  },
});

/** Of the long form it depends on `create_host_path` and the engine whether a folder is made or nothing starts. */
function isShortForm({ source: path, span }: Mount): boolean {
  return path !== undefined && path.span.start <= span.start + 1;
}

function isFile({ kind, source: path, target }: Mount): boolean {
  if (kind !== "bind" || !path?.known || !target.known || !/^\.\.?\//.test(path.value)) return false;
  const extension = EXTENSION.exec(path.value)?.[1];
  return extension !== undefined && EXTENSION.exec(target.value)?.[1] === extension;
}

/** Of files that people write; a folder is hardly ever called so. From the start of a part, so that a long path is gone through once. */
const EXTENSION =
  /(?:^|\/)\.*[^/.][^/]*\.(sql|sh|conf|cnf|cfg|ini|json|ya?ml|toml|xml|properties|html?|js|ts|py|rb|php|lua|txt|template|tmpl)$/;

/** A file beside it, or one in the folder that was meant, that differs by a slip. */
function takeNear({ file, files }: ComposeProject, { source: path }: Mount): readonly Fix[] {
  const near = path && nearestPath(path.value, files, "file");
  if (!path || near === undefined) return [];
  const span = path.spanOf(0, path.value.length);
  if (path.shared || file.text.slice(span.start, span.end) !== path.value) return [];
  return [{ kind: "unsafe", title: `Mount ${near} instead`, edits: [replace(span, near)] }];
}

function create({ files }: ComposeProject, path: string): readonly Fix[] {
  const file = pathFrom(files.directory, path);
  if (file === undefined) return [];
  return [
    { kind: "unsafe", title: `Create ${path}`, edits: [], others: [{ kind: "create", file, text: "" }] },
  ];
}
