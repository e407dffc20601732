import type { KnownFiles } from "../shared/compare-messages.ts";
import type { FileMap, FileQuery, FileRow, FileWindow, MapView } from "../shared/file-messages.ts";
import { withoutSecrets } from "../shared/secrets.ts";
import { compareImages, type ImageToCompare } from "../sizes/comparison/compare.ts";
import type { Comparison } from "../sizes/comparison/comparison.ts";
import { compareFiles, type FileDifference } from "../sizes/comparison/file-difference.ts";
import { FileList, type MadeBy } from "../sizes/comparison/file-list.ts";
import { fileMap } from "../sizes/comparison/file-map.ts";
import { stackOf, stackOfListing } from "../sizes/read-image.ts";

/** What a page of image sizes is about: images, and once their layers were read their files. */
export interface ComparedImages {
  readonly images: readonly ImageToCompare[];
  readonly comparison: Comparison;
  /** Undefined as long as not all images were read or listed. */
  readonly files: ComparedFiles | undefined;
}

/** How much the page may ask about files. */
export function knownFiles({ files }: Pick<ComparedImages, "files">): KnownFiles {
  if (files === undefined) return "none";
  return files.areRead ? "read" : "listed";
}

/** Answers what a page asks about files. */
export interface ComparedFiles {
  /** Their contents and layers are known; else they were only listed. */
  readonly areRead: boolean;
  readonly difference: FileDifference;
  list(query: FileQuery, start: number, count: number): FileWindow;
  all(query: FileQuery): readonly FileRow[];
  map(view: MapView): FileMap;
}

/** `comparison` where it is the same as before. */
export function comparedImages(
  images: readonly ImageToCompare[],
  // Build arguments stand in the instructions.
  comparison = withoutSecrets(compareImages(images)) as Comparison,
): ComparedImages {
  return { images, comparison, files: filesOf(images, comparison) };
}

function filesOf(images: readonly ImageToCompare[], comparison: Comparison): ComparedFiles | undefined {
  const read = images.flatMap((it) => it.read ?? []);
  if (read.length === images.length) return comparedFiles(compareFiles(read.map(stackOf)), comparison, true);
  const listed = images.flatMap(({ listed }) => (listed ? [stackOfListing(listed)] : []));
  return listed.length === images.length
    ? comparedFiles(compareFiles(listed, "size"), comparison, false)
    : undefined;
}

function comparedFiles(difference: FileDifference, { images }: Comparison, areRead: boolean): ComparedFiles {
  // A listing is one layer of nobody's.
  const makers = (areRead ? images : []).map(({ layers }) => {
    const made = new Map<number, { readonly instruction: string; readonly order: number }>();
    layers.forEach(({ instruction, layers: stored }, order) => {
      for (const layer of stored) made.set(layer, { instruction, order });
    });
    return made;
  });
  const madeBy: MadeBy = (image, layer) => makers[image]?.get(layer);
  const list = new FileList(difference, madeBy);
  return {
    areRead,
    difference,
    list: (query, start, count) => list.window(query, start, count),
    all: (query) => list.all(query),
    map: (view) => fileMap(difference, view),
  };
}

/** Files in which the last image differs from the first, what moved most first; undefined where they were not read. */
export function differingFiles({ files, images }: ComparedImages): readonly FileRow[] | undefined {
  if (!files?.areRead) return undefined;
  return files.all({
    directory: "/",
    show: "files",
    text: "",
    statuses: ["added", "removed", "changed", "metadata"],
    image: images.length - 1,
    sort: { by: "difference", image: images.length - 1, descending: true },
  });
}
