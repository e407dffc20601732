import type { TreeItem } from "vscode";

/** One row of a view, with its rows below. */
export interface TreeEntryParts {
  readonly item: TreeItem;
  readonly children?: readonly TreeEntry[];
  /** What commands on the row are handed; `selected` are all rows that are selected, this one among them. */
  readonly answers?: (selected: readonly TreeEntry[]) => object;
  /** What of the row counts when several are selected: a name or an id. */
  readonly key?: string;
}

/** A class, so that a command sees that it was called on a row. */
export class TreeEntry {
  readonly item: TreeItem;
  readonly children: readonly TreeEntry[];
  readonly key: string | undefined;
  readonly #answers: ((selected: readonly TreeEntry[]) => object) | undefined;

  constructor({ item, children = [], answers, key }: TreeEntryParts) {
    this.item = item;
    this.children = children;
    this.key = key;
    this.#answers = answers;
  }

  /** `selected` as VS Code hands it: absent, or without the row itself when the menu was opened elsewhere. */
  answers(selected: readonly TreeEntry[] | undefined): object {
    return this.#answers?.(selected?.includes(this) ? selected : [this]) ?? {};
  }
}

/** Keys of the selected rows of the same kind. */
export function keysOf(selected: readonly TreeEntry[]): string[] {
  return selected.flatMap((it) => (it.key === undefined ? [] : [it.key]));
}
