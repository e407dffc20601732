import { type Layer, LayerBuilder, type LayerEntry } from "../../../client/src/sizes/layers/layer.ts";

/** A file by its bytes, or with more of what an entry says; a string is where a symbolic link leads. */
export type LayerFile =
  | number
  | string
  | Partial<Omit<LayerEntry, "path" | "target">>
  | { readonly link: string };

/** A layer of these files; `removed` are paths that it takes away. */
export function layerOf(files: Readonly<Record<string, LayerFile>>, removed: readonly string[] = []): Layer {
  const builder = new LayerBuilder();
  const common = { mode: 0o644, uid: 0, gid: 0, size: 0, hash: undefined, linkName: "" };
  for (const [path, file] of Object.entries(files))
    if (typeof file === "number") builder.add(path, { ...common, kind: "file", size: file });
    else if (typeof file === "string") builder.add(path, { ...common, kind: "symlink", linkName: file });
    else if ("link" in file) builder.add(path, { ...common, kind: "hard-link", linkName: file.link });
    else builder.add(path, { ...common, kind: "file", ...file });
  for (const path of removed) builder.add(path.replace(/([^/]+)$/, ".wh.$1"), { ...common, kind: "file" });
  return builder.build(`sha256:${JSON.stringify([files, removed])}`);
}
