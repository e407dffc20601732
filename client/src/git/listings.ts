/** A commit as a list shows it. */
export interface Commit {
  readonly id: string;
  /** Unique in its repository, as git shortens it. */
  readonly short: string;
  /** ms since 1970, when it was committed. */
  readonly time: number;
  readonly author: string;
  /** The first line of its message. */
  readonly subject: string;
}

export interface Reference {
  /** `main`, `origin/main`, `v1.2`. */
  readonly name: string;
  readonly kind: "branch" | "tag" | "remote";
  /** ms since 1970. */
  readonly time: number;
  readonly subject: string;
  readonly isHead: boolean;
}

/** For `git log -z`; no field but the last can hold the separator. */
export const commitFormat = "%H%x1f%h%x1f%ct%x1f%an%x1f%s";

/** Reads what git printed with `commitFormat`; rows that are none are left out. */
export function commitsIn(printed: string): readonly Commit[] {
  return printed.split("\0").flatMap((row): Commit[] => {
    const [id = "", short = "", seconds = "", author = "", ...subject] = row.trim().split("\x1f");
    if (short === "") return [];
    return [{ id, short, time: Number(seconds) * 1000, author, subject: subject.join(" ") }];
  });
}

/** For `git for-each-ref`, one a line. */
export const referenceFormat = "%(refname)%1f%(creatordate:unix)%1f%(HEAD)%1f%(contents:subject)";

const kinds = { heads: "branch", tags: "tag", remotes: "remote" } as const;

/** Reads what git printed with `referenceFormat`; what is neither branch nor tag is left out. */
export function referencesIn(printed: string): readonly Reference[] {
  return printed.split("\n").flatMap((row): Reference[] => {
    const [whole = "", seconds = "", head = "", ...subject] = row.split("\x1f");
    const [, place, name] = /^refs\/(heads|tags|remotes)\/(.+)$/.exec(whole) ?? [];
    // `origin/HEAD` is another name of a branch that is on the list.
    if (name === undefined || (place === "remotes" && name.endsWith("/HEAD"))) return [];
    const kind = kinds[place as keyof typeof kinds];
    return [{ name, kind, time: Number(seconds) * 1000, subject: subject.join(" "), isHead: head === "*" }];
  });
}
