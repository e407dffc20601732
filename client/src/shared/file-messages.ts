import type { FileStatus } from "../sizes/comparison/file-difference.ts";

/** How the list of files is to be: part of a page's request, and of the answer that it belongs to. */
export interface FileQuery {
  /** Absolute path. */
  readonly directory: string;
  /** `entries`: what the directory holds itself, directories with all that is in them. `files`: every file below it. */
  readonly show: "entries" | "files";
  /** Part of the path, in any case, or a glob; empty for all. */
  readonly text: string;
  /** Only these; empty for all. */
  readonly statuses: readonly FileStatus[];
  /** The image that is held against the first one, by index; 0 where there is none to hold against it. */
  readonly image: number;
  readonly sort: FileSort;
}

export interface FileSort {
  readonly by: "path" | "size" | "difference" | "status" | "layer";
  /** Of `size`: whose. */
  readonly image: number;
  readonly descending: boolean;
}

/** A line of the list. */
export interface FileRow {
  readonly path: string;
  /** From the directory of the query on. */
  readonly shown: string;
  readonly isDirectory: boolean;
  /** Where a link leads, as written. */
  readonly target: string | null;
  /** One an image; null where it is not there. */
  readonly sizes: readonly (number | null)[];
  /** Bytes against the first image. */
  readonly difference: number;
  readonly status: FileStatus;
  /** At or below it, in the image of the query and in the first one. */
  readonly files: number;
  readonly filesBefore: number;
  /** The instruction that stored it, in the image of the query, or where that has it not, in the first. */
  readonly instruction: string | null;
  /** Mode and owner there, and what they are in the first image where they differ: `rwxr-xr-x 0:0`. */
  readonly access: string | null;
  readonly accessBefore: string | null;
}

/** Rows `start` and on of all that the query finds. */
export interface FileWindow {
  readonly query: FileQuery;
  readonly start: number;
  readonly rows: readonly FileRow[];
  /** All rows, and their bytes in each image. */
  readonly count: number;
  readonly sums: readonly number[];
  /** How many rows of each status there are when no status is chosen. */
  readonly byStatus: Readonly<Record<FileStatus, number>>;
}

/** What a treemap shows: an image, or how it differs from the first one. */
export interface MapView {
  readonly directory: string;
  readonly of: "image" | "difference";
  readonly image: number;
}

/** A rectangle of a treemap. */
export interface MapNode {
  readonly name: string;
  /** Undefined for what stands for several that are too small to be seen. */
  readonly path?: string;
  readonly isDirectory: boolean;
  /** What the rectangle's area stands for, in bytes. */
  readonly area: number;
  /** Bytes in the image. */
  readonly bytes: number;
  /** Bytes that came, and that went, against the first image. */
  readonly grown: number;
  readonly shrunk: number;
  readonly files: number;
  readonly children?: readonly MapNode[];
}

export interface FileMap {
  readonly view: MapView;
  readonly root: MapNode;
}
