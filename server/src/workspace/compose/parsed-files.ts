import type { Disk } from "../disk.ts";
import { ParsedFiles } from "./effective-files.ts";

const byDisk = new WeakMap<Disk, ParsedFiles>();

/** The Compose files that were read of a disk, whoever asked for them: of many that are looked at with each keystroke one has changed. */
export function parsedFilesOf(disk: Disk): ParsedFiles {
  const known = byDisk.get(disk) ?? new ParsedFiles();
  byDisk.set(disk, known);
  return known;
}
