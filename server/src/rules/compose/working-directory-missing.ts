import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import {
  type ComposeProject,
  notedOnService,
  type Service,
  type ServiceCommand,
} from "../../model/compose/project.ts";
import { baseName, isWithin, joinPath } from "../../model/stage/paths.ts";
import { SHELLS } from "../../model/stage/started/start-step.ts";
import { valueAt } from "../../syntax/compose/find.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import type { ShellReader } from "../../syntax/shell/script.ts";
import { unmapped } from "../../text/mapped-text.ts";
import { source } from "../../text/source.ts";
import { setsUpSystem } from "../knowledge/commands/system-setup.ts";
import type { NeededFile } from "../knowledge/packages/needs/needed-file.ts";
import { neededFiles } from "../knowledge/packages/needs/needed-files.ts";
import { startsWhatItIsGiven } from "../knowledge/started/given-command.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const workingDirectoryMissing = composeRule({
  id: "working-directory-missing",
  title: "Command that starts outside of the mounted project",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`command\` of a service without \`working_dir\` that needs a file of the project, such as \`npm start\` its package.json or
      \`python app.py\`, where the project is mounted in another folder than the one in which the image starts.`,
    why: source`
      A mount does not change where the container starts: the images of Node and Python start in \`/\`, and Go's in \`/go\`. The
      command ends with "no such file or directory".`,
    context: { "package.json": '{ "scripts": { "start": "node ." } }' },
    bad: source`
      services:
        web:
          image: node:24-alpine
          command: npm start
                   ^^^^^^^^^ working-directory-missing: npm start needs package.json, which is mounted in /app: the container starts in /.
          volumes:
            - .:/app`,
    good: source`
      services:
        web:
          image: node:24-alpine
          command: npm start
          working_dir: /app
          volumes:
            - .:/app`,
  },

  check(project, report) {
    const once = reportOnce(report);
    const { shell } = project.files;
    if (!shell) return;
    for (const service of project.services.values()) {
      const { command, mounts, imageFacts, imageBuild, node } = service;
      const folder = imageBuild ? undefined : imageFacts?.workdir;
      if (!command || folder === undefined || mounts.length === 0 || valueAt(node, "working_dir")) continue;
      if (mounts.some((it) => !it.target.known) || !startsWhatItIsGiven(service)) continue;
      const needed = neededBy(service, shell);
      const at = needed && mountedAt(needed, folder, service, project);
      if (!needed || at === undefined) continue;
      const [file] = needed.files;
      once(
        command.span,
        `${needed.command} needs ${file}, which is mounted in ${at}: the container starts in ${folder}.`,
        { fixes: startIn(at, service, project) },
      );
    }
  },
});

/** What the first command that reads files of a project needs; undefined where something in front of it may bring it. */
const neededBy = notedOnService(({ command }, shell: ShellReader): NeededFile | undefined => {
  const text = command && lineOf(command);
  const script = text === undefined ? undefined : shell.read(unmapped(text));
  if (!script?.complete) return undefined;
  for (const it of script.commands) {
    const [needed] = neededFiles(it);
    if (needed) return needed;
    if (it.redirections.length > 0 || !(setsUpSystem(it) || HARMLESS.has(it.name?.literal ?? "")))
      return undefined;
  }
  return undefined;
});

/** The command as a line for a shell. */
function lineOf({ words, cutAt }: ServiceCommand): string | undefined {
  if (!words || cutAt !== undefined || words.some((it) => it.includes(HOLE))) return undefined;
  const [program = "", option = "", line] = words;
  if (SHELLS.has(baseName(program)) && /^-[a-z]*c$/.test(option)) return line;
  return words.every((it) => PLAIN.test(it)) ? words.join(" ") : undefined;
}

const PLAIN = /^[\w./:@=,+-]+$/;

/** Nor do these bring a file of a project. */
const HARMLESS: ReadonlySet<string> = new Set("corepack env npm pip pip3 pnpm sleep yarn".split(" "));

/** The folder of the one mount that has the file, where the command does not look. */
function mountedAt(
  { files, above }: NeededFile,
  folder: string,
  { mounts }: Service,
  { files: project }: ComposeProject,
): string | undefined {
  if (files.some((it) => it.startsWith("/"))) return undefined;
  const looked = files.map((it) => joinPath(folder, it));
  // A mount over a folder that it looks in may bring the file.
  if (
    mounts.some(
      ({ target }) =>
        looked.some((it) => isWithin(it, target.value)) || (above && isWithin(folder, target.value)),
    )
  )
    return undefined;
  const having = mounts.filter(
    ({ kind, source: from }) =>
      kind === "bind" &&
      from?.known &&
      files.some((it) => project.kindOf(`${from.value.replace(/\/+$/, "")}/${it}`) === "file"),
  );
  const [only, ...more] = having;
  return only && more.length === 0 ? only.target.value : undefined;
}

function startIn(folder: string, { node }: Service, { file }: ComposeProject): Fix[] {
  const edits = node && appendEntry(file, node, { key: "working_dir", value: folder });
  return edits ? [{ kind: "unsafe", title: `Start in ${folder}`, edits }] : [];
}
