import { expect, test } from "vitest";
import { readImageArchives } from "../../../client/src/sizes/layers/image-archive.ts";
import { stackOf } from "../../../client/src/sizes/read-image.ts";
import { comparedImages, differingFiles, knownFiles } from "../../../client/src/views/compared-images.ts";
import { exportComparison, exportFiles } from "../../../client/src/views/comparison-export.ts";
import { hiddenFile, openedFile } from "../../../client/src/views/opened-file.ts";
import { imageArchive, inParts, tarOf, togetherOf } from "../../support/images/image-archives.ts";
import { image } from "../../support/images/images.ts";

const base = await tarOf([
  { name: "etc/motd", content: "welcome" },
  { name: "bin/sh", content: "s".repeat(1000), mode: 0o755 },
  { name: "bin/ash", type: "symlink", linkname: "sh" },
]);
const build = await tarOf([
  { name: "cache/a", content: "a".repeat(5000) },
  { name: "app", content: "1".repeat(300) },
]);
const clean = await tarOf([
  { name: ".wh.cache", content: "" },
  { name: "etc/motd", content: "good bye" },
]);
const copied = await tarOf([
  { name: "app", content: "2".repeat(310), mode: 0o755 },
  { name: "bin/sh", content: "s".repeat(1000), mode: 0o700 },
]);

const archives = await Promise.all(
  [
    [base, build, clean],
    [base, copied],
  ].map((layers) => imageArchive(layers, { form: "docker" })),
);
const read = await readImageArchives(
  inParts(await togetherOf(archives.map((it) => it.archive))),
  archives.map((it) => it.diffIds),
  { hashes: true },
);
const rows = [
  ["ADD base / # buildkit", "RUN /bin/sh -c make # buildkit", "RUN /bin/sh -c rm -r /cache # buildkit"],
  ["ADD base / # buildkit", "COPY app / # buildkit"],
];
const compared = comparedImages(
  read.map(({ layers, history }, at) => ({
    details: image(
      (rows[at] ?? []).map((it) => [it, 4096]),
      { id: `sha256:${at}`, diffIds: archives[at]?.diffIds ?? [] },
    ),
    label: ["before", "after"][at] ?? "",
    read: { layers: layers.map((it) => it.layer), configHistory: history, problems: [] },
  })),
);

test("files of archives, to the byte, with the instruction that stored them", () => {
  expect(compared.comparison.images.map((it) => [it.unpackedSize, it.read?.visible])).toEqual([
    [6315, 1308],
    [2317, 1317],
  ]);
  expect(
    differingFiles(compared)?.map((it) => [it.path, it.status, ...it.sizes, it.difference, it.instruction]),
  ).toEqual([
    ["/app", "changed", 300, 310, 10, "COPY app /"],
    ["/etc/motd", "changed", 8, 7, -1, "ADD base /"],
    ["/bin/sh", "metadata", 1000, 1000, 0, "COPY app /"],
  ]);
});

test("as long as an image was not read there are no files", () => {
  const { images } = compared;
  const [first, second] = images;
  if (!first || !second) throw new Error("There are two.");
  const { read: _, ...unread } = second;
  const part = comparedImages([first, unread]);
  expect(part.files).toBeUndefined();
  expect(differingFiles(part)).toBeUndefined();
});

test("what was only listed has sizes, owners and links, and says nothing of layers and contents", () => {
  const listed = comparedImages(
    compared.images.map(({ read, ...image }) => ({
      ...image,
      listed: [...stackOf({ layers: read?.layers ?? [] }).stack.visible.values()].map(({ entry }) => ({
        ...entry,
        hash: undefined,
      })),
    })),
  );
  expect([compared, listed].map(knownFiles)).toEqual(["read", "listed"]);
  expect(listed.comparison.images.map((it) => it.read)).toEqual([undefined, undefined]);
  const rows = listed.files?.all({
    ...{ directory: "/", show: "files", text: "", statuses: [], image: 1 },
    sort: { by: "path", image: 0, descending: false },
  });
  expect(rows?.map((it) => [it.path, it.status, ...it.sizes, it.instruction])).toEqual([
    ["/app", "changed", 300, 310, null],
    ["/bin/ash", "same", 0, 0, null],
    ["/bin/sh", "metadata", 1000, 1000, null],
    ["/etc/motd", "changed", 8, 7, null],
  ]);
  expect(listed.files?.difference.root.bytes).toEqual([1308, 1317]);
  // An export would tell them for certain.
  expect(differingFiles(listed)).toBeUndefined();
  // However alike they look, their contents may differ.
  expect(openedFile(listed, "/bin/sh", 1, true)?.against).toBeDefined();
});

test("a file opens beside the first image's where its content differs; one that is gone, as it was", () => {
  const both = { image: "sha256:1", label: "after", against: { image: "sha256:0", label: "before" } };
  expect(openedFile(compared, "/app", 1, true)).toEqual({ ...both, path: "/app" });
  expect(openedFile(compared, "/app", 1, false)).toEqual({ image: "sha256:1", label: "after", path: "/app" });
  expect(openedFile(compared, "/bin/sh", 1, true)?.against).toBeUndefined();
  expect(openedFile(compared, "/bin", 1, true)).toBeUndefined();
  expect(openedFile(compared, "/etc/shadow", 1, true)).toBeUndefined();
  expect(openedFile(compared, "/app", 7, true)?.image).toBe("sha256:0");
});

test("a hidden file opens only where the comparison names it", () => {
  const layer = archives[0]?.diffIds[1] ?? "";
  expect(hiddenFile(compared.comparison, { image: 0, path: "/cache/a", layer })).toEqual({
    ...{ image: "sha256:0", label: "before", path: "/cache/a", layer },
  });
  expect(hiddenFile(compared.comparison, { image: 0, path: "/etc/shadow", layer })).toBeUndefined();
  expect(hiddenFile(compared.comparison, { image: 1, path: "/cache/a", layer })).toBeUndefined();
});

test("Markdown and JSON have waste and files too", () => {
  const files = differingFiles(compared);
  const markdown = exportComparison(compared.comparison, "markdown", files);
  expect(markdown.split("\n\n").slice(2, 5).join("\n\n")).toMatchInlineSnapshot(`
    "| Carried for nothing in before | Stored by | Hidden by | Files | Bytes |
    | --- | --- | --- | ---: | ---: |
    | deleted | \`RUN make\` | \`RUN rm -r /cache\` | 1 | 5.00 kB |
    | overwritten | \`ADD base /\` | \`RUN rm -r /cache\` | 1 | 7 B |

    | Carried for nothing in after | Stored by | Hidden by | Files | Bytes |
    | --- | --- | --- | ---: | ---: |
    | rewritten | \`ADD base /\` | \`COPY app /\` | 1 | 1.00 kB |

    | File | Status | before | after | Difference |
    | --- | --- | ---: | ---: | ---: |
    | \`/app\` | changed | 300 B | 310 B | +10 B |
    | \`/etc/motd\` | changed | 8 B | 7 B | −1 B |
    | \`/bin/sh\` | metadata | 1.00 kB | 1.00 kB | ±0 B |"
  `);
  const json = JSON.parse(exportComparison(compared.comparison, "json", files));
  expect(json.images[0].read.waste[0]).toMatchObject({ how: "deleted", bytes: 5000 });
  expect(json.files[0]).toEqual({
    ...{ path: "/app", status: "changed", sizes: [300, 310], difference: 10, instruction: "COPY app /" },
  });
});

test("CSV of the list of files", () => {
  const all = compared.files?.all({
    ...{ directory: "/", show: "files", text: "app", statuses: [], image: 1 },
    sort: { by: "path", image: 0, descending: false },
  });
  expect(exportFiles(all ?? [], ["before", "after"])).toBe(
    "path,before (bytes),after (bytes),difference,status,instruction\r\n/app,300,310,10,changed,COPY app /\r\n",
  );
});
