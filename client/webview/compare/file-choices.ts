import type { FileQuery, FileSort, MapView } from "../../src/shared/file-messages.ts";
import type { FileStatus } from "../../src/sizes/comparison/file-difference.ts";

/** What the reader chose about files; kept by the page over reloads. */
export interface FileChoices {
  readonly directory: string;
  readonly show: FileQuery["show"];
  readonly text: string;
  readonly statuses: readonly FileStatus[];
  /** The image that is held against the first. */
  readonly image: number;
  readonly sort: FileSort;
  /** What the treemap shows: the difference, or one image. */
  readonly map: "difference" | number;
}

export const firstFileChoices: FileChoices = {
  directory: "/",
  show: "entries",
  text: "",
  statuses: [],
  image: 1,
  sort: { by: "difference", image: 1, descending: true },
  map: "difference",
};

/** What was kept for other images may name one that is not there now. */
export function fittingChoices(choices: FileChoices, images: number): FileChoices {
  const fits = (image: number) => Math.max(0, Math.min(image, images - 1));
  const { sort, map } = choices;
  return {
    ...choices,
    image: fits(choices.image),
    sort: { ...sort, image: fits(sort.image) },
    map: map === "difference" ? map : fits(map),
  };
}

/** What the list of files asks of the host. */
export function queryOf({ directory, show, text, statuses, image, sort }: FileChoices): FileQuery {
  // What is looked for may stand anywhere below.
  return { directory, show: text.trim() === "" ? show : "files", text, statuses, image, sort };
}

/** What the map of files asks of the host. */
export function viewOf({ directory, image, map }: FileChoices): MapView {
  return map === "difference"
    ? { directory, of: "difference", image }
    : { directory, of: "image", image: map };
}

export function isSameQuery(a: FileQuery, b: FileQuery): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Is the list in the order of this column? Only sizes have one for each image. */
export function isSortedBy(now: FileSort, by: FileSort["by"], image: number): boolean {
  return now.by === by && (by !== "size" || now.image === image);
}

/** The same column again turns the order around; numbers begin with the largest, words with A. */
export function sortedBy(now: FileSort, by: FileSort["by"], image: number): FileSort {
  return {
    by,
    image,
    descending: isSortedBy(now, by, image) ? !now.descending : by === "size" || by === "difference",
  };
}

/** A directory with each one above it, from the root down. */
export function crumbsOf(directory: string): readonly { readonly name: string; readonly path: string }[] {
  const names = directory.split("/").filter((it) => it !== "");
  return [
    { name: "/", path: "/" },
    ...names.map((name, index) => ({ name, path: `/${names.slice(0, index + 1).join("/")}` })),
  ];
}

/** The directory that one is in; the root is in itself. */
export function above(directory: string): string {
  return directory.slice(0, directory.lastIndexOf("/")) || "/";
}

/** Words, so that no colour or sign has to be understood. */
export const statusNames: Readonly<Record<FileStatus, string>> = {
  added: "Added",
  removed: "Removed",
  changed: "Changed",
  metadata: "Mode or owner",
  same: "Same",
  absent: "",
};

export const statuses = ["added", "removed", "changed", "metadata", "same"] as const;
