import { baseName } from "../../../model/stage/paths.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import { readOptions } from "../shell/shell-options.ts";

/** A command that unpacks a whole archive. */
export interface Extraction {
  /** As written, without quotes. */
  readonly archive: string;
  /** Where to, as written; the shell's directory when it is not said. */
  readonly directory: string | undefined;
}

/** Programs that uncompress a file in place; of a tar archive they leave a tar archive. */
const UNCOMPRESS = ["gunzip", "bunzip2", "unlzma", "unxz", "uncompress", "unzip", "zcat", "gzcat", "zgz"];

/** All programs whose commands are read here. */
export const EXTRACTING: readonly string[] = ["tar", ...UNCOMPRESS];

/** Reads `tar -x` of whole archives and programs that uncompress; undefined for any other command. */
export function readExtraction({ name, arguments: words }: Command): Extraction | undefined {
  const program = baseName(name?.literal ?? "");
  if (UNCOMPRESS.includes(program)) {
    const archive = words.map((it) => it.literal ?? "").find((it) => /\.t/.test(it) && !it.startsWith("-"));
    return archive === undefined ? undefined : { archive, directory: undefined };
  }
  if (program !== "tar") return undefined;
  const [first, ...rest] = words;
  // `tar xzf archive`: the first word is a group of options, whose values follow.
  const isOld =
    first !== undefined && /^[a-zA-Z]+$/.test(first.literal ?? "") && /^[xzjJvfpkma]*x/.test(first.raw);
  const { options, operands } = isOld
    ? readOptions([{ ...first, raw: `-${first.raw}`, literal: `-${first.raw}` }, ...rest], TAR_VALUED)
    : readOptions(words, TAR_VALUED);
  const given = (...names: string[]) => options.find((it) => names.includes(it.name))?.value;
  const extracts = options.some((it) => ["x", "extract", "get"].includes(it.name));
  const file = given("f", "file");
  if (!extracts || file === undefined || operands.length > 0) return undefined;
  if (options.some((it) => !PLAIN.has(it.name))) return undefined;
  return {
    archive: file.replaceAll(/["']/g, ""),
    directory: given("C", "directory")?.replaceAll(/["']/g, ""),
  };
}

const TAR_VALUED =
  "f file C directory T files-from X exclude-from exclude strip-components strip transform xform owner group";

/** Options with which tar does what ADD does too. */
const PLAIN: ReadonlySet<string> = new Set(
  (
    "x extract get f file C directory z gzip j bzip2 J xz zstd a auto-compress v verbose p preserve-permissions " +
    "same-permissions same-owner o no-same-owner warning totals checkpoint m touch"
  ).split(" "),
);
