/**
 * `npm run package-names`: writes the index of Debian's packages that ships with the server, their names and the programs that
 * come with them, from the lists that apt fetches for each release. On Debian.
 */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { LEFT_OUT } from "../../server/src/model/image/package-index.ts";
import { grouped } from "../../server/src/text/grouped.ts";
import { openSuite } from "./debian.ts";
import { command, Expected } from "./ending.ts";
import { type Brought, neverBrought, ProgramCodes, programsBrought } from "./package-programs.ts";
import { fromRoot, root } from "./places.ts";

const file = path.join(root, "server/src/model/image/debian-packages.txt.br");

/** The releases that images still stand on and whose packages are on the mirrors. */
const RELEASES = { bullseye: "11", bookworm: "12", trixie: "13" };

/** A name that more packages provide says nothing of which one is meant. */
const MOST_PROVIDERS = 5;

await command(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "plimsoll-packages-"));
  try {
    const releasesOf = new Map<string, string[]>();
    const provided: string[] = [];
    const brought = new Map<string, Brought>();
    for (const [suite, release] of Object.entries(RELEASES)) {
      console.log(`Reading Debian ${release} (${suite})`);
      const opened = await openSuite(suite, folder, {
        updates: true,
        architectures: ["amd64", "arm64"],
      });
      const { packages, providers } = namesIn(await opened.lists());
      const { required, recommended } = await programsBrought(opened);
      brought.set(`${release} required`, required).set(`${release} recommended`, recommended);
      const several = [...providers].filter(([, by]) => by.size > 1 && by.size <= MOST_PROVIDERS);
      for (const name of [...packages, ...[...providers].flatMap(([it, by]) => (by.size === 1 ? [it] : []))])
        if (!LEFT_OUT.test(name)) releasesOf.set(name, [...(releasesOf.get(name) ?? []), release]);
      provided.push(
        part(
          "?",
          release,
          several.filter(([it]) => !LEFT_OUT.test(it)).map(([it, by]) => [it, ...[...by].sort()].join(" ")),
        ),
      );
    }
    const never = neverBrought(brought.values());
    if (never.length > 0) throw new Expected(`No package brings ${never.join(", ")}.`);
    const sets = grouped(releasesOf.keys(), (name) => releasesOf.get(name)?.join(" ") ?? "");
    const codes = new ProgramCodes();
    const parts = [...sets].sort().flatMap(([releases, names]) => [
      part("=", releases, names),
      ...releases.split(" ").flatMap((release) =>
        ["required", "recommended"].map((kind) => {
          const masks = brought.get(`${release} ${kind}`);
          const line = [...names].sort().map((it) => codes.of(masks?.get(it) ?? 0n));
          return `+ ${release} ${kind}\n${line.join("")}\n`;
        }),
      ),
    ]);
    const date = new Date().toISOString().slice(0, 10);
    const about = `# Packages of Debian's main archive with its updates, amd64 and arm64. deb.debian.org, ${date}\n`;
    const text = about + [...parts, ...provided, codes.legend()].join("");
    writeFileSync(file, compressed(text));
    console.log(`Written: ${fromRoot(file)}, ${releasesOf.size} names.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
});

interface Names {
  readonly packages: ReadonlySet<string>;
  /** Names that are no package of their own, and what provides each. */
  readonly providers: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Reads lists of packages, RFC 822 paragraphs (Debian policy, chapter 5). */
function namesIn(lists: readonly string[]): Names {
  const packages = new Set<string>();
  const providers = new Map<string, Set<string>>();
  const paragraphs = lists.flatMap((it) => it.split("\n\n"));
  for (const paragraph of paragraphs) {
    const name = /^Package: (\S+)/m.exec(paragraph)?.[1];
    if (name !== undefined) packages.add(name);
    for (const entry of name === undefined
      ? []
      : (/^Provides: (.*)/m.exec(paragraph)?.[1] ?? "").split(",")) {
      const [provided = ""] = entry.trim().split(/[\s:(]/);
      if (name !== undefined && provided !== "")
        providers.set(provided, (providers.get(provided) ?? new Set()).add(name));
    }
  }
  for (const it of packages) providers.delete(it);
  return { packages, providers };
}

function part(kind: "=" | "?", releases: string, lines: readonly string[]): string {
  return `${kind} ${releases}\n${[...lines].sort().join("\n")}\n`;
}

function compressed(text: string): Buffer {
  const bytes = Buffer.from(text);
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}
