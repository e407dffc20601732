import type { SourceFile } from "../../model/stage/state.ts";

/** A place in a program's sources that asks something of the image. */
export interface SourceNeed {
  /** The call or the import, as the source has it. */
  readonly what: string;
  readonly path: string;
}

/**
 * Does a Go program load a time zone by name? `UTC`, `Local` and the empty name need no database, and a program that
 * imports time/tzdata, or is built with the tag timetzdata, brings its own (pkg.go.dev/time, read 2026-11).
 */
export function usesTimeZones(sources: readonly SourceFile[]): SourceNeed | undefined {
  if (importsTimeZones(sources)) return undefined;
  for (const { path, text } of sources) {
    const call = /\btime\.LoadLocation\(\s*"(?!(?:UTC|Local)?")([^"]+)"\s*\)/.exec(withoutComments(text));
    if (call) return { what: `time.LoadLocation("${call[1]}")`, path };
  }
  return undefined;
}

/** Does the program bring the time zones itself? */
export function importsTimeZones(sources: readonly SourceFile[]): boolean {
  return sources.some(({ text }) => /^\s*(import\s+)?_\s+"time\/tzdata"/m.test(text));
}

/** Does a Go program call a server over HTTPS whose address stands in its sources? */
export function callsHttps(sources: readonly SourceFile[]): SourceNeed | undefined {
  // Packages of roots come with the program.
  if (
    sources.some(({ text }) =>
      /"golang\.org\/x\/crypto\/x509roots\/fallback"|\/certifi"|\/rootcerts"/.test(text),
    )
  )
    return undefined;
  for (const { path, text } of sources) {
    const plain = withoutComments(text);
    const isClient =
      /\bhttp\.(Get|Post|PostForm|Head|NewRequest|NewRequestWithContext)\(|\bhttp\.(Client|DefaultClient)\b/.test(
        plain,
      ) && /"net\/http"/.test(plain);
    const address = /["`](https:\/\/[\w.-]+\.[a-z]{2,})[^"`]*["`]/.exec(plain)?.[1];
    if (isClient && address !== undefined && !/InsecureSkipVerify:\s*true|RootCAs:/.test(plain))
      return { what: address, path };
    if (/\btls\.Dial(er|WithDialer)?\b/.test(plain) && !/InsecureSkipVerify:\s*true|RootCAs:/.test(plain))
      return { what: "tls.Dial", path };
  }
  return undefined;
}

/** Does a Go program start others, or load plugins? */
export function startsPrograms(sources: readonly SourceFile[]): boolean {
  return sources.some(({ text }) =>
    /^\s*(?:import\s+)?(?:[\w.]+\s+)?"(?:os\/exec|plugin)"|\bsyscall\.Exec\(/m.test(withoutComments(text)),
  );
}

/** Line comments that fill a line, and block comments, are left out. */
function withoutComments(text: string): string {
  return text.replace(/^\s*\/\/.*$/gm, "").replace(/\/\*[\s\S]*?\*\//g, "");
}
