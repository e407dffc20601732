import { createHash } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Memento } from "vscode";

/** An image that was built from another git revision, to compare with. */
interface BuiltRevision {
  readonly tag: string;
  /** Absolute path of the Dockerfile as it was then. */
  readonly dockerfile: string;
}

/** Images of other git revisions, and their Dockerfiles, which stay readable after the files of the revision are gone. */
export interface BuiltRevisions {
  /** Keeps a Dockerfile of a revision; `file` is its path in the repository at `root`. Ends with the absolute path of the copy. */
  keepDockerfile(root: string, commit: string, file: string, text: string): Promise<string>;
  /** Remembers one that was built. Ends with those that are one too many now, and forgotten: their tags may go. */
  remember(built: BuiltRevision): Promise<readonly BuiltRevision[]>;
}

/** As many as one looks at side by side. */
const kept = 6;

export function createBuiltRevisions(folder: string, state: Memento): BuiltRevisions {
  return {
    async keepDockerfile(root, commit, file, text) {
      const name = createHash("sha256").update(`${root}\0${commit}\0${file}`).digest("hex").slice(0, 20);
      const copy = join(folder, name, basename(file));
      await mkdir(dirname(copy), { recursive: true });
      await writeFile(copy, text);
      return copy;
    },
    async remember(built) {
      const others = state
        .get<readonly BuiltRevision[]>("revisions", [])
        .filter((it) => it.tag !== built.tag);
      const all = [built, ...others];
      await state.update("revisions", all.slice(0, kept));
      const left = all.slice(kept);
      // Two targets of one revision share the copy.
      for (const { dockerfile } of left)
        if (!all.slice(0, kept).some((it) => it.dockerfile === dockerfile))
          await rm(dirname(dockerfile), { recursive: true, force: true }).catch(() => undefined);
      return left;
    },
  };
}
