import { baseName, below, directoryOf, isWithin, joinPath, resolvePath } from "../../paths.ts";
import { mayLeadOutside } from "../project-build.ts";
import { withoutComments } from "../without-comments.ts";
import { importsOf, mayWriteItself, pathSetting } from "./configuration.ts";
import type { NodeProject } from "./project.ts";

/** What a bundler writes. */
export interface Bundle {
  /** Directories, absolute. */
  readonly outputs: readonly string[];
  /** Programs that it certainly makes; where they are known no other module is made below the outputs. */
  readonly files?: readonly string[] | undefined;
}

/** Paths below the outputs of a bundle that it may write: of modules only the known ones, where they are known. */
export function mayBeOf({ files }: Bundle): ((path: string) => boolean) | undefined {
  if (!files) return undefined;
  const made = new Set(files);
  return (path) => !/\.[cm]?js$/.test(path) || made.has(path);
}

/**
 * `esbuild src/index.ts --outfile=dist/server.js`, `--outdir=dist`: laid out from the deepest folder that holds all entries
 * (esbuild.github.io; tried with 0.25, 2026-11). Undefined where words are not plain.
 */
export function esbuildBundle(words: readonly string[], { directory }: NodeProject): Bundle | undefined {
  const option = (name: string) => words.find((it) => it.startsWith(`--${name}=`))?.slice(name.length + 3);
  const entries = words.filter((it) => !it.startsWith("-"));
  const [file, folder] = [option("outfile"), option("outdir")];
  if (file !== undefined) {
    const path = resolvePath(directory, file);
    return path === undefined ? undefined : { outputs: [outputFolder(path, directory)], files: [path] };
  }
  const output = folder === undefined ? undefined : resolvePath(directory, folder);
  if (output === undefined || entries.length === 0) return undefined;
  const ending = words.find((it) => it.startsWith("--out-extension:.js="))?.replace(/^.*=/, "") ?? ".js";
  const isPlain = !words.some((it) => /^--(splitting|entry-names|outbase)/.test(it));
  const files = isPlain ? namedAs(entries, output, directory, [ending]) : undefined;
  return { outputs: [output], files };
}

/** A file at the project's root is no directory that holds what is built. */
function outputFolder(file: string, directory: string): string {
  return directoryOf(file) === directory ? file : directoryOf(file);
}

/** Entries as they are called in the output; undefined where they are patterns. */
function namedAs(
  entries: readonly string[],
  output: string,
  directory: string,
  endings: readonly string[],
): readonly string[] | undefined {
  const paths = entries.map((it) => resolvePath(directory, it));
  if (entries.some((it) => !/^[\w@./-]+\.[cm]?[jt]sx?$/.test(it)) || paths.includes(undefined))
    return undefined;
  const known = paths.flatMap((it) => it ?? []);
  let common = directoryOf(known[0] ?? "/");
  for (const it of known) while (!isWithin(it, common)) common = directoryOf(common);
  return known.flatMap((it) =>
    endings.map((ending) => joinPath(output, below(it, common).replace(/\.[cm]?[jt]sx?$/, ending))),
  );
}

/**
 * tsup: CommonJS is `.js`, and ES modules `.mjs`, but in a package of `"type": "module"` `.cjs` and `.js` (tsup.egoist.dev; tried with
 * 8.5, 2026-11). `output` is where it writes to.
 */
export function tsupFiles(
  words: readonly string[],
  configuration: string,
  output: string,
  { directory, type }: NodeProject,
): readonly string[] | undefined {
  const given = words.filter((it, at) => !it.startsWith("-") && !/^-/.test(words[at - 1] ?? ""));
  if (
    words.some(
      (it, at) => !it.startsWith("-") && /^-/.test(words[at - 1] ?? "") && /\.[cm]?[jt]sx?$/.test(it),
    )
  )
    return undefined;
  const entries = given.length > 0 ? given : textsOf(configuration, "entry");
  const formats = optionValue(words, "--format")?.split(",") ?? textsOf(configuration, "format") ?? ["cjs"];
  const isSplit = /splitting|entryPoints|defineConfig\(\s*\[|=>\s*\(?\s*[{[]/.test(configuration);
  if (!entries || isSplit || formats.some((it) => it !== "cjs" && it !== "esm")) return undefined;
  // ES modules share code in files of their own.
  if (entries.length > 1 && formats.includes("esm")) return undefined;
  const endings = formats.map((it) =>
    type === "module" ? (it === "esm" ? ".js" : ".cjs") : it === "esm" ? ".mjs" : ".js",
  );
  return namedAs(entries, output, directory, endings);
}

/** The texts of a setting that stands once: `entry: ["src/index.ts"]`, `format: "esm"`. */
function textsOf(configuration: string, name: string): readonly string[] | undefined {
  const plain = withoutComments(configuration);
  const mentions = plain.split(new RegExp(`\\b${name}\\b`)).length - 1;
  const value = new RegExp(
    `\\b${name}\\s*:\\s*(?:\\[([^\\]{}]*)\\]|("[^"\\n]*"|'[^'\\n]*'))\\s*[,}\\n]`,
  ).exec(plain);
  const list = value?.[1] ?? value?.[2];
  if (mentions !== 1 || list === undefined) return undefined;
  const items = list
    .split(",")
    .map((it) => it.trim())
    .filter((it) => it !== "");
  const texts = items.map((it) => /^["']([^"']*)["']$/.exec(it)?.[1]);
  return texts.includes(undefined) ? undefined : texts.flatMap((it) => it ?? []);
}

/**
 * `output.path` and `output.filename`, `dist` and `[name].js` without (webpack.js.org; tried with 5, 2026-11). Undefined where the
 * configuration works them out, or may write elsewhere.
 */
export function webpackBundle(
  words: readonly string[],
  text: string | null,
  { directory }: NodeProject,
): Bundle | undefined {
  const at = words.findIndex((it) => it === "-o" || it === "--output-path");
  const given =
    at < 0 ? words.find((it) => it.startsWith("--output-path="))?.replace(/^[^=]*=/, "") : words[at + 1];
  const plain = withoutComments(text ?? "");
  if (
    mayWriteItself(plain) ||
    mayLeadOutside(plain) ||
    importsOf(plain).some((it) => it.startsWith(".")) ||
    /merge\(|extends/.test(plain)
  )
    return undefined;
  const mentions = plain.split(/\boutput\b/).length - 1;
  const block = /\boutput\s*:\s*\{([^{}]*)\}/.exec(plain)?.[1];
  if (mentions > 1 || (mentions === 1 && block === undefined)) return undefined;
  const own = block === undefined ? "dist" : pathIn(block);
  const output = given ?? own;
  const path = output === undefined ? undefined : resolvePath(directory, output);
  if (path === undefined) return undefined;
  const name =
    block === undefined ? undefined : /\bfilename\s*:\s*["']([\w.-]+\.[cm]?js)["']/.exec(block)?.[1];
  const isOne = name !== undefined && !/splitChunks|runtimeChunk|import\(|chunkFilename/.test(plain);
  return { outputs: [path], files: isOne ? [joinPath(path, name)] : undefined };
}

function pathIn(block: string): string | undefined {
  if (!/\bpath\s*:/.test(block)) return "dist";
  const joined =
    /\bpath\s*:\s*(?:require\(["'](?:node:)?path["']\)\.|path\.)?(?:resolve|join)\(\s*(?:__dirname|import\.meta\.dirname|process\.cwd\(\))\s*,\s*["']([\w./-]+)["']\s*\)/.exec(
      block,
    )?.[1];
  return (
    joined ?? /\bpath\s*:\s*(?:__dirname|`\$\{__dirname\})\s*(?:\+\s*["'])?\/([\w./-]+)["'`]/.exec(block)?.[1]
  );
}

/** `output.dir`, `output.file`, `-d`, `-o` (rollupjs.org; tried with 4, 2026-11). */
export function rollupBundle(
  words: readonly string[],
  text: string | null,
  { directory }: NodeProject,
): Bundle | undefined {
  const given = optionValue(words, "-d", "--dir") ?? optionValue(words, "-o", "--file");
  const plain = withoutComments(text ?? "");
  if (
    mayWriteItself(plain) ||
    importsOf(plain).some((it) => it.startsWith(".")) ||
    /copy\(|process\.env/.test(plain)
  )
    return undefined;
  if (given !== undefined) {
    const path = resolvePath(directory, given);
    return path === undefined
      ? undefined
      : { outputs: [/\.\w+$/.test(given) ? outputFolder(path, directory) : path] };
  }
  const settings = [pathSetting(plain, "dir", directory), pathSetting(plain, "file", directory)];
  const values = settings.flatMap((it) => it.values);
  if (settings.some((it) => it.isOpen) || values.length === 0) return undefined;
  return {
    outputs: [
      ...new Set(values.map((it) => (/\.\w+$/.test(baseName(it)) ? outputFolder(it, directory) : it))),
    ],
  };
}

/** The value of an option by any of its names, behind `=` or in the next word. */
function optionValue(words: readonly string[], ...names: readonly string[]): string | undefined {
  const at = words.findIndex((it) => names.includes(it));
  return at < 0
    ? words.find((it) => names.some((name) => it.startsWith(`${name}=`)))?.replace(/^[^=]*=/, "")
    : words[at + 1];
}
