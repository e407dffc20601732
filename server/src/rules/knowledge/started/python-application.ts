import type { BuildContext } from "../../../model/context/build-context.ts";
import { joinPath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { literally } from "../../../text/literally.ts";
import { originOf } from "../files/file-origin.ts";

/** Where the application of a Python project is. */
export interface PythonApplication {
  /** As it is imported in the working directory: `src.main`. */
  readonly module: string;
  /** In the build context. */
  readonly path: string;
}

/** The only file of the project, in its root or a folder of it, that makes a variable or function of this name and is where the container can import it. */
export function applicationNamed(name: string, folder: string, stage: Stage): PythonApplication | undefined {
  const { context } = stage.model.inputs;
  if (!context) return undefined;
  const makes = new RegExp(
    `^(?:${literally(name)}\\s*(?::\\s*[\\w.]+\\s*)?=(?!=)|(?:async\\s+)?def\\s+${literally(name)}\\s*\\()`,
    "m",
  );
  const files = pythonFiles(context).filter((it) => makes.test(context.read(it) ?? ""));
  const [path, ...more] = files;
  if (path === undefined || more.length > 0) return undefined;
  for (const inside of [path, path.replace(/^[^/]+\//, "")]) {
    if (originOf(joinPath(folder, inside), stage)?.contextPath !== path) continue;
    return { module: inside.replace(/(?:\/__init__)?\.py$/, "").replaceAll("/", "."), path };
  }
  return undefined;
}

/** Of the root and its folders, as many as a small project has. */
function pythonFiles(context: BuildContext): readonly string[] {
  const root = context.list("") ?? [];
  const below = root
    .filter((it) => !it.startsWith(".") && context.exists(it) === "directory" && !SKIPPED.test(it))
    .slice(0, MOST_FOLDERS)
    .flatMap((folder) => (context.list(folder) ?? []).map((it) => `${folder}/${it}`));
  return [...root, ...below].filter((it) => it.endsWith(".py")).slice(0, MOST_FILES);
}

const SKIPPED = /^(?:tests?|docs?|examples?|scripts?|migrations|node_modules|venv)$/;

const MOST_FOLDERS = 20;
const MOST_FILES = 200;

/** Is a module certainly not in a folder of the image, as a file or a package? */
export function lacksModule(module: string, folder: string, { result }: Stage): boolean {
  const path = joinPath(folder, module.replaceAll(".", "/"));
  return [`${path}.py`, path].every((it) => {
    const there = result.hasPath(it);
    return there.is === "no" || there.asContextIs !== undefined;
  });
}
