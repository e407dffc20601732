import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { dist, root } from "./places.ts";
import { output } from "./programs.ts";

/** A package of the extension. */
export interface Vsix {
  readonly file: string;
  readonly bytes: number;
  /** What is in it, as vsce lists it. */
  readonly listing: string;
}

/** Packs what `dist/` holds for all platforms, as `plimsoll-VERSION.vsix` in `folder`. What goes in says `.vscodeignore`. */
export async function packVsix(folder: string = dist): Promise<Vsix> {
  const { name, version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const file = path.join(folder, `${name}-${version}.vsix`);
  const listing = await output(
    process.execPath,
    [
      path.join(root, "node_modules/@vscode/vsce/vsce"),
      ...["package", "--out", file],
      // Everything is in the bundles.
      "--no-dependencies",
      // The links of the README are meant for the repository; there is no address yet that they could be made absolute with.
      ...["--no-rewrite-relative-links", "--allow-missing-repository"],
    ],
    { cwd: root },
  );
  return { file, bytes: statSync(file).size, listing };
}
