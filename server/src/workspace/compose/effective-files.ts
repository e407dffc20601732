import { delimiter, dirname, resolve } from "node:path";
import { effectiveProject } from "../../model/compose/effective/effective-project.ts";
import type { EffectiveProject } from "../../model/compose/effective/tree.ts";
import type { VariableLookup } from "../../syntax/compose/interpolate.ts";
import { parseCompose } from "../../syntax/compose/parse.ts";
import type { ComposeFile } from "../../syntax/compose/tree.ts";
import type { Surroundings } from "../models.ts";

/** Files that were read for projects, with the texts that they were read from. */
export class ParsedFiles {
  readonly #byPath = new Map<string, { readonly text: string; readonly file: ComposeFile }>();

  read(path: string, text: string): ComposeFile {
    const known = this.#byPath.get(path);
    if (known?.text === text) return known.file;
    const file = parseCompose(text);
    this.#byPath.delete(path);
    this.#byPath.set(path, { text, file });
    const [oldest] = this.#byPath.keys();
    if (this.#byPath.size > MOST_FILES && oldest !== undefined) this.#byPath.delete(oldest);
    return file;
  }
}

const MOST_FILES = 300;

/** A Compose file as it is being looked at, which may be one of many versions. */
export interface OpenFile {
  readonly path: string;
  readonly file: ComposeFile;
}

/** The project that the Compose file at `path` belongs to, put together from the files around it as the user sees them; `open` is one of them. */
export function effectiveProjectAt(
  path: string,
  open: OpenFile,
  around: Pick<Surroundings, "disk" | "textAt">,
  parsed: ParsedFiles,
  shell?: VariableLookup,
): EffectiveProject {
  const envFiles = shell && envFilesOf(shell, dirname(path));
  return effectiveProject(path.replaceAll("\\", "/"), {
    read(at) {
      if (resolve(at) === open.path) return open.file;
      const text = around.textAt(resolve(at));
      return text === undefined ? undefined : parsed.read(at, text);
    },
    textAt: (at) => around.textAt(resolve(at)),
    namesIn: (folder) => around.disk.list(resolve(folder)) ?? [],
    listSeparator: delimiter,
    ...(shell && { shell }),
    ...(envFiles && { envFiles }),
  });
}

/**
 * Files with variables that the shell names instead of `.env` (docs.docker.com, Compose, pre-defined environment variables, read
 * 2026-11). Paths count from where Compose is started.
 */
function envFilesOf(shell: VariableLookup, folder: string): readonly string[] | undefined {
  const listed = shell("COMPOSE_ENV_FILES");
  if (listed)
    return listed
      .split(",")
      .filter(Boolean)
      .map((it) => resolve(folder, it).replaceAll("\\", "/"));
  return /^(?:1|t|true)$/i.test(shell("COMPOSE_DISABLE_ENV_FILE") ?? "") ? [] : undefined;
}
