import type { ImageConfig } from "../../engine/engine.ts";
import { resolveEntry } from "../file-system.ts";
import type { VisibleEntry } from "../stack.ts";

/** What a container of the image starts, where that is certain. */
export interface StartedProgram {
  /**
   * `binary`: machine code that a Dockerfile brought, so that it was compiled before. The others are interpreters, which start a file
   * that is given to them.
   */
  readonly runtime: "binary" | "dotnet" | "java" | "node" | "php" | "python" | "ruby";
  /** Absolute, links followed. */
  readonly path: string;
  /** Its name and arguments as configured. */
  readonly words: readonly string[];
  /** The file that an interpreter is given, absolute; undefined where it is a module or none is named. */
  readonly script: string | undefined;
}

type Config = Pick<ImageConfig, "entrypoint" | "command" | "environment" | "workdir">;

/** Programs that start the one behind them and do nothing else. */
const WRAPPERS: ReadonlySet<string> = new Set(["tini", "dumb-init", "catatonit", "exec", "su-exec", "gosu"]);

/** How interpreters begin what they start, by name of the program. */
const INTERPRETERS: readonly (readonly [RegExp, StartedProgram["runtime"]])[] = [
  [/^node(js)?$/, "node"],
  [/^(python[\d.]*|gunicorn|uvicorn)$/, "python"],
  [/^(ruby[\d.]*|puma)$/, "ruby"],
  [/^php(-fpm)?[\d.]*$/, "php"],
  [/^java$/, "java"],
  [/^dotnet$/, "dotnet"],
];

/** Compiled, and there to start or to build something else: what that needs is not known. */
const GENERAL =
  /^(ba|da|z|fi|k|a|c)?sh$|^(busybox|env|make|cmake|ninja|gcc|g\+\+|cc|clang|go|cargo|rustc|mvn|gradle|sbt|perl|lua|R|Rscript|julia|erl|beam\.smp|bun|deno|supervisord|s6-svscan|init|systemd|ssh[d]?|crond?|code-server|jupyter.*|.*runner.*|.*agent.*)$/i;

/**
 * Says what the image starts. Undefined where a shell, a script or a tool is started that may start anything: what is needed cannot be
 * told then. `isOwn`: whether a layer is of the Dockerfile's own.
 */
export function startedProgram(
  config: Config,
  visible: ReadonlyMap<string, VisibleEntry>,
  isOwn: (layer: number) => boolean,
): StartedProgram | undefined {
  const words = unwrapped(plainWords([...(config.entrypoint ?? []), ...(config.command ?? [])]));
  const [name] = words ?? [];
  const found = name === undefined ? undefined : locate(name, config, visible);
  if (!words || !found || found.entry.kind === "directory") return undefined;
  const base = baseName(name ?? "");
  const runtime = INTERPRETERS.find(([it]) => it.test(base))?.[1];
  if (runtime !== undefined) {
    const script = scriptOf(words.slice(1), config);
    const isServer = runtime === "php" || /^(gunicorn|uvicorn|puma)$/.test(base);
    if (script === undefined && !isServer && !words.includes("-m")) return undefined;
    return { runtime, path: found.path, words, script };
  }
  const file = found.entry.kind === "hard-link" ? visible.get(found.entry.target ?? "")?.entry : found.entry;
  if (file?.program !== "binary" || !isOwn(found.layer)) return undefined;
  if (GENERAL.test(base) || GENERAL.test(baseName(found.path))) return undefined;
  return { runtime: "binary", path: found.path, words, script: undefined };
}

/** Of the shell form, the words of a command that needs no shell: `["/bin/sh", "-c", "node a.js"]`. */
function plainWords(words: readonly string[]): readonly string[] | undefined {
  const [shell = "", option, line = ""] = words;
  if (!/^(\/\w+)*\/?(ba|da|a)?sh$/.test(shell)) return words;
  if (option !== "-c" || /[|&;<>()$`"'\\*?[\]{}~#\n]/.test(line)) return undefined;
  return line.trim().split(/\s+/);
}

function unwrapped(words: readonly string[] | undefined): readonly string[] | undefined {
  let left = words ?? [];
  for (;;) {
    const [name = "", second = ""] = left;
    const base = baseName(name);
    // The entrypoint of the official Node image hands a program over as it is.
    if (base === "docker-entrypoint.sh" && second === "node") return left.slice(1);
    if (!WRAPPERS.has(base)) return left.length > 0 ? left : undefined;
    const next = left.findIndex((it, at) => at > 0 && !it.startsWith("-"));
    if (next < 0) return undefined;
    left = left.slice(/^(su-exec|gosu)$/.test(base) ? next + 1 : next);
  }
}

function locate(name: string, { environment, workdir }: Config, visible: ReadonlyMap<string, VisibleEntry>) {
  if (name.includes("/")) return resolveEntry(visible, absolute(name, workdir));
  const path = environment.findLast((it) => it.startsWith("PATH="))?.slice("PATH=".length) ?? DEFAULT_PATH;
  for (const folder of path.split(":")) {
    const found = resolveEntry(visible, `${folder}/${name}`);
    if (found) return found;
  }
  return undefined;
}

/** What engines set where an image sets none. */
export const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

function scriptOf(words: readonly string[], { workdir }: Config): string | undefined {
  const script = words.find((it) => /\.(m?js|cjs|py|rb|php|jar|dll)$/.test(it) && !it.startsWith("-"));
  return script === undefined ? undefined : absolute(script, workdir);
}

function absolute(path: string, workdir: string): string {
  return path.startsWith("/") ? path : `${workdir.replace(/\/$/, "")}/${path.replace(/^\.\//, "")}`;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
