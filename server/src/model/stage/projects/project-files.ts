import type { BuildContext } from "../../context/build-context.ts";
import type { Changes } from "../contents/changes.ts";
import type { ContentsView } from "../contents/view.ts";
import { joinPath, resolvePath } from "../paths.ts";

/** The files of a project as they stand in the image while it is built. */
export interface ProjectFiles {
  /** Absolute, in the image. */
  readonly directory: string;
  /**
   * Text of a file, by its path from the project's directory: null for one that is certainly not there, undefined where it is not
   * known or cannot be read.
   */
  read(path: string): string | null | undefined;
  /** Is there a file at a path, as the build context is now? */
  stateOf(path: string): "yes" | "no" | "unknown";
  /** The file of the build context that a path of the image is; undefined where it is none, or that is not known. */
  sourceOf(path: string): string | undefined;
}

/** As they stand in `now`. Only what a COPY brought from the build context, or wrote, and what nothing may have written since, is read. */
export function projectFiles(
  context: BuildContext | undefined,
  changes: Changes,
  directory: string,
  now: ContentsView = changes.now,
): ProjectFiles {
  return {
    directory,
    read(name) {
      const path = resolvePath(directory, name) ?? joinPath(directory, name);
      if (changes.isMounted(path)) return undefined;
      const content = now.contentAt(path);
      if (content === "empty") return "";
      if (content && "contextPath" in content) return context?.read(content.contextPath);
      if (content) return content.text.text;
      const there = now.hasPath(path);
      return there.is === "no" || there.asContextIs ? null : undefined;
    },
    stateOf(name) {
      const there = now.hasPath(resolvePath(directory, name) ?? joinPath(directory, name));
      return there.asContextIs ? "no" : there.is;
    },
    sourceOf(name) {
      const content = now.contentAt(resolvePath(directory, name) ?? joinPath(directory, name));
      return content && content !== "empty" && "contextPath" in content ? content.contextPath : undefined;
    },
  };
}

/** The first of several names under which a file may stand; undefined as soon as one is not known. */
export function readFirst(files: ProjectFiles, names: readonly string[]): string | null | undefined {
  for (const name of names) {
    const text = files.read(name);
    if (text !== null) return text;
  }
  return null;
}
