import type { LeftoverKind } from "../leftovers/leftovers.ts";
import { packageCacheOf } from "../leftovers/package-caches.ts";
import type { ImageCosts, LayerMaker, LineWaste } from "./line-costs.ts";
import type { ChainLine } from "./map-lines.ts";

/** Something measured that a line of a Dockerfile can do something about. */
export interface Finding {
  /** How bytes are carried for nothing; `duplicate`: the same content at two places; else what is not needed. */
  readonly kind: LineWaste["how"] | "duplicate" | LeftoverKind;
  readonly bytes: number;
  /** How many files; of duplicates, how many places. */
  readonly files: number;
  /** Largest first. */
  readonly places: readonly string[];
  /** Whose caches or tools; empty for the others. */
  readonly owners: readonly string[];
  /** The instruction that it is said of. */
  readonly line: ChainLine;
  /** Who stored the bytes that `line` hides, or has the other copy. */
  readonly other: LayerMaker | undefined;
  /** Rules of the language server that may see the same mistake, in the text alone. */
  readonly twins: readonly Twin[];
}

/** A finding of the language server that speaks of the same mistake. */
export interface Twin {
  readonly rule: string;
  /** Whether it stands on the finding's line or on the other one. */
  readonly on: "line" | "other";
  /** Names or paths of which its message mentions one; absent where it names none and cannot mean another. */
  readonly words?: readonly string[];
}

/** What was measured, each mistake once, largest first. `least`: bytes below which nothing is said. */
export function findingsOf({ waste, duplicates, leftovers }: ImageCosts, least: number): Finding[] {
  const found: Finding[] = [
    ...waste.flatMap(({ how, bytes, files, places, storedBy, hiddenBy }) =>
      isLine(hiddenBy)
        ? [
            {
              ...{ kind: how, bytes, files, line: hiddenBy, other: storedBy, owners: [] },
              places: places.map((it) => it.path),
              twins: twinsOfWaste(
                how,
                places.map((it) => it.path),
              ),
            },
          ]
        : [],
    ),
    ...duplicates.flatMap(({ bytes, places }): Finding[] => {
      const last = places.findLast((it) => isLine(it.maker));
      const first = places.find((it) => it !== last);
      if (!last || !first || !isLine(last.maker)) return [];
      return [
        {
          ...{ kind: "duplicate", bytes, files: places.length, line: last.maker, other: first.maker },
          ...{ places: [last.path, first.path], owners: [], twins: [] },
        },
      ];
    }),
    ...leftovers.map(
      ({ kind, bytes, files, places, owners, storedBy }): Finding => ({
        ...{ kind, bytes, files, line: storedBy, other: undefined, owners },
        places: places.map((it) => it.path),
        twins: twinsOfLeftover(kind, owners),
      }),
    ),
  ];
  return found.filter((it) => it.bytes >= least).sort((a, b) => b.bytes - a.bytes);
}

/** Did an instruction of the Dockerfile make it, and neither the base image nor nobody known? */
export function isLine(maker: LayerMaker | undefined): maker is ChainLine {
  return typeof maker === "object";
}

function twinsOfWaste(how: LineWaste["how"], places: readonly string[]): readonly Twin[] {
  if (how === "rewritten") return [{ rule: "copy-then-chown", on: "line", words: places }];
  if (how === "overwritten")
    return [{ rule: "host-dependencies-copied", on: "line", words: modulesIn(places) }];
  const caches = places.flatMap((it) => packageCacheOf(`${it}/x`, true)?.owner ?? []);
  return [
    { rule: "deleted-later", on: "line", words: places },
    ...(places.every((it) => ARCHIVE.test(it)) ? [{ rule: "copy-then-extract", on: "other" } as const] : []),
    { rule: "archive-left", on: "other", words: places },
    ...(caches.length === places.length ? twinsOfLeftover("package-cache", caches, "other") : []),
  ];
}

const ARCHIVE = /\.(?:tar(?:\.\w+)?|t[gx]z|tbz2?)$/;

function modulesIn(places: readonly string[]): string[] {
  return places.some((it) => /\/node_modules(\/|$)/.test(it)) ? ["node_modules"] : [];
}

function twinsOfLeftover(
  kind: LeftoverKind,
  owners: readonly string[],
  on: Twin["on"] = "line",
): readonly Twin[] {
  const twin = (rule: string, words: readonly string[]): Twin => ({ rule, on, words });
  if (kind === "package-cache")
    return [
      twin("package-cache-left", [...owners, ...(owners.includes("dnf") ? ["yum", "microdnf"] : [])]),
      twin("no-cache-mount", owners),
    ];
  if (kind === "repository") return [twin("copy-all-without-dockerignore", [".git"])];
  if (kind === "host-dependencies")
    return [
      twin("host-dependencies-copied", ["node_modules"]),
      twin("copy-all-without-dockerignore", ["node_modules"]),
    ];
  return [];
}

/** Does a message of the language server mention what a twin is about: a name, or a path that is one of the words or above or below one? */
export function mentions(message: string, words: readonly string[] | undefined): boolean {
  if (words === undefined) return true;
  const said = message.split(/[\s,:;]+/).map((it) => it.replace(/^["'`(]+|["'`).]+$/g, ""));
  return words.some((word) =>
    said.some(
      (it) =>
        it.toLowerCase() === word.toLowerCase() ||
        // archive-left names a file without its folder.
        (word.startsWith("/") && it.includes(".") && word.endsWith(`/${it}`)) ||
        (it.startsWith("/") && word.startsWith("/") && (isWithin(word, it) || isWithin(it, word))),
    ),
  );
}

function isWithin(path: string, folder: string): boolean {
  return folder !== "/" && path.startsWith(`${folder.replace(/\/$/, "")}/`);
}
