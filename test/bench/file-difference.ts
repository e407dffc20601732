import type { FileQuery } from "../../client/src/shared/file-messages.ts";
import { compareFiles, type FileDifference } from "../../client/src/sizes/comparison/file-difference.ts";
import { FileList } from "../../client/src/sizes/comparison/file-list.ts";
import { fileMap } from "../../client/src/sizes/comparison/file-map.ts";
import { type Layer, LayerBuilder } from "../../client/src/sizes/layers/layer.ts";
import { stackOf } from "../../client/src/sizes/read-image.ts";
import { interleaved } from "./interleaved.ts";

/**
 * What the page of image sizes waits for with two images of 100,000 files each, of which a tenth differs: the difference, one
 * sorted and filtered list, a window of it while one scrolls, and a treemap: `npm run bench file-difference`.
 */
const count = 100_000;
/** Times what it takes to put all paths into a map once: a busy machine is no reason to fail. */
const allowed = 12;

function imageOf(variant: number): readonly Layer[] {
  const base = new LayerBuilder();
  const own = new LayerBuilder();
  const common = { mode: 0o644, uid: 0, gid: 0, linkName: "", kind: "file" } as const;
  for (let at = 0; at < count; at++) {
    // Archives go through one directory after the other.
    const folder = `/usr/lib/node_modules/package-${Math.floor(at / 100)}/lib/part-${Math.floor(at / 20) % 5}`;
    const differs = at % 10 === 0 ? variant : 0;
    // One in fifty is there under another name.
    const name = at % 50 === 0 ? `file-${at}-${variant}.js` : `file-${at}.js`;
    (at % 3 === 0 ? own : base).add(`${folder}/${name}`, {
      ...common,
      size: (at * 7919) % 50_000,
      hash: `${at} ${differs}`,
    });
  }
  return [base.build(`sha256:base ${variant}`), own.build(`sha256:own ${variant}`)];
}

const images = [imageOf(0), imageOf(1)];
const difference = compareFiles(images.map((layers) => stackOf({ layers })));
const root = { directory: "/", image: 1 } as const;
const listOf = (files: FileDifference) =>
  new FileList(files, (_, layer) => ({ instruction: "", order: layer }));
const query = (text: string): FileQuery => ({
  ...{ ...root, show: "files", text, statuses: [] },
  sort: { by: "difference", image: 1, descending: true },
});
const open = listOf(difference);
open.window(query(""), 0, 1);

const paths = images.map((layers) => layers.flatMap((it) => it.entries));
const medians = await interleaved(
  {
    // What any difference has to do at least, to compare this machine with another.
    "paths of both into a map": () => paths.map((entries) => new Map(entries.map((it) => [it.path, it]))),
    "difference of the two": () => compareFiles(images.map((layers) => stackOf({ layers }))),
    "list of all files, sorted": () => listOf(difference).window(query(""), 0, 120),
    "list with a glob": () => listOf(difference).window(query("**/part-7/*.js"), 0, 120),
    "window of an open list": () => open.window(query(""), 50_000, 120),
    treemap: () => fileMap(difference, { ...root, of: "difference" }),
  },
  10_000,
);
console.table(
  Object.entries(medians).map(([what, milliseconds]) => ({
    what,
    "median ms": Number(milliseconds.toFixed(1)),
  })),
);
const ratio = medians["difference of the two"] / medians["paths of both into a map"];
console.log(
  `${count.toLocaleString("en")} files an image. The difference takes ${ratio.toFixed(1)} times what it takes to look at all paths once (allowed: ${allowed}).`,
);
if (ratio > allowed) process.exitCode = 1;
