import { posix } from "node:path";

/** What of an instruction is looked at here; `text` as written. */
export interface Instruction {
  readonly keyword: string;
  readonly text: string;
}

/** What a stage took from the build context, up to one of its instructions. */
export interface CopiedFiles {
  /** Where relative paths of that instruction begin; undefined when a variable that is not known decides. */
  readonly workdir: string | undefined;
  /** Where in the build context a file of the image may come from, likeliest first; relative, with `/`. `file` is absolute in the image. */
  sourcesOf(file: string): readonly string[];
}

interface Copy {
  /** Relative to the context, with `/`; `.` for all of it. */
  readonly source: string;
  /** Absolute in the image. */
  readonly destination: string;
  /** The folder's own contents land in the destination, or the file becomes it. */
  readonly keepsPath: boolean;
}

/**
 * `chain` is that of the instruction's stage, oldest first, and ends with the instruction itself. `base` is the working directory
 * that the base image sets.
 */
export function copiedFiles(chain: readonly Instruction[], base = "/"): CopiedFiles {
  let workdir: string | undefined = base;
  const copies: Copy[] = [];
  for (const [at, { keyword, text }] of chain.entries()) {
    const name = keyword.toUpperCase();
    if (name === "WORKDIR") workdir = resolved(workdir, wordsOf(text)[1]);
    else if (name === "COPY" || name === "ADD") copies.push(...copiesOf(text, workdir));
    else if (name === "RUN" && at === chain.length - 1) copies.push(...mountsOf(text, workdir));
  }
  return {
    workdir,
    sourcesOf: (file) => [...new Set(copies.toReversed().flatMap((it) => sourcesIn(it, file)))],
  };
}

/** Undefined when the path cannot be told. */
function resolved(workdir: string | undefined, path: string | undefined): string | undefined {
  if (path === undefined || path.includes("$")) return undefined;
  if (path.startsWith("/")) return posix.normalize(path);
  return workdir === undefined ? undefined : posix.resolve(workdir, path);
}

function copiesOf(text: string, workdir: string | undefined): readonly Copy[] {
  const [, ...words] = wordsOf(text);
  const flags = words.filter((it) => it.startsWith("--"));
  // Of another stage or image.
  if (flags.some((it) => it.startsWith("--from="))) return [];
  const paths = words.slice(flags.length);
  const destination = resolved(workdir, paths.at(-1));
  if (destination === undefined) return [];
  const keepsPath = flags.some((it) => /^--parents(?:=true)?$/.test(it));
  return paths
    .slice(0, -1)
    .filter((it) => !/^[a-z]+:\/\/|^git@|^<<|\$/.test(it))
    .map((it) => ({ source: posix.normalize(it.replace(/^\/+/, "")) || ".", destination, keepsPath }));
}

/** `RUN --mount=type=bind,source=.,target=/src` of the context. */
function mountsOf(text: string, workdir: string | undefined): readonly Copy[] {
  return wordsOf(text)
    .slice(1)
    .filter((it) => it.startsWith("--mount="))
    .flatMap((it) => {
      const fields = new Map(
        it
          .slice("--mount=".length)
          .split(",")
          .map((field): [string, string] => {
            const [name = "", ...value] = field.split("=");
            return [name, value.join("=")];
          }),
      );
      const target = fields.get("target") ?? fields.get("dst") ?? fields.get("destination");
      const destination = resolved(workdir, target);
      const isBind = (fields.get("type") ?? "bind") === "bind" && !fields.has("from");
      if (!isBind || destination === undefined) return [];
      const source = fields.get("source") ?? fields.get("src") ?? ".";
      return [{ source: posix.normalize(source.replace(/^\/+/, "") || "."), destination, keepsPath: false }];
    });
}

function sourcesIn({ source, destination, keepsPath }: Copy, file: string): readonly string[] {
  const plain = source.replace(/\/$/, "");
  const hasPattern = /[*?[]/.test(plain);
  if (file === destination) return hasPattern ? [] : [plain];
  const folder = destination.endsWith("/") ? destination : `${destination}/`;
  if (!file.startsWith(folder)) return [];
  const rest = file.slice(folder.length);
  if (keepsPath) return [rest];
  // `COPY src /app` brings what is in src; `COPY main.go /app/` and `COPY cmd/*.go /app/` bring files under their own names.
  const beside = posix.join(posix.dirname(plain), rest);
  if (hasPattern) return [beside];
  return posix.basename(plain) === rest ? [beside, posix.join(plain, rest)] : [posix.join(plain, rest)];
}

/** Words of an instruction as far as paths need them: continuations joined, quotes taken off, JSON form read. */
function wordsOf(text: string): readonly string[] {
  const flat = text.replace(/[\\`][ \t]*\r?\n(?:[ \t]*#.*\r?\n)*/g, " ").split(/\r?\n/)[0] ?? "";
  const json = /^(\s*\S+(?:\s+--\S+)*)\s+(\[.*\])\s*$/.exec(flat);
  const plain = (json?.[1] ?? flat).match(/(?:"[^"]*"|'[^']*'|\S)+/g) ?? [];
  const words = plain.map((it) => it.replace(/["']/g, ""));
  return json?.[2] === undefined ? words : [...words, ...fromJson(json[2])];
}

function fromJson(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((it) => typeof it === "string") : [];
  } catch {
    return [];
  }
}
