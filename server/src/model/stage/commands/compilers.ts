import { type CommandFamily, optionSet, readWords, writeTo } from "./command-family.ts";

const VALUED = optionSet("-o -I -L -l -D -x");

/** Writes its `-o`, or beside the sources. */
export const cc: CommandFamily = {
  programs: ["gcc", "g++", "cc", "c++", "clang", "clang++", "ld", "ar", "as", "protoc"],
  run(call, changes) {
    const { options } = readWords(call.words, VALUED);
    if (call.program !== "protoc" && options.has("-o")) writeTo(call, changes, options.get("-o"));
    else changes.mayBuildBelow(call.directory ?? "/");
  },
};
