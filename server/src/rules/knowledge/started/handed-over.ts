import { PACKAGE_PROGRAMS } from "../../../model/image/node-programs.ts";
import { baseName, joinPath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { isEntrypointScript } from "../../../model/stage/started/entrypoint-script.ts";
import { innerWords } from "../../../model/stage/started/start-step.ts";
import type { CommandSetting } from "../../../model/stage/state.ts";

/**
 * CMD, where what stands in front of it starts it as a program: the entrypoint of an official image, or `tini --` and the like.
 * In shell form that is a shell, which starts what is written. Undefined where there is no entrypoint, or one that does
 * something of its own with the words.
 */
export function handedOver({ result: { entrypoint, command } }: Stage): CommandSetting | undefined {
  const before = entrypoint.known ? entrypoint.value : undefined;
  if (before?.form !== "exec" || !command.known || !command.value) return undefined;
  const [first, ...rest] = before.words;
  if (!first) return undefined;
  const words = rest.map(({ raw, span }) => ({
    text: raw,
    span,
    written: "exec" as const,
    instruction: undefined,
  }));
  const isHanded = before.instruction
    ? innerWords(baseName(first.raw), words)?.length === 0
    : rest.length === 0 && isEntrypointScript(first.raw);
  return isHanded ? command.value : undefined;
}

/** What a container starts by itself: ENTRYPOINT, or CMD without one, and CMD behind one that starts what it is handed. */
export function startedSettings(stage: Stage): readonly CommandSetting[] {
  const { entrypoint, command } = stage.result;
  if (!entrypoint.known || !command.known) return [];
  return [entrypoint.value ?? command.value, handedOver(stage)].filter((it) => it !== undefined);
}

/**
 * Is a name in exec form that is no program certainly nothing else to the entrypoint in front of it? Some take it for a command of the
 * image's own program, as wordpress:cli does; Node's and Bun's take it for a script, and those of Redis and Valkey what ends in `.conf` for their
 * server's (docker-entrypoint.sh of docker-library mysql, mongo, rabbitmq, memcached, php and wordpress, of nginxinc/docker-nginx,
 * adoptium/containers, valkey-io/valkey-container and nodejs/docker-node, read 2026-11-27).
 */
export function isTakenForProgram(name: string, { bottom, result, model }: Stage): boolean {
  if (!result.entrypoint.known || result.entrypoint.value?.instruction) return true;
  const { name: image = "", tag = "" } = bottom.base.kind === "image" ? bottom.base.image : {};
  if (/^(?:redis|valkey\/valkey)$/.test(image) && name.endsWith(".conf")) return false;
  if (image === "wordpress" && tag.startsWith("cli")) return name.includes("/");
  if (image === "oven/bun") return LANGUAGES.has(name);
  if (image !== "node") return name.includes("/") || PLAIN.has(image);
  if (LANGUAGES.has(name)) return true;
  const { context } = model.inputs;
  if (PACKAGE_PROGRAMS.has(name) && context)
    return ["", ".js", ".json"].every((it) => context.exists(name + it) === "absent");
  const { workdir } = result;
  const path = name.startsWith("/") ? name : workdir.known ? joinPath(workdir.value, name) : undefined;
  return path !== undefined && ["", ".js", ".json"].every((it) => result.hasPath(path + it).is === "no");
}

/** Is a source in exec form started by the image's own entrypoint with its runtime, as long as nobody may execute it? Node's and Bun's do so. */
export function startsSources(name: string, { bottom, result }: Stage): boolean {
  if (!result.entrypoint.known || result.entrypoint.value?.instruction) return false;
  const image = bottom.base.kind === "image" ? bottom.base.image.name : "";
  return /\.[cm]?[jt]sx?$/.test(name) && (image === "node" || image === "oven/bun");
}

/** Images whose entrypoint ends in `exec "$@"` for all that begins with no dash. */
const PLAIN: ReadonlySet<string> = new Set(
  "php nginx eclipse-temurin postgres mysql mariadb redis valkey/valkey mongo wordpress rabbitmq memcached".split(
    " ",
  ),
);

/** Nobody has a script of this name. */
const LANGUAGES: ReadonlySet<string> = new Set(
  "bash zsh fish python python3 ruby php java perl nginx".split(" "),
);
