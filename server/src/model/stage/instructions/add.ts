import { copyFiles, destinationOf, writeInto } from "./copy.ts";
import type { InstructionEffect } from "./instruction-effect.ts";

export const add: InstructionEffect = {
  name: "ADD",
  change(instruction, walk) {
    const { changes, expand } = walk;
    const sources = instruction.words.slice(0, -1);
    const remote = sources.filter((it) => REMOTE.test(it.raw));
    const destination = destinationOf(instruction, walk);
    if (destination === undefined) {
      changes.mayWriteBelow("/");
      return;
    }
    for (const word of remote) {
      const url = expand(word);
      const unpacks = instruction.flags.some((it) => it.name === "unpack" && it.value !== "false");
      if (url === undefined || unpacks || GIT.test(url)) changes.mayWriteBelow(destination.path);
      else writeInto(destination, url.replace(/[?#].*$/, "").replace(/^.*\//, ""), "file", changes);
    }
    const local = sources.filter((it) => !REMOTE.test(it.raw));
    if (local.some((it) => ARCHIVE.test(it.raw))) {
      // An archive of the context is unpacked.
      changes.mayWriteBelow(destination.path);
      changes.write(destination.path, "directory");
    }
    copyFiles(
      local.filter((it) => !ARCHIVE.test(it.raw)),
      instruction,
      walk,
    );
  },
};

const REMOTE = /^(https?|ssh|git):|^git@/;
const GIT = /^(git@|ssh:|git:)|\.git([#?]|$)/;
/** Compression and archive are recognised by their content; these names are what such files have. */
const ARCHIVE = /\.(tar|tgz|tbz2?|txz|tzst)$|\.tar\.\w+$|[$*?[]/;
