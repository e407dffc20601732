import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { extract, type Header, pack } from "tar-stream";

export type File = Partial<Header> & { readonly name: string } & { readonly content?: string | Buffer };

/** A tar archive of these entries. */
export async function tarOf(files: readonly File[]): Promise<Buffer> {
  const archive = pack();
  for (const { content, ...header } of files)
    if (header.type === undefined || header.type === "file") archive.entry(header, content ?? "");
    else archive.entry(header);
  archive.finalize();
  const parts: Buffer[] = [];
  for await (const part of archive) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** The same of plain files with short names, for many of them. */
export function plainTar(files: readonly { readonly name: string; readonly content: string }[]): Buffer {
  const blocks: Buffer[] = [];
  for (const { name, content } of files) {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write("0000644\0".concat("0000000\0", "0000000\0"), 100);
    header.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
    header.write("00000000000\0        0", 136);
    header.write("ustar\x0000", 257);
    let sum = 0;
    for (let at = 0; at < 345; at++) sum += header[at] ?? 0;
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    blocks.push(header);
    if (content !== "")
      blocks.push(Buffer.concat([Buffer.from(content)], Math.ceil(content.length / 512) * 512));
  }
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function digestOf(bytes: Buffer | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export type Packing = "none" | "gzip" | "zstd";

function packed(layer: Buffer, packing: Packing): Buffer {
  if (packing === "gzip") return gzipSync(layer);
  return packing === "zstd" ? zstdCompressSync(layer) : layer;
}

/** An image of these layers as engines write it. */
export interface ArchiveForm {
  /** `docker`: `manifest.json` at the end; `oci`: `index.json` alone; `legacy`: a folder a layer, with links for those that are there already. */
  readonly form: "docker" | "oci" | "legacy";
  readonly packing?: Packing;
  /** Names of blobs that are left out. */
  readonly without?: readonly string[];
  /** Names of blobs that end in their middle. */
  readonly cut?: readonly string[];
  readonly withoutConfig?: boolean;
  /** The image's tag; `a:1` when not given. */
  readonly tag?: string;
  /** The layers as they are packed already. */
  readonly stored?: readonly Buffer[];
}

export async function imageArchive(
  layers: readonly Buffer[],
  {
    form,
    packing = "none",
    without = [],
    cut = [],
    withoutConfig = false,
    stored: packedAlready,
    tag = "a:1",
  }: ArchiveForm,
): Promise<{
  readonly archive: Buffer;
  readonly diffIds: readonly string[];
  readonly blobs: readonly string[];
}> {
  const diffIds = layers.map((it) => `sha256:${digestOf(it)}`);
  const stored = packedAlready ?? layers.map((it) => packed(it, packing));
  const history = layers.map((_, index) => ({ created_by: `RUN step ${index}`, empty_layer: false }));
  const config = JSON.stringify({
    ...{ architecture: process.arch === "x64" ? "amd64" : process.arch, os: "linux", config: {} },
    rootfs: { type: "layers", diff_ids: diffIds },
    history: [...history, { created_by: 'CMD ["/a"]', empty_layer: true }],
  });
  const names = stored.map((it, index) =>
    form === "legacy" ? `${digestOf(`${index}`)}/layer.tar` : `blobs/sha256/${digestOf(it)}`,
  );
  const files: File[] = [];
  names.forEach((name, index) => {
    const first = diffIds.indexOf(diffIds[index] ?? "");
    if (without.includes(name)) return;
    if (form === "legacy" && first < index)
      files.push({ name, type: "symlink", linkname: `../${names[first]}` });
    else if (!files.some((it) => it.name === name)) {
      const content = stored[index] ?? Buffer.alloc(0);
      files.push({ name, content: cut.includes(name) ? content.subarray(0, content.length >> 1) : content });
    }
  });
  const configName = form === "legacy" ? `${digestOf(config)}.json` : `blobs/sha256/${digestOf(config)}`;
  if (!withoutConfig) files.push({ name: configName, content: config });
  if (form === "oci") {
    const manifest = JSON.stringify({
      config: { digest: `sha256:${digestOf(config)}` },
      layers: stored.map((it) => ({ digest: `sha256:${digestOf(it)}` })),
    });
    const index = JSON.stringify({
      manifests: [
        { digest: `sha256:${"0".repeat(64)}`, platform: { architecture: "unknown" } },
        { digest: `sha256:${digestOf(manifest)}`, platform: { architecture: "amd64" } },
      ],
    });
    files.push({ name: `blobs/sha256/${digestOf(manifest)}`, content: manifest });
    files.push(
      { name: "oci-layout", content: '{"imageLayoutVersion":"1.0.0"}' },
      { name: "index.json", content: index },
    );
  } else
    files.push({
      name: "manifest.json",
      content: JSON.stringify([{ Config: configName, RepoTags: [tag], Layers: names }]),
    });
  return { archive: await tarOf(files), diffIds, blobs: names };
}

/** In parts, as a connection brings them. */
export async function* inParts(bytes: Buffer, size = 65_536): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Archives of one image each as one archive of all of them: what several have is in it once. */
export async function togetherOf(archives: readonly Buffer[]): Promise<Buffer> {
  const files = new Map<string, string | Buffer>();
  for (const archive of archives)
    for await (const entry of Readable.from(archive).pipe(extract())) {
      const parts: Buffer[] = [];
      for await (const part of entry) parts.push(part as Buffer);
      const { name } = entry.header;
      const [content, before] = [Buffer.concat(parts), files.get(name)?.toString()];
      files.set(name, before === undefined ? content : merged(name, before, content.toString()));
    }
  return tarOf([...files].map(([name, content]) => ({ name, content })));
}

function merged(name: string, one: string, other: string): string {
  if (name === "manifest.json") return JSON.stringify([...JSON.parse(one), ...JSON.parse(other)]);
  if (name !== "index.json") return one;
  return JSON.stringify({ manifests: [...JSON.parse(one).manifests, ...JSON.parse(other).manifests] });
}
