import { shippedImages } from "../../model/image/shipped-images.ts";
import { parsedFilesOf } from "../../workspace/compose/parsed-files.ts";
import type { Disk } from "../../workspace/disk.ts";
import { textOfFile } from "../../workspace/encoding.ts";
import type { Surroundings } from "../../workspace/models.ts";
import { shippedPackages } from "../../workspace/package-names.ts";
import { shellReader } from "../../workspace/wasm.ts";
import type { Terminal } from "./terminal.ts";

/** What is around the files of a command: the disk, and the facts that ship. */
export async function surroundings(disk: Disk, terminal: Terminal): Promise<Surroundings> {
  return {
    disk,
    shell: await shellReader(),
    images: shippedImages,
    packages: shippedPackages,
    folders: [terminal.folder],
    textAt(path) {
      return textOfFile(path, disk.read(path));
    },
    composeGeneration: () => 0,
    parsed: parsedFilesOf(disk),
  };
}
