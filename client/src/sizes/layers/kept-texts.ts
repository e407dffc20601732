/** Files of an image whose texts are kept when its layers are read: they say which system it is and which users it has. */
export const osReleases = ["/etc/os-release", "/usr/lib/os-release"] as const;
export const accounts = { passwd: "/etc/passwd", group: "/etc/group" } as const;

const all: ReadonlySet<string> = new Set([...osReleases, ...Object.values(accounts)]);

/** A list of users has a few kilobytes. */
const LONGEST = 1024 * 1024;

/** Is the text of this file kept? `name` as the archive has it. */
export function isKept(name: string, size: number): boolean {
  return size <= LONGEST && all.has(`/${name.replace(/^(?:\.?\/)+/, "")}`);
}
