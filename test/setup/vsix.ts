import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
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
  const stage = mkdtempSync(path.join(tmpdir(), "plimsoll-package-"));
  try {
    // In the repository vsce would look at every file of .tools first, which takes a minute.
    for (const it of packed()) cpSync(path.join(root, it), path.join(stage, it));
    const listing = await packFolder(stage, file);
    return { file, bytes: statSync(file).size, listing };
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** Packs an extension that is all there in its folder. Answers the files in it, as vsce lists them. */
export function packFolder(folder: string, vsix: string): Promise<string> {
  return output(
    process.execPath,
    [
      path.join(root, "node_modules/@vscode/vsce/vsce"),
      ...["package", "--out", vsix],
      // Everything is in the bundles.
      "--no-dependencies",
      // The README's links are meant for the repository, which has no public address yet to make them absolute with.
      ...["--no-rewrite-relative-links", "--allow-missing-repository"],
    ],
    { cwd: folder },
  );
}

/** The files that `.vscodeignore` takes back from what it ignores, relative to the root. */
function packed(): readonly string[] {
  const lines = readFileSync(path.join(root, ".vscodeignore"), "utf8").split("\n");
  const taken = lines.filter((it) => it.startsWith("!")).map((it) => it.slice(1).trim());
  return globSync(taken, { cwd: root }).filter((it) => statSync(path.join(root, it)).isFile());
}
