/** Steps taken from a directory, each relative to the one before or absolute; undefined where the place of the first is not known. */
export function pathFrom(directory: string | undefined, ...steps: readonly string[]): string | undefined {
  let path = directory;
  for (const step of steps) {
    if (/^(?:\/|[A-Za-z]:[\\/])/.test(step)) path = step;
    else if (path !== undefined) path = `${path}/${step}`;
  }
  return path === undefined ? undefined : normalized(path);
}

function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll("\\", "/").split("/")) {
    if (part === ".." && parts.length > 1) parts.pop();
    else if (part !== "." && (part || parts.length === 0)) parts.push(part);
  }
  return parts.join("/");
}
