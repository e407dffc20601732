/** Paths of files on this machine, with `/` between their parts; a drive of Windows may stand before them. */

/** On either system: `/a`, `C:/a`, `C:\\a`. */
export function isAbsolute(path: string): boolean {
  return /^(?:\/|[A-Za-z]:[\\/])/.test(path);
}

/** Absolute and clean. `~` is not known here. */
export function pathFrom(folder: string, path: string): string {
  const whole = isAbsolute(path) ? path : `${folder}/${path}`;
  const [, drive = "", rest = ""] = /^([A-Za-z]:)?(.*)$/s.exec(whole.replaceAll("\\", "/")) ?? [];
  const parts: string[] = [];
  for (const part of rest.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `${drive}/${parts.join("/")}`;
}

/** The folder that a file is in; `/` for what is at the root. */
export function folderOf(path: string): string {
  const at = path.lastIndexOf("/");
  return path.slice(0, at) || "/";
}

/** `path` as seen from `folder`, both absolute: `a/b`, `../c`, empty for the folder itself. */
export function pathSeenFrom(folder: string, path: string): string {
  const from = folder.split("/").filter(Boolean);
  const to = path.split("/").filter(Boolean);
  let shared = 0;
  while (shared < from.length && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}
