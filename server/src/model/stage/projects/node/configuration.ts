import { isWithin, resolvePath } from "../../paths.ts";
import { withoutComments } from "../without-comments.ts";

/** Names of a configuration file of JavaScript: `vite.config` → `vite.config.js` … */
export function configurationNames(stem: string): readonly string[] {
  return ["js", "ts", "mjs", "mts", "cjs", "cts"].map((it) => `${stem}.${it}`);
}

/** What a configuration's text says of a setting that holds a path. */
export interface PathSetting {
  /** Absolute, where each mention of the setting is a text or a path made of the configuration's own folder and one. */
  readonly values: readonly string[];
  /** Is it mentioned in a way that does not say which path it is? */
  readonly isOpen: boolean;
}

/** Reads a setting by its name wherever it stands in the text: `outDir: "dist"`, `outDir: path.resolve(__dirname, "dist")`. */
export function pathSetting(text: string, name: string, directory: string): PathSetting {
  const plain = withoutComments(text);
  const mentions = plain.split(new RegExp(`\\b${name}\\b`)).length - 1;
  const key = `\\b${name}["']?\\s*:\\s*`;
  const end = "\\s*(?=[,;}\\n\\r]|$)";
  const plainText = new RegExp(`${key}["']([\\w./@ -]+)["']${end}`, "g");
  const joined = new RegExp(
    `${key}(?:path\\.)?(?:resolve|join)\\(\\s*(?:__dirname|import\\.meta\\.dirname|process\\.cwd\\(\\))\\s*,\\s*["']([\\w./@ -]+)["']\\s*\\)${end}`,
    "g",
  );
  const values = [...plain.matchAll(plainText), ...plain.matchAll(joined)].flatMap(
    (it) => resolvePath(directory, it[1] ?? "") ?? [],
  );
  return { values, isOpen: values.length !== mentions };
}

/** What a module of JavaScript imports or requires, as it is written there. */
export function importsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*["']([^"'\n]+)["']/g)].map(
    (it) => it[1] ?? "",
  );
}

/** Does a configuration's own code write files, or run programs? */
export function mayWriteItself(text: string): boolean {
  return /writeFile|copyFile|\bcp(Sync)?\(|mkdir|outputFile|\bexec|spawn|writeBundle|closeBundle|generateBundle|buildEnd|\.emit\b/.test(
    text,
  );
}

/** Is each of these below the directory? */
export function areWithin(paths: readonly string[], directory: string): boolean {
  return paths.every((it) => isWithin(it, directory));
}
