import type { Command } from "../../../syntax/shell/script.ts";

/**
 * Does the command certainly make a new entry in the directory that it starts in? Package managers of JavaScript make
 * `node_modules`, whatever stands in the manifest; `go build` the binary.
 */
export function writesToDirectory({ name, arguments: words }: Command): boolean {
  const writes =
    name?.literal !== undefined && Object.hasOwn(WRITERS, name.literal) ? WRITERS[name.literal] : undefined;
  if (!writes) return false;
  const literals = words.flatMap((it) => it.literal ?? []);
  if (literals.length !== words.length) return false;
  const operands = literals.filter((it) => !it.startsWith("-"));
  return writes(literals, operands);
}

const WRITERS: Readonly<Record<string, (words: readonly string[], operands: readonly string[]) => boolean>> =
  {
    npm: (words, [verb, ...rest]) =>
      /^(ci|clean-install|install|i)$/.test(verb ?? "") && rest.length === 0 && !isElsewhere(words),
    pnpm: (words, [verb, ...rest]) =>
      /^(install|i)$/.test(verb ?? "") && rest.length === 0 && !isElsewhere(words),
    python: (words) => makesEnvironment(words),
    python3: (words) => makesEnvironment(words),
    mkdir: (_, operands) => operands.some(isNewHere),
    touch: (_, operands) => operands.some(isNewHere),
    go: (words, [verb, output]) =>
      verb === "build" &&
      words[words.indexOf("-o") + 1] === output &&
      words.includes("-o") &&
      isNewHere(output ?? "/"),
  };

/** `python -m venv .venv` */
function makesEnvironment(words: readonly string[]): boolean {
  return (
    words.length === 3 &&
    words[0] === "-m" &&
    words[1] === "venv" &&
    /^(\.\/)?\.?[\w-]+\/?$/.test(words[2] ?? "/")
  );
}

function isElsewhere(words: readonly string[]): boolean {
  return words.some((it) =>
    /^(-g|--global|--prefix|-C|--dir|--dry-run|--package-lock-only|--lockfile-only|--location)(=|$)/.test(it),
  );
}

export const DIRECTORY_WRITERS: readonly string[] = Object.keys(WRITERS);

/** A name in this directory itself: one further down may be somebody else's. */
function isNewHere(path: string): boolean {
  return /^(\.\/)?[\w-][\w.-]*\/?$/.test(path);
}
