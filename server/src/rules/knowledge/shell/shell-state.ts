import { baseName } from "../../../model/stage/paths.ts";
import type { Command } from "../../../syntax/shell/script.ts";

/** What of a running shell, or of the processes of a RUN, a command changes, and nothing else. */
export type LostState = "directory" | "variable" | "alias" | "option" | "service" | "process";

/** Files that set variables and functions and do nothing else, by the names that they have everywhere. */
const ENVIRONMENT_FILES =
  /(^|\/)(activate|\.?(bashrc|bash_profile|bash\.bashrc|profile|zshrc|shrc)|nvm\.sh|sdkman-init\.sh|conda\.sh|setup\.(ba)?sh|environment|\.?env(rc|vars)?|os-release)$|^\/etc\/profile/;

/** Servers by their programs, which log to what their output is redirected to. */
const STARTS_SERVER =
  /^(?:.*\/)?(mysqld(_safe)?|mariadbd(-safe)?|postgres|redis-server|mongod|nginx|apache2(ctl)?|httpd|dockerd|Xvfb|rabbitmq-server|memcached|uvicorn|gunicorn)$/;

/** Undefined for a command that may leave something behind, and for one whose output is kept. */
export function lostState({
  name,
  arguments: words,
  assignments,
  redirections,
  background,
}: Command): LostState | undefined {
  // Its output may be all that was wanted of it.
  const isServer = STARTS_SERVER.test(name?.literal ?? "") || name?.literal === "nohup";
  if (background && name && (redirections.length === 0 || isServer)) return "process";
  if (redirections.length > 0 || background) return undefined;
  if (
    name?.literal !== undefined &&
    !MAY_BE_LOST.has(name.literal) &&
    !name.literal.startsWith("/etc/init.d/")
  )
    return undefined;
  if (words.some((it) => SUBSTITUTION.test(it.raw))) return undefined;
  if (assignments.some((it) => it.value && SUBSTITUTION.test(it.value.raw))) return undefined;
  if (!name) return assignments.length > 0 ? "variable" : undefined;
  const program = name.literal ?? "";
  const [first, second] = words;
  switch (program) {
    case "cd":
    case "pushd":
    case "popd":
      return "directory";
    case "export":
      return words.some((it) => /^[A-Za-z_]/.test(it.raw)) ? "variable" : undefined;
    case "unset":
      return words.length > 0 ? "variable" : undefined;
    case ".":
    case "source":
      return words.length === 1 &&
        ENVIRONMENT_FILES.test((first?.literal ?? first?.raw ?? "").replaceAll('"', ""))
        ? "variable"
        : undefined;
    case "alias":
      return words.some((it) => it.raw.includes("=")) ? "alias" : undefined;
    case "set":
    case "shopt":
    case "umask":
    case "ulimit":
      return words.length > 0 ? "option" : undefined;
    case "service":
      return second?.literal === "start" || second?.literal === "restart" ? "service" : undefined;
    default: {
      const isInit = /^\/etc\/init\.d\//.test(program) && baseName(program) !== "";
      return isInit && /^(re)?start$/.test(first?.literal ?? "") ? "service" : undefined;
    }
  }
}

/** The programs of `lostState`, but for those in /etc/init.d. */
const MAY_BE_LOST: ReadonlySet<string> = new Set(
  "cd pushd popd export unset . source alias set shopt umask ulimit service".split(" "),
);

/** A substitution runs a command of its own. */
const SUBSTITUTION = /\$\(|`|<\(/;

/** Is the next RUN as if this command had not been? */
export function changesOnlyTheShell(command: Command): boolean {
  return lostState(command) !== undefined;
}
