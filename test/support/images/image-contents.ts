import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { extract } from "tar-stream";
import type { RealEngine } from "../engine/engine.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** What an image is to whoever runs it: not how many layers it has, nor when its files were written. */
export interface ImageContents {
  /** `User`, `Env`, `Cmd` … as `docker image inspect` has them. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Absolute path → kind, mode, owner and content of what is there. */
  readonly files: ReadonlyMap<string, string>;
}

export async function imageContents(engine: RealEngine, image: string): Promise<ImageContents> {
  const [inspected] = JSON.parse(await engine.docker("image", "inspect", image)) as [
    { Config: Record<string, unknown> },
  ];
  const container = (await engine.docker("create", image, "unused")).trim();
  try {
    const file = path.join(temporaryFolder(), "image.tar");
    await engine.docker("export", "--output", file, container);
    return { config: inspected.Config, files: await filesOf(file) };
  } finally {
    await engine.docker("rm", "--force", container);
  }
}

/** What every container gets, whatever its image. */
const mounted = /^\/(dev|proc|sys)(\/|$)|^\/etc(\/(hosts|hostname|resolv\.conf|mtab))?$|^\/\.dockerenv$|^\/$/;

async function filesOf(tar: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const entries = extract();
  const reading = pipeline(createReadStream(tar), entries);
  for await (const entry of entries) {
    const { name, type, mode = 0, uid, gid, linkname } = entry.header;
    const hash = createHash("sha256");
    for await (const chunk of entry) hash.update(chunk as Buffer);
    const absolute = `/${name.replace(/^\.?\//, "").replace(/\/$/, "")}`;
    const kind = linkname ? `${type} to ${linkname}` : type;
    if (!mounted.test(absolute))
      files.set(absolute, `${kind} ${mode.toString(8)} ${uid}:${gid} ${hash.digest("hex").slice(0, 12)}`);
  }
  await reading;
  return files;
}

/** Where two images are not the same: `config Cmd`, `file /etc/passwd`. */
export function differences(a: ImageContents, b: ImageContents): string[] {
  const keys = new Set([...Object.keys(a.config), ...Object.keys(b.config)]);
  const paths = new Set([...a.files.keys(), ...b.files.keys()]);
  return [
    ...[...keys]
      .filter((it) => JSON.stringify(a.config[it] ?? null) !== JSON.stringify(b.config[it] ?? null))
      .map((it) => `config ${it}`),
    ...[...paths].filter((it) => a.files.get(it) !== b.files.get(it)).map((it) => `file ${it}`),
  ].sort();
}
