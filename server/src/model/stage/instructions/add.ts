import { readHead } from "../../../syntax/dockerfile/here-documents.ts";
import type { Word } from "../../../syntax/dockerfile/tree.ts";
import { addSource } from "../add-source.ts";
import { baseName } from "../paths.ts";
import { copyFiles } from "./copy.ts";
import { destinationOf, writeInto } from "./copy-destination.ts";
import type { InstructionEffect } from "./instruction-effect.ts";

export const add: InstructionEffect = {
  name: "ADD",
  change(instruction, walk) {
    const { changes, expand } = walk;
    const destination = destinationOf(instruction, walk);
    if (destination === undefined) {
      changes.mayWriteBelow("/");
      return;
    }
    const unpacks = instruction.flags.some((it) => it.name === "unpack" && it.value !== "false");
    const local: Word[] = [];
    for (const word of instruction.words.slice(0, -1)) {
      const value = expand(word);
      const kind = readHead(word.raw) ? "local" : addSource(value ?? word.raw);
      if (kind === "local") local.push(word);
      else if (kind === "url" && value !== undefined && !unpacks)
        writeInto(destination, baseName(value.replace(/[?#].*$/, "")), "file", changes);
      else {
        const isFolder = destination.isDirectory || kind === "repository" || TAR.test(value ?? "");
        changes.mayWriteBelow(destination.path);
        changes.write(destination.path, isFolder ? "directory" : "unknown");
      }
    }
    copyFiles(local, instruction, walk);
  },
};

/** An archive by its name. Other compressed files may be one too, which only their content tells; the others are copied. */
const TAR = /\.(?:tar(?:\.\w+)?|t(?:gz|bz2?|b2|xz|lz|lzma|Z|pz|zst))$/;
