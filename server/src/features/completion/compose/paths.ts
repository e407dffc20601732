import type { Asked, Proposal } from "./asked.ts";

/** Which paths a place takes, and what comes first of them. */
export interface PathsWanted {
  /** Folder that the path counts from, relative to the Compose file. */
  readonly base?: string;
  readonly only?: "folders";
  /** A folder with this file comes first. */
  readonly holding?: string;
  /** Names that come first. */
  readonly first?: RegExp;
  /** `./` is left out in front, as for a Dockerfile in its context. */
  readonly bare?: true;
  /** Where the path begins in what is typed. */
  readonly from?: number;
}

/** A generated folder may have very many. */
const MOST_NAMES = 300;
const LEFT_OUT: ReadonlySet<string> = new Set([".git", "node_modules", ".DS_Store"]);

/** Files and folders at the end of the path that is being typed. */
export function paths({ project, cursor }: Asked, wanted: PathsWanted = {}): readonly Proposal[] {
  const { files } = project;
  const { base = "", only, holding, first, bare, from = 0 } = wanted;
  const typed = cursor.typed.slice(from);
  if (!files.list || /[$:\\]|^~/.test(typed)) return [];
  const slash = typed.lastIndexOf("/");
  const folder = typed.slice(0, slash + 1);
  const isAbsolute = folder.startsWith("/");
  const at = isAbsolute ? folder : joined(base, folder);
  const names = files.list(at === "" ? "." : at) ?? [];
  // A name alone would be taken for that of a volume or stage.
  const dot = slash < 0 && !bare ? "./" : "";
  const ahead = /^[^/:\s]*/.exec(cursor.rest)?.[0].length ?? 0;
  const found = names.slice(0, MOST_NAMES).flatMap((name): Proposal[] => {
    if (LEFT_OUT.has(name) || /[\s:]/.test(name)) return [];
    const kind = files.kindOf(`${at}${name}`);
    const isFolder = kind === "directory";
    if (only === "folders" && !isFolder) return [];
    const isBest = isFolder
      ? holding !== undefined && files.kindOf(`${at}${name}/${holding}`) === "file"
      : first?.test(name) === true;
    const proposal = {
      label: `${dot}${name}${isFolder && only !== "folders" ? "/" : ""}`,
      kind: isFolder ? ("folder" as const) : ("file" as const),
      detail: isBest && isFolder ? `has a ${holding}` : undefined,
      rank: (isBest ? 0 : isFolder ? 2 : 1) + (name.startsWith(".") && !isBest ? 5 : 0),
      continues: isFolder && only !== "folders",
    };
    return [
      slash < 0 && from === 0 ? { ...proposal, ahead } : { ...proposal, keep: from + slash + 1, ahead },
    ];
  });
  const isHere = only === "folders" && slash < 0 && from === 0;
  const holdsHere = holding !== undefined && files.kindOf(joined(base, holding)) === "file";
  return [
    ...(isHere
      ? [
          {
            label: ".",
            kind: "folder" as const,
            detail: holdsHere ? `has a ${holding}` : "the folder of this file",
            rank: holdsHere ? 0 : 3,
          },
        ]
      : []),
    ...found,
  ];
}

function joined(base: string, path: string): string {
  if (base === "" || base === ".") return path;
  return `${base.replace(/\/$/, "")}/${path.replace(/^\.\//, "")}`;
}
