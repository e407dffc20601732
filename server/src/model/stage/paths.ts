/** Paths inside an image: absolute, with `/`, no `.` or `..`, no `/` at the end but for the root. */

/** Linux takes no longer path (PATH_MAX). `WORKDIR deeper` line by line would else cost the square of its length. */
const LONGEST_PATH = 4096;

/** `path` seen from `directory`; undefined when that needs a directory and there is none, and for a path that nothing can have. */
export function resolvePath(directory: string | undefined, path: string): string | undefined {
  if (!path.startsWith("/") && directory === undefined) return undefined;
  const whole = path.startsWith("/") ? path : `${directory === "/" ? "" : directory}/${path}`;
  if (whole.length > LONGEST_PATH) return undefined;
  if (isClean(whole)) return whole;
  const parts: string[] = [];
  for (const part of whole.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** Without `//`, `/.` (also of a hidden file, which the long way reads as well) and `/` at the end. */
function isClean(path: string): boolean {
  for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
    const next = path.charCodeAt(at + 1);
    if (next === SLASH || next === DOT || at + 1 === path.length) return false;
  }
  return true;
}

/** The path of what a directory has under this name, without `..` and `//`. */
export function joinPath(directory: string, name: string): string {
  return resolvePath("/", `${directory}/${name}`) ?? directory;
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The directory that a path is in; `/` for what is at the root. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 1));
}

/** Is `path` this directory or below it? */
export function isWithin(path: string, directory: string): boolean {
  if (directory === "/" || path === directory) return true;
  return path.charCodeAt(directory.length) === SLASH && path.startsWith(directory);
}

const SLASH = 47;
const DOT = 46;

/** `/`, `/a`, `/a/b` for `/a/b`. */
export function prefixesOf(path: string): readonly string[] {
  const known = prefixesByPath.get(path);
  if (known) return known;
  const prefixes = ["/"];
  for (let at = path.indexOf("/", 1); at > 0; at = path.indexOf("/", at + 1))
    prefixes.push(path.slice(0, at));
  if (path !== "/") prefixes.push(path);
  if (prefixesByPath.size === MOST_KEPT) prefixesByPath.clear();
  prefixesByPath.set(path, prefixes);
  return prefixes;
}

/** Of the paths that were asked for last: shells, programs and working directories are, in stage after stage. */
const prefixesByPath = new Map<string, readonly string[]>();
const MOST_KEPT = 2000;

/** What of `path` lies below `directory`, without a `/` in front; empty for the directory itself. */
export function below(path: string, directory: string): string {
  return directory === "/" ? path.slice(1) : path.slice(directory.length + 1);
}
