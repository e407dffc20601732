import type { SourceFile } from "../../../model/stage/state.ts";
import { callsOf } from "../../../syntax/program/calls.ts";
import { type Program, readProgram } from "../../../syntax/program/program.ts";

/** A place in a program's sources that asks something of the image. */
export interface SourceNeed {
  /** The call or the import, as the source has it. */
  readonly what: string;
  readonly path: string;
}

/**
 * Does a Go program load a time zone by name, one of its own or one that a request names? `UTC`, `Local` and the empty name need no database, and a program that
 * imports time/tzdata, or is built with the tag timetzdata, brings its own (pkg.go.dev/time, read 2026-11).
 */
export function usesTimeZones(sources: readonly SourceFile[]): SourceNeed | undefined {
  if (importsTimeZones(sources)) return undefined;
  for (const { path, text } of sources) {
    const call = /\btime\.LoadLocation\(\s*"(?!(?:UTC|Local)?")([^"]+)"\s*\)/.exec(withoutComments(text));
    if (call) return { what: `time.LoadLocation("${call[1]}")`, path };
  }
  return usesNamedZone(sources);
}

/** The same by a constant, a variable that is given the name of a zone, or what comes with a request. */
function usesNamedZone(sources: readonly SourceFile[]): SourceNeed | undefined {
  const using = sources.filter(({ text }) => text.includes("time.LoadLocation("));
  if (using.length === 0) return undefined;
  const programs = sources.map(({ text }) => readProgram(text, "go"));
  for (const { path, text } of using) {
    const own = readProgram(text, "go");
    for (const { arguments: words } of callsOf(own, /\btime\.LoadLocation(?=\s*\()/g)) {
      const [argument] = words;
      if (!argument) continue;
      const name = /^\*?((?:\w+\.)?\w+)$/.exec(argument.text)?.[1]?.replace(/^.*\./, "");
      const zone = name === undefined ? undefined : zoneOf(name, [own, ...programs]);
      const isAsked = OF_REQUEST.test(argument.text);
      if (zone !== undefined || isAsked)
        return { what: `time.LoadLocation(${zone === undefined ? argument.text : `"${zone}"`})`, path };
    }
  }
  return undefined;
}

/** The name of a zone that a variable or constant, or the flag that it is, is given somewhere. */
function zoneOf(name: string, programs: readonly Program[]): string | undefined {
  const given = new RegExp(
    `(?<![.\\w])${name}(?:[ \\t]+string)?[ \\t]*:?=[ \\t]*(?:flag\\.String\\([ \\t]*"[^"\\n]*",[ \\t]*)?"((?:Africa|America|Antarctica|Asia|Atlantic|Australia|Canada|Europe|Indian|Pacific|US)/[A-Za-z_/+-]+)"`,
  );
  for (const { code } of programs) {
    const zone = given.exec(code)?.[1];
    if (zone !== undefined) return zone;
  }
  return undefined;
}

const OF_REQUEST =
  /\.(?:URL\.Query\(\)\.Get|FormValue|PostFormValue|PathValue|QueryParam|DefaultQuery|GetHeader|Header\.Get)\(/;

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
