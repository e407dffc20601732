import { baseName } from "../paths.ts";
import {
  type CommandFamily,
  mayWriteBelowOperand,
  optionSet,
  pathOf,
  readWords,
  writeTo,
} from "./command-family.ts";

const TAR_OPTIONS = optionSet(
  "-f --file -C --directory --strip-components --exclude -T --transform --owner --group --mode",
);

/** Unpacks below `-C` or the shell's directory; `c` makes the archive. */
export const tar: CommandFamily = {
  programs: ["tar", "bsdtar"],
  run(call, changes) {
    const [mode, ...rest] = call.words;
    // The old way of writing options, without a dash: `tar xzf file`.
    const dashed = mode !== undefined && /^[a-zA-Z]+$/.test(mode) ? [`-${mode}`, ...rest] : call.words;
    const { options } = readWords(dashed, TAR_OPTIONS);
    const letters = dashed.filter((it) => it !== undefined && /^-[a-zA-Z]+$/.test(it)).join("");
    if (options.has("-c") || options.has("--create") || letters.includes("c")) {
      const file = options.get("-f") ?? options.get("--file");
      if (file !== "-") writeTo(call, changes, file);
    } else if (!options.has("-t") && !options.has("--list")) {
      const directory = options.has("-C")
        ? options.get("-C")
        : options.has("--directory")
          ? options.get("--directory")
          : ".";
      mayWriteBelowOperand(call, changes, directory);
      // As root it restores the owners that the archive names, of the directory itself too.
      changes.mayChangeOwners(pathOf(call, directory) ?? "/");
    }
  },
};

export const unzip: CommandFamily = {
  programs: ["unzip", "cpio", "7z"],
  run(call, changes) {
    const { options } = readWords(call.words, optionSet("-d -x"));
    mayWriteBelowOperand(call, changes, options.has("-d") ? options.get("-d") : ".");
  },
};

/** Packs or unpacks one file beside itself, or to standard output. */
export const zip: CommandFamily = {
  programs: ["gzip", "gunzip", "bzip2", "bunzip2", "xz", "unxz", "zstd", "unzstd", "zip", "upx", "zcat"],
  run(call, changes) {
    const { options, operands } = readWords(call.words, optionSet("-o -S"));
    if (options.has("-c") || call.program === "upx" || call.program === "zcat") return;
    for (const operand of operands) {
      const path = pathOf(call, operand);
      if (path === undefined) mayWriteBelowOperand(call, changes, operand === undefined ? undefined : ".");
      else if (/\.\w+$/.test(baseName(path)) && /^un|^gun|^bun/.test(call.program))
        changes.write(path.replace(/\.\w+$/, ""), "file");
      else changes.mayWriteBelow(path.slice(0, path.lastIndexOf("/")) || "/");
    }
  },
};
