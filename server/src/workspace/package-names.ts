import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { type PackageIndex, readPackageIndex } from "../model/image/package-index.ts";
import { scriptFolder } from "./script-folder.ts";

const FILE = "debian-packages.txt.br";

let index: PackageIndex | undefined;

/**
 * The index of packages that ships. It is read when something is first asked of it, which takes about 15 ms, as most files
 * ask nothing. Where it is missing or broken nothing is known.
 */
export const shippedPackages: PackageIndex = {
  has: (release, name) => loaded().has(release, name),
  providersOf: (release, name) => loaded().providersOf(release, name),
  matching: (release, pattern) => loaded().matching(release, pattern),
  startingWith: (release, prefix) => loaded().startingWith(release, prefix),
  broughtBy: (release, name, withRecommended) => loaded().broughtBy(release, name, withRecommended),
  get programs() {
    return loaded().programs;
  },
};

function loaded(): PackageIndex {
  index ??= readPackageIndex(text());
  return index;
}

function text(): string {
  const here = scriptFolder();
  for (const file of [join(here, FILE), join(here, "../model/image", FILE)])
    try {
      return brotliDecompressSync(readFileSync(file)).toString();
    } catch {
      // Beside the bundle, or where the sources have it.
    }
  return "";
}
