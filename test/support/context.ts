import type { BuildContext } from "../../server/src/model/context/build-context.ts";

/** A build context that holds these files and nothing else: path → text. */
export function contextOf(files: Readonly<Record<string, string>>): BuildContext {
  const names = Object.keys(files);
  const below = (path: string) => (path === "" || path === "." ? "" : `${path.replace(/\/$/, "")}/`);
  return {
    exists(path) {
      if (Object.hasOwn(files, path)) return "file";
      return names.some((it) => it.startsWith(below(path))) ? "directory" : "absent";
    },
    list(path) {
      const inside = names.filter((it) => it.startsWith(below(path))).map((it) => it.slice(below(path).length));
      return [...new Set(inside.map((it) => it.split("/")[0] ?? it))];
    },
    read: (path) => files[path],
  };
}
