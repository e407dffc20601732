import { compareFiles, type FileDifference } from "../../../client/src/sizes/comparison/file-difference.ts";
import { type Layer, LayerBuilder } from "../../../client/src/sizes/layers/layer.ts";
import { stackOf } from "../../../client/src/sizes/read-image.ts";

/** What a line of `layer` may say of a file beside its size: its content, and what is not the usual. */
export interface Said {
  readonly mode?: number;
  readonly uid?: number;
}

/**
 * A layer of lines: `+ /path 10 content` a file, `/ /path` a directory, `= /link /file` a hard link, `> /link target` a symbolic
 * link, `- /path` a removal, `! /dir` an opaque directory.
 */
export function layer(...lines: readonly (string | readonly [line: string, said: Said])[]): Layer {
  const builder = new LayerBuilder();
  for (const it of lines) {
    const [line, { mode = 0o644, uid = 0 }] = typeof it === "string" ? [it, {} as Said] : it;
    const [sign = "", path = "", third = "", content] = line.split(" ");
    const common = { mode, uid, gid: 0, hash: undefined, size: 0, linkName: "" };
    const folder = path.slice(0, path.lastIndexOf("/"));
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (sign === "+") builder.add(path, { ...common, kind: "file", size: Number(third), hash: content });
    else if (sign === "/") builder.add(path, { ...common, kind: "directory" });
    else if (sign === "=") builder.add(path, { ...common, kind: "hard-link", linkName: third });
    else if (sign === ">") builder.add(path, { ...common, kind: "symlink", linkName: third });
    else if (sign === "-") builder.add(`${folder}/.wh.${name}`, { ...common, kind: "file" });
    else builder.add(`${path}/.wh..wh..opq`, { ...common, kind: "file" });
  }
  return builder.build(`sha256:${lines.join()}`);
}

/** The files of images that have these layers. */
export function filesOf(images: readonly (readonly Layer[])[]): FileDifference {
  return compareFiles(images.map((layers) => stackOf({ layers })));
}
