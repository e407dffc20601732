import { imageOf } from "../../../model/compose/builds/run-image.ts";
import type { Service, ServiceCommand } from "../../../model/compose/project.ts";
import { POSTGRES_IMAGE } from "../../../model/image/postgres-images.ts";
import { packageJson } from "../../../model/stage/package-json.ts";
import { isProgram, type LastProgram, lastProgram } from "../../../model/stage/started/last-program.ts";
import type { StartedWord } from "../../../model/stage/started/started-word.ts";
import { valueAt } from "../../../syntax/compose/find.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";
import type { ShellReader } from "../../../syntax/shell/script.ts";
import { startsWhatItIsGiven } from "../started/given-command.ts";

/**
 * What the container of a service starts in the end, behind what only starts another program; `background` where a shell puts it there.
 * Undefined where that is not certain.
 */
export function startOf(
  service: Service,
  shell: ShellReader | undefined,
): LastProgram | "background" | undefined {
  const words = wordsOf(service);
  const { stage } = service.imageBuild ?? {};
  const scripts = (stage && packageJson(stage.model)?.scripts) ?? {};
  const start = words && lastProgram(words, { shell, scripts });
  return isProgram(start) ? wellKnown(start) : start;
}

/** Undefined for a program that is not where systems keep theirs: it is the author's own, and may start another one. */
function wellKnown(start: LastProgram): LastProgram | undefined {
  const { path, program, words } = start;
  // The words of a system's init scripts: `/etc/init.d/nginx start` is what `service nginx start` calls.
  if (path.startsWith("/etc/init.d/"))
    return { ...start, program: { ...program, text: "service" }, words: [program, ...words] };
  return path.includes("/") && !/^\/(?:usr\/(?:local\/)?)?s?bin\/[^/]+$/.test(path) ? undefined : start;
}

/** Entrypoint and command put together as the engine does; undefined where the image has a say in it that is not known. */
function wordsOf(service: Service): readonly StartedWord[] | undefined {
  const { entrypoint, command, complete, node } = service;
  if (!complete || valueAt(node, "provider")) return undefined;
  const isEntrypointRead = entrypoint !== undefined || !valueAt(node, "entrypoint");
  if (!isEntrypointRead || (!entrypoint && !startsWhatItIsGiven(service))) return undefined;
  const parts = [entrypoint, command].filter((it) => it !== undefined);
  if (parts.some((it) => !it.words || it.cutAt !== undefined)) return undefined;
  const words = parts.flatMap((it) => (it.words ?? []).map((word) => startedWord(word, it)));
  const server =
    !entrypoint && command && words[0]?.text?.startsWith("-") ? serverOfImage(service) : undefined;
  return server && command ? [startedWord(server, command), ...words] : words;
}

/** The program that the entrypoint of a server's official image puts in front of options (docker-library, `docker-entrypoint.sh`, 2026-11, as generally known). */
function serverOfImage(service: Service): string | undefined {
  const name = imageOf(service)?.name;
  return SERVERS.find(([image]) => image.test(name ?? ""))?.[1];
}

const SERVERS: readonly (readonly [image: RegExp, program: string])[] = [
  [POSTGRES_IMAGE, "postgres"],
  [/^mysql$/, "mysqld"],
  [/^mariadb$/, "mariadbd"],
  [/^redis$/, "redis-server"],
  [/^valkey\/valkey$/, "valkey-server"],
  [/^mongo$/, "mongod"],
  [/^memcached$/, "memcached"],
];

function startedWord(text: string, { span }: ServiceCommand): StartedWord {
  const isKnown = !text.includes(HOLE);
  return { text: isKnown ? text : undefined, span, written: "elsewhere", instruction: undefined };
}
