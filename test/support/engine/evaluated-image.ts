import path from "node:path";
import type { Known } from "../../../server/src/model/known.ts";
import type { StageState } from "../../../server/src/model/stage/state.ts";
import { imageContents } from "../images/image-contents.ts";
import type { ConnectedEngine } from "./engines.ts";

/**
 * What is certain of a stage and not true of the image that was made of it: its files and their owners, users, groups and
 * configuration. `text` is the Dockerfile: paths and names that it speaks of are asked for too.
 */
export async function wrongAnswers(
  state: StageState,
  image: string,
  up: ConnectedEngine,
  text: string,
): Promise<readonly string[]> {
  const { files, config } = await imageContents(up.real, image);
  const { contents } = await up.engine.readImage(image);
  const accounts = { users: idsIn(contents?.passwd), groups: idsIn(contents?.group) };
  return [
    ...wrongPaths(state, files, accounts, text),
    ...wrongNames("user", accounts.users, text, (it) => state.hasUser(it).is),
    ...wrongNames("group", accounts.groups, text, (it) => state.hasGroup(it).is),
    ...wrongConfiguration(state, config),
  ];
}

type Files = ReadonlyMap<string, string>;
type Ids = ReadonlyMap<string, number>;

/** Those that the image has or that the text names, absolute or below any directory that it names. */
function wrongPaths(
  state: StageState,
  files: Files,
  { users, groups }: { readonly users: Ids; readonly groups: Ids },
  text: string,
): readonly string[] {
  const words = [...new Set(text.match(/[\w./-]+/g))].filter((it) => !it.startsWith("-"));
  const directories = ["", ...words.filter((it) => /^\/[\w/]+$/.test(it))];
  const asked = new Set(directories.flatMap((at) => words.map((it) => path.posix.join("/", at, it))));
  const wrong: string[] = [];
  for (const at of new Set([...asked, ...files.keys()])) {
    const it = at.replace(/(?<=.)\/+$/, "");
    const real = located(files, it);
    const { is } = state.hasPath(it);
    // Every container gets these.
    if (
      it === "/" ||
      /^\/(dev|proc|sys)(\/|$)|^\/etc(\/(hosts|hostname|resolv\.conf|mtab))?$|^\/\.dockerenv$/.test(it)
    )
      continue;
    // A link that leads nowhere is there itself.
    const isThere = real !== undefined || files.has(it);
    if ((is === "yes" && !isThere) || (is === "no" && isThere && !BACKUPS.test(it)))
      wrong.push(`path ${it} is said to be there: ${is}`);
    const owner = state.ownerOf(it);
    if (real === undefined || real.startsWith("symlink") || !owner.known) continue;
    const { user, group } = owner.value;
    const said = `${idOf(user, users)}:${group === undefined ? "*" : idOf(group, groups)}`;
    const [, uid, gid] = /(\d+):(\d+) \w*$/.exec(real) ?? [];
    if (said !== `${uid}:${gid}` && said !== `${uid}:*`)
      wrong.push(`owner ${it}: ${said}, and not ${uid}:${gid}`);
  }
  return wrong;
}

/** What programs that change accounts leave beside them: nobody asks for these. */
const BACKUPS = /^\/etc\/(\.pwd\.lock|(passwd|group|shadow|gshadow|subuid|subgid)-?)$/;

/** What is at a path, the links on its way followed. */
function located(files: Files, asked: string): string | undefined {
  let at = asked;
  for (let steps = 0; steps < 40; steps++) {
    const parts = at.split("/");
    const link = parts
      .map((_, end) => parts.slice(0, end).join("/"))
      .find((it) => files.get(it)?.startsWith("symlink"));
    if (link === undefined) return files.get(at);
    const target = /^symlink to (.*) \d+ \d+:\d+ \w*$/.exec(files.get(link) ?? "")?.[1] ?? "";
    at = path.posix.join("/", path.posix.resolve(path.posix.dirname(link), target), at.slice(link.length));
  }
  return undefined;
}

function wrongNames(
  kind: string,
  real: Ids,
  text: string,
  ask: (name: string) => "yes" | "no" | "unknown",
): readonly string[] {
  const names = new Set([...real.keys(), ...(text.match(/[a-z][\w-]*/gi) ?? [])]);
  return [...names].flatMap((it) => {
    const is = ask(it);
    return is === "unknown" || (is === "yes") === real.has(it)
      ? []
      : `${kind} ${it} is said to be there: ${is}`;
  });
}

function wrongConfiguration(state: StageState, config: Readonly<Record<string, unknown>>): readonly string[] {
  const variables = (config["Env"] as readonly string[]).map((it) => /^([^=]*)=(.*)$/s.exec(it) ?? []);
  const said = {
    User: shown(state.user, ({ name, group }) => [name, group].filter((it) => it !== undefined).join(":")),
    WorkingDir: shown(state.workdir, (it) => it),
    ExposedPorts: shown(state.ports, (it) => [...new Set(it)].sort().join(" ")),
    Volumes: shown(state.volumes, (it) => [...new Set(it)].sort().join(" ")),
    StopSignal: shown(state.stopSignal, (it) => it ?? ""),
    Env: variables.map(([, name = ""]) => `${name}=${shown(state.variable(name), (it) => it)}`).join("\n"),
  };
  const real: Record<keyof typeof said, string> = {
    User: String(config["User"] || "root"),
    WorkingDir: String(config["WorkingDir"] || "/"),
    ExposedPorts: Object.keys(config["ExposedPorts"] ?? {})
      .sort()
      .join(" "),
    Volumes: Object.keys(config["Volumes"] ?? {})
      .sort()
      .join(" "),
    StopSignal: String(config["StopSignal"] ?? ""),
    Env: variables.map(([, name, value]) => `${name}=${value}`).join("\n"),
  };
  const keys = Object.keys(real) as (keyof typeof said)[];
  return keys.flatMap((it) => (said[it] === real[it] ? [] : `${it} is ${said[it]}, and not ${real[it]}`));
}

function shown<T>(value: Known<T>, show: (value: T) => string): string {
  return value.known ? show(value.value) : "not known";
}

function idsIn(text: string | null | undefined): Ids {
  const lines = (text ?? "").split("\n").map((it) => it.split(":"));
  return new Map(
    lines.flatMap(([name = "", , id]) => (id === undefined ? [] : [[name, Number(id)] as const])),
  );
}

function idOf(name: string, ids: Ids): number {
  return /^\d+$/.test(name) ? Number(name) : (ids.get(name) ?? (name === "root" ? 0 : -1));
}
