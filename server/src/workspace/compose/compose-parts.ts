import { dirname, resolve } from "node:path";
import { otherFilesOf } from "../../model/compose/files/other-files.ts";
import { foldersUpFrom } from "../context-folder.ts";
import {
  type Around,
  includersOf,
  isNamedBeside,
  listedFiles,
  parsed,
  pathsFolderOf,
} from "./compose-files.ts";

/**
 * Is a YAML file, whatever it is called, a part of a Compose project: included or extended by a Compose file of its folder, included by
 * one of a folder above, or named by `COMPOSE_FILE` there?
 */
export function isPartOfProject(path: string, around: Around): boolean {
  return (
    isNamedBeside(path, new Set([path]), around) ||
    includersOf(path, around).length > 0 ||
    foldersUpFrom(dirname(path), around).some((folder) => listedFiles(folder, around).includes(path))
  );
}

/**
 * The files that a Compose file includes or extends services of, as absolute paths, and those that these name, each once; only files that
 * are there, and no path with a variable in it.
 */
export function partsOf(path: string, around: Around): readonly string[] {
  const found = new Set<string>();
  const waiting = [path];
  for (let next = waiting.pop(); next !== undefined && found.size < MOST_PARTS; next = waiting.pop()) {
    const text = around.textAt(next);
    // Most name no other, and need no parsing to tell.
    if (text === undefined || !/\b(?:include|extends)\b/.test(text)) continue;
    const folders = new Set([dirname(next), pathsFolderOf(next, around)]);
    for (const name of otherFilesOf(parsed(next, text, around))) {
      if (name.includes("$")) continue;
      const part = [...folders]
        .map((it) => resolve(it, name))
        .find((it) => around.disk.kindOf(it) === "file");
      if (part === undefined || part === path || found.has(part)) continue;
      found.add(part);
      waiting.push(part);
    }
  }
  return [...found];
}

/** More are no hand-written project. */
const MOST_PARTS = 200;
