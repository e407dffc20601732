import { basename, dirname, join, resolve } from "node:path";
import { otherFilesOf, servicesIn, servicesMissingIn } from "../model/compose/other-files.ts";
import { parseCompose } from "../syntax/compose/parse.ts";
import { composeVariables } from "./env-file.ts";
import { kindOfFile } from "./languages.ts";
import type { Surroundings } from "./models.ts";

/**
 * Whether Compose reads this file alone when it is started in its folder. It looks for the four default names, and adds
 * `compose.override.yaml` by itself; a file with another name is given with `-f` or named by another file, mostly as a part
 * of a project. A file with a default name is a part too when one beside it extends or includes it, or has a
 * service that it depends on and lacks.
 */
export function standsAlone(path: string, around: Pick<Surroundings, "disk" | "textAt">): boolean {
  const folder = dirname(path);
  // A development container's file is mostly read after the project's own.
  if (!isDefaultName(basename(path)) || basename(folder) === ".devcontainer") return false;
  const beside = composeFilesIn(folder, around).filter((it) => it !== basename(path));
  return (
    !beside.some((it) => /^(docker-)?compose\.override\.ya?ml$/.test(it)) &&
    composeVariables(folder, around)("COMPOSE_FILE") === undefined &&
    !beside.some((it) => names(path, join(folder, it), around)) &&
    !isCompletedBeside(path, around)
  );
}

/** Does a file beside it have a service that this one needs? They are read together then, as with `-f` twice. */
function isCompletedBeside(path: string, { disk, textAt }: Pick<Surroundings, "disk" | "textAt">): boolean {
  const folder = dirname(path);
  const isOther = (it: string) => /compose.*\.ya?ml$/i.test(it) && it !== basename(path);
  const others = (disk.list(folder) ?? []).filter(isOther);
  const text = others.length > 0 ? textAt(path) : undefined;
  const missing = text === undefined ? [] : servicesMissingIn(parseCompose(text));
  if (missing.length === 0) return false;
  return others.some((it) => {
    const other = textAt(join(folder, it));
    const named = missing.filter((name) => other?.includes(name));
    if (other === undefined || named.length === 0) return false;
    const services = servicesIn(parseCompose(other));
    return named.some((name) => services.has(name));
  });
}

function isDefaultName(name: string): boolean {
  return /^(docker-)?compose\.ya?ml$/.test(name);
}

/** Names of the Compose files in a folder. */
export function composeFilesIn(folder: string, { disk }: Pick<Surroundings, "disk">): readonly string[] {
  return (disk.list(folder) ?? []).filter((it) => kindOfFile(it) === "compose");
}

function names(path: string, other: string, { textAt }: Pick<Surroundings, "textAt">): boolean {
  const text = textAt(other);
  const name = basename(path);
  // Most files name no other one, and need no parsing to tell.
  if (!text?.includes(name)) return false;
  return otherFilesOf(parseCompose(text)).some((it) =>
    // What stands in a variable may lead anywhere.
    it.includes("$") ? it.endsWith(name) : resolve(dirname(other), it) === path,
  );
}
