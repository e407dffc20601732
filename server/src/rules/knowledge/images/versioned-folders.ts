import { imageNameBelow } from "../../../model/stage/base-image.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { type Runtime, runtimeBelow } from "./runtimes.ts";

/** A folder named after a version, and that of the image's own version. */
export interface VersionedFolder {
  readonly runtime: Runtime;
  /** The version that the image has. */
  readonly version: string;
  /** As it is in the path: `/usr/local/lib/python3.11/site-packages`. */
  readonly written: string;
  /** The part of it that names the version, as it is written and as it is in the image: `python3.11`, `python3.12`. */
  readonly name: string;
  readonly own: string;
}

interface Layout {
  readonly runtime: Runtime;
  readonly image: RegExp;
  /** The folder, with its name as the group. */
  readonly path: RegExp;
  /** What the name is in an image of this version; undefined where that is not known. */
  name(version: string, written: string): string | undefined;
}

/**
 * Where the official images keep packages, each in one folder only: `/usr/local/lib/python3.12/site-packages` (what Debian's own Python
 * brings goes to `dist-packages`), Ruby's folders by the version of its libraries, PHP's extensions by the number of its API (Dockerfiles
 * of docker-library's python, ruby and php, as generally known, 2026-11).
 */
const LAYOUTS: readonly Layout[] = [
  {
    runtime: "Python",
    image: /^python$/,
    path: /^\/usr\/local\/lib\/(python3\.\d+)\/site-packages(?=\/|$)/,
    name: (version) => `python${version}`,
  },
  {
    runtime: "Ruby",
    image: /^ruby$/,
    path: /^\/usr\/local\/lib\/ruby\/gems\/(\d+\.\d+\.0)(?=\/|$)/,
    name: (version) => `${version}.0`,
  },
  {
    runtime: "PHP",
    image: /^php$/,
    path: /^\/usr\/local\/lib\/php\/extensions\/(no-debug-(?:non-)?zts-\d{8})(?=\/|$)/,
    name: (version, written) => {
      const number = PHP_APIS.get(version);
      return number && written.replace(/\d{8}$/, number);
    },
  },
];

/** `ZEND_MODULE_API_NO` of each version (Zend/zend_modules.h, as generally known, 2026-11). */
const PHP_APIS: ReadonlyMap<string, string> = new Map([
  ["7.4", "20190902"],
  ["8.0", "20200930"],
  ["8.1", "20210902"],
  ["8.2", "20220829"],
  ["8.3", "20230831"],
  ["8.4", "20240924"],
]);

/** The folder of another version than the one that a stage's image has, in an absolute path; undefined where there is none for certain. */
export function otherVersionIn(path: string, stage: Stage): VersionedFolder | undefined {
  for (const { runtime, image, path: layout, name } of LAYOUTS) {
    const found = layout.exec(path);
    if (!found || !image.test(imageNameBelow(stage)?.name ?? "")) continue;
    const version = runtimeBelow(stage, runtime)?.version;
    const [written, folder = ""] = found;
    const own = version === undefined ? undefined : name(version, folder);
    if (version === undefined || own === undefined || own === folder) return undefined;
    return { runtime, version, written, name: folder, own };
  }
  return undefined;
}
