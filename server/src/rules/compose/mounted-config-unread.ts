import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import {
  type ComposeProject,
  type Mount,
  notedOnService,
  type Service,
} from "../../model/compose/project.ts";
import { POSTGRES_IMAGE } from "../../model/image/postgres-images.ts";
import { baseName, directoryOf, isWithin } from "../../model/stage/paths.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix, type Report } from "../rule.ts";
import { mountAt } from "../writing/compose/mount-at.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const mountedConfigUnread = composeRule({
  id: "mounted-config-unread",
  title: "Mounted configuration that the service does not read",
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
      Reports a configuration that is mounted where the image does not look: \`redis.conf\`, \`postgresql.conf\` and \`mongod.conf\` that the command does not
      name, a \`mosquitto.conf\` outside of /mosquitto/config, files in nginx's \`conf.d\` that do not end with \`.conf\` and in its \`templates\` without \`.template\`, in that of MySQL and MariaDB without \`.cnf\` and in PHP's without
      \`.ini\`; and one that is mounted beside the file which the command names (\`--config.file=/etc/app/app.yml\` and \`/etc/app/app.yaml\`).
      Only of images as they come.`,
    why: source`
      The program starts with its defaults and says nothing of the file, or does not find the one that it is told.`,
    bad: source`
      services:
        cache:
          image: redis:8
          volumes:
            - ./redis.conf:/usr/local/etc/redis/redis.conf
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mounted-config-unread: Redis reads no file that its command does not name.`,
    good: source`
      services:
        cache:
          image: redis:8
          command: redis-server /usr/local/etc/redis/redis.conf
          volumes:
            - ./redis.conf:/usr/local/etc/redis/redis.conf`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      if (!isAsItComes(service)) continue;
      checkNamed(service, project, once);
      checkEndings(service, once);
      checkBeside(service, project, once);
    }
  },
});

const isAsItComes = notedOnService(
  ({ complete, image, build, imageBuild, entrypoint, mounts, configs, command }): boolean =>
    complete &&
    image !== undefined &&
    !build &&
    !imageBuild &&
    !entrypoint &&
    configs.length === 0 &&
    (!command || command.words?.every((it) => !it.includes(HOLE)) === true) &&
    mounts.some((it) => it.kind === "bind") &&
    mounts.every((it) => it.target.known),
);

interface Named {
  readonly title: string;
  readonly image: RegExp;
  readonly file: RegExp;
  /** What in a command names such a file. */
  readonly names: RegExp;
  /** What a command may begin with for the server to be started by the image's entrypoint. */
  readonly program: RegExp;
  /** A place where it is read all the same. */
  readonly readAt?: RegExp;
  command?(path: string): string;
}

/** By their entrypoints and manuals (as generally known, 2026-11). */
const NAMED: readonly Named[] = [
  {
    title: "Redis",
    image: /^redis$/,
    file: /^redis\.conf$/,
    names: /\.conf\b|--include/,
    program: /^(?:-|redis-server$)/,
    command: (path) => `redis-server ${path}`,
  },
  {
    title: "Valkey",
    image: /^valkey\/valkey$/,
    file: /^(?:valkey|redis)\.conf$/,
    names: /\.conf\b|--include/,
    program: /^(?:-|valkey-server$)/,
    command: (path) => `valkey-server ${path}`,
  },
  {
    title: "PostgreSQL",
    image: POSTGRES_IMAGE,
    file: /^postgresql\.conf$/,
    names: /config_file/,
    program: /^(?:-|postgres$)/,
    // What is in the folder of the data is read, once that is made; what stands beside its sample is copied from there.
    readAt: /^\/var\/lib\/postgresql\/|\/postgresql\/(?:\d+\/)?postgresql\.conf\.sample$/,
    command: (path) => `postgres -c config_file=${path}`,
  },
  {
    title: "MongoDB",
    image: /^mongo$/,
    file: /^mongod?\.conf$/,
    names: /^(?:--config|-f)\b|\.conf\b/,
    program: /^(?:-|mongod$)/,
    command: (path) => `mongod --config ${path}`,
  },
];

/** Servers that read no configuration unless they are told its path. */
function checkNamed(service: Service, project: ComposeProject, report: Report): void {
  const { image, command, mounts, node } = service;
  const known = NAMED.find((it) => it.image.test(image?.value.name ?? ""));
  if (!known) return;
  const words = command?.words ?? [];
  if ((words[0] !== undefined && !known.program.test(words[0])) || words.some((it) => known.names.test(it)))
    return;
  // A script of a new database may take it from there.
  if (mounts.some((it) => it.target.value.startsWith("/docker-entrypoint-initdb.d"))) return;
  for (const mount of mounts) {
    const path = mount.target.value;
    if (mount.kind !== "bind" || !known.file.test(baseName(path)) || known.readAt?.test(path)) continue;
    const line = known.command?.(path);
    const edits =
      !command && node && line !== undefined && /^[\w./ =-]+$/.test(line)
        ? appendEntry(project.file, node, { key: "command", value: line })
        : undefined;
    tell(mount, `${known.title} reads no file that its command does not name.`, report, [
      ...(edits ? [{ kind: "unsafe" as const, title: `Start it with ${path}`, edits }] : []),
    ]);
  }
}

/** Folders of which the image reads files with one ending. */
const ENDINGS: readonly (readonly [
  image: RegExp,
  title: string,
  folder: string,
  ending: string,
  above: string,
])[] = [
  [/^nginx$/, "nginx", "/etc/nginx/conf.d", ".conf", "/etc/nginx"],
  // nginx/docker-nginx, entrypoint/20-envsubst-on-templates.sh (read 2026-11-27).
  [/^nginx$/, "The entrypoint of nginx", "/etc/nginx/templates", ".template", "/etc/nginx/templates"],
  [/^mysql$/, "MySQL", "/etc/mysql/conf.d", ".cnf", "/etc"],
  [/^mariadb$/, "MariaDB", "/etc/mysql/conf.d", ".cnf", "/etc/mysql"],
  [/^php$/, "PHP", "/usr/local/etc/php/conf.d", ".ini", "/usr/local/etc/php"],
];

function checkEndings(service: Service, report: Report): void {
  const { image, command } = service;
  if (command) return;
  for (const row of ENDINGS) if (row[0].test(image?.value.name ?? "")) checkFolder(service, row, report);
}

function checkFolder(
  { mounts, environment }: Service,
  [, title, folder, ending, above]: (typeof ENDINGS)[number],
  report: Report,
): void {
  if (environment.some((it) => it.name.value.startsWith("NGINX_ENVSUBST_"))) return;
  for (const mount of mounts) {
    const path = mount.target.value;
    if (mount.kind !== "bind" || directoryOf(path) !== folder || !/\.\w+$/.test(path)) continue;
    // Another file may include it.
    const isAlone = mounts.every((it) => it === mount || !isWithin(it.target.value, above));
    if (path.endsWith(ending) || !isAlone) continue;
    tell(mount, `${title} reads files of ${folder} that end with ${ending}, and not this one.`, report);
  }
}

const OPTION = /^--?config(?:uration)?(?:[._-]?(?:file|path))?(?:=(\/\S+))?$/;
const CONFIGURATION = /\.(?:ya?ml|toml|json|conf|cfg|ini|hcl|river|alloy)$/;

/** Mosquitto's image names the file in its own command. */
const OWN_FILE: readonly (readonly [image: RegExp, file: string])[] = [
  [/^eclipse-mosquitto$/, "/mosquitto/config/mosquitto.conf"],
];

/** A file that is mounted at another path than the one that is read. */
function checkBeside(service: Service, project: ComposeProject, report: Report): void {
  const { image, command, mounts, environment } = service;
  const words = command?.words ?? [];
  const at = words.findIndex((it) => OPTION.test(it));
  const own = OWN_FILE.find(([it]) => !command && it.test(image?.value.name ?? ""))?.[1];
  const wanted = at < 0 ? own : (OPTION.exec(words[at] ?? "")?.[1] ?? words[at + 1]);
  if (!wanted?.startsWith("/") || !CONFIGURATION.test(wanted)) return;
  if (mounts.some((it) => isWithin(wanted, it.target.value.replace(/(?<=.)\/+$/, "")))) return;
  const said = [...words, ...environment.map((it) => it.value?.value ?? HOLE)].join("\n");
  const last = baseName(image?.value.name ?? "");
  const meant = mounts.filter((it) => {
    const path = it.target.value;
    const stem = baseName(path).replace(CONFIGURATION, "");
    return (
      it.kind === "bind" &&
      CONFIGURATION.test(path) &&
      (directoryOf(path) === directoryOf(wanted) || own !== undefined) &&
      (stem === last || stem === baseName(wanted).replace(CONFIGURATION, "") || /conf/.test(stem)) &&
      !said.includes(path) &&
      !said.includes(HOLE)
    );
  });
  const [mount] = meant;
  if (!mount || meant.length > 1) return;
  const who = at < 0 ? "The image" : "The command";
  tell(
    mount,
    `${who} takes ${wanted}, where nothing is mounted, and not this file.`,
    report,
    mountAt(wanted, mount, project, "unsafe"),
  );
}

function tell({ target }: Mount, message: string, report: Report, fixes: readonly Fix[] = []): void {
  report(target.spanOf(0, target.value.length), message, { fixes });
}
