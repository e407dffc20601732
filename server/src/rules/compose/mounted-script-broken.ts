import { imageOf } from "../../model/compose/builds/run-image.ts";
import { pathFrom } from "../../model/compose/files/path-from.ts";
import type { ComposeProject, Mount, Service } from "../../model/compose/project.ts";
import { POSTGRES_IMAGES } from "../../model/image/postgres-images.ts";
import { baseName, below, isWithin } from "../../model/stage/paths.ts";
import { SHELLS } from "../../model/stage/started/start-step.ts";
import { valueAt } from "../../syntax/compose/find.ts";
import { insert, remove } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { unreadFirstLine } from "../knowledge/started/first-line.ts";
import { startsWhatItIsGiven } from "../knowledge/started/given-command.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const mountedScriptBroken = composeRule({
  id: "mounted-script-broken",
  title: "Mounted script that the container cannot start",
  severity: "error",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports a mounted script that a service starts, and that has the line ends of Windows or does not begin with \`#!\`; and scripts
      mounted to \`/docker-entrypoint-initdb.d\` of PostgreSQL, MySQL, MariaDB and MongoDB whose \`#!\` line ends with a carriage return.`,
    why: source`
      The kernel takes the carriage return for a part of the interpreter's name and says "no such file or directory"; without \`#!\` it
      says "exec format error". Git checks files out so on Windows: \`*.sh text eol=lf\` in \`.gitattributes\` keeps them as they are.`,
    context: { "start.sh": "#!/bin/sh\r\nexec api\r\n" },
    bad: source`
      services:
        api:
          image: alpine:3.24
          volumes:
            - ./start.sh:/start.sh:ro
              ^^^^^^^^^^ mounted-script-broken: The first line of ./start.sh ends with a carriage return, which becomes a part of its interpreter's name.
          entrypoint: ["/start.sh"]`,
    good: source`
      services:
        api:
          image: alpine:3.24
          volumes:
            - ./start.sh:/start.sh:ro
          entrypoint: ["sh", "-c", "tr -d '\\r' < /start.sh | sh"]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      if (service.mounts.length === 0 || !service.complete) continue;
      for (const { mount, path, as } of scriptsOf(service, project)) {
        const text = project.files.readFile(path);
        const why = text === undefined ? undefined : whyBroken(text, path, as);
        if (text === undefined || why === undefined || !mount.source) continue;
        once(mount.source.spanOf(0, mount.source.value.length), why, {
          fixes: repair(text, path, project),
          severity: as === "initialisation" ? "warning" : "error",
        });
      }
    }
  },
});

interface MountedScript {
  readonly mount: Mount;
  /** From the folder of the Compose file. */
  readonly path: string;
  /** Started by the kernel, or by a shell's script; read by a shell; run by a database when it is made. */
  readonly as: "process" | "program" | "text" | "initialisation";
}

function scriptsOf(service: Service, project: ComposeProject): readonly MountedScript[] {
  const found: MountedScript[] = [];
  const start = startOf(service);
  const mount =
    start && service.mounts.findLast((it) => it.target.known && isWithin(start.path, it.target.value));
  const path = mount && start && sourceOf(mount, start.path);
  if (mount && path !== undefined) found.push({ mount, path, as: start.as });
  if (!DATABASES.has(imageOf(service)?.name ?? "") || service.build) return found;
  for (const it of service.mounts) {
    const { source: from, target } = it;
    if (it.kind !== "bind" || !from?.known || !target.known) continue;
    if (target.value === INITIALISED) {
      for (const name of project.files.list?.(from.value) ?? [])
        if (name.endsWith(".sh"))
          found.push({ mount: it, path: `${from.value.replace(/\/+$/, "")}/${name}`, as: "initialisation" });
    } else if (isWithin(target.value, INITIALISED) && target.value.endsWith(".sh"))
      found.push({ mount: it, path: from.value, as: "initialisation" });
  }
  return found;
}

const INITIALISED = "/docker-entrypoint-initdb.d";

const DATABASES: ReadonlySet<string> = new Set([...POSTGRES_IMAGES, "mysql", "mariadb", "mongo"]);

/** The script that the container starts with, by its path in it. */
function startOf(service: Service): { readonly path: string; readonly as: MountedScript["as"] } | undefined {
  const { entrypoint, command, node } = service;
  if (!entrypoint && (valueAt(node, "entrypoint") || !startsWhatItIsGiven(service))) return undefined;
  const [first, second] = (entrypoint ?? command)?.words ?? [];
  if (first === undefined) return undefined;
  if (first.startsWith("/") && !SHELLS.has(baseName(first)))
    return { path: first, as: entrypoint ? "process" : "program" };
  return SHELLS.has(baseName(first)) && second?.startsWith("/") ? { path: second, as: "text" } : undefined;
}

function sourceOf({ kind, source: from, target }: Mount, path: string): string | undefined {
  if (kind !== "bind" || !from?.known || !target.known) return undefined;
  return path === target.value
    ? from.value
    : `${from.value.replace(/\/+$/, "")}/${below(path, target.value)}`;
}

function whyBroken(text: string, path: string, as: MountedScript["as"]): string | undefined {
  if (as === "text")
    return /^[ \t]*[^#\s][^\n]*\r$/m.test(text)
      ? `The lines of ${path} end with carriage returns, which the shell takes for a part of their last words.`
      : undefined;
  if (/^#![^\n]*\r(\n|$)/.test(text))
    return `The first line of ${path} ends with a carriage return, which becomes a part of its interpreter's name.`;
  const unread = as === "process" ? unreadFirstLine(text) : undefined;
  return unread && `${path} ${unread.why}, so that the kernel does not start it.`;
}

/** In the file itself. */
function repair(text: string, path: string, { files }: ComposeProject): Fix[] {
  const file = pathFrom(files.directory, path);
  if (file === undefined) return [];
  const change = (title: string, edits: ReturnType<typeof insert>[]): Fix => ({
    kind: "unsafe",
    title,
    edits: [],
    others: [{ kind: "edit", file, before: text, edits }],
  });
  if (text.startsWith("#!"))
    return [
      change(
        `Write the line ends of ${path} as LF`,
        [...text.matchAll(/\r(?=\n|$)/g)].map((it) => remove({ start: it.index, end: it.index + 1 })),
      ),
    ];
  return /^\s*#|^\uFEFF/.test(text)
    ? []
    : [change(`Write #!/bin/sh in front of ${path}`, [insert(0, "#!/bin/sh\n")])];
}
