import type { BuildContext } from "../../../model/context/build-context.ts";
import { baseName, joinPath } from "../../../model/stage/paths.ts";
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
  return onlyFile(definitionOf(name), folder, stage);
}

/** The only one that makes an application of Celery. */
export function celeryApplication(folder: string, stage: Stage): PythonApplication | undefined {
  return onlyFile(/^\w+\s*=\s*(?:celery\.)?Celery\(/m, folder, stage);
}

/** The only one of this name, whatever it holds. */
export function moduleCalled(name: string, folder: string, stage: Stage): PythonApplication | undefined {
  return onlyFile(/^/, folder, stage, (path) => baseName(`/${path}`) === `${name}.py`);
}

function definitionOf(name: string): RegExp {
  return new RegExp(
    `^(?:${literally(name)}\\s*(?::\\s*[\\w.]+\\s*)?=(?!=)|(?:async\\s+)?def\\s+${literally(name)}\\s*\\()`,
    "m",
  );
}

function onlyFile(
  holds: RegExp,
  folder: string,
  stage: Stage,
  isNamed: (path: string) => boolean = () => true,
): PythonApplication | undefined {
  const { context } = stage.model.inputs;
  if (!context) return undefined;
  const files = pythonFiles(context).filter((it) => isNamed(it) && holds.test(context.read(it) ?? ""));
  const [path, ...more] = files;
  if (path === undefined || more.length > 0) return undefined;
  for (const inside of [path, path.replace(/^[^/]+\//, "")]) {
    if (originOf(joinPath(folder, inside), stage)?.contextPath !== path) continue;
    return { module: inside.replace(/(?:\/__init__)?\.py$/, "").replaceAll("/", "."), path };
  }
  return undefined;
}

/** What a module of the image certainly does not have: its file never says this word. Undefined where that is not sure. */
export interface MissingAttribute {
  /** In the build context. */
  readonly path: string;
  /** The one application that it makes instead. */
  readonly meant: string | undefined;
}

export function missingAttribute(
  name: string,
  module: string,
  folder: string,
  stage: Stage,
): MissingAttribute | undefined {
  const path = joinPath(folder, module.replaceAll(".", "/"));
  // A package of the same name would go first.
  const places = [`${path}/__init__.py`, `${path}.py`];
  const origin = places.map((it) => originOf(it, stage)).find((it) => it !== undefined);
  if (origin?.contextPath === undefined || ANY_NAME.test(origin.text)) return undefined;
  if (new RegExp(`\\b${literally(name)}\\b`).test(origin.text)) return undefined;
  const made = [...origin.text.matchAll(APPLICATION)].flatMap((it) => it[1] ?? []);
  const [meant] = new Set(made);
  return { path: origin.contextPath, meant: new Set(made).size === 1 ? meant : undefined };
}

/** A module that may have names which it does not spell out. */
const ANY_NAME = /import\s*\(?\s*\*|\b(?:globals|vars|setattr|exec|eval|__getattr__|__dict__|sys\.modules)\b/;

const APPLICATION =
  /^(\w+)\s*(?::\s*[\w.]+\s*)?=\s*(?:\w+\.)?(?:FastAPI|Flask|Quart|Starlette|Sanic|Litestar|Celery|get_[wa]sgi_application|create_app|make_app)\(/gm;

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
