import type { ComposeFile } from "../syntax/compose/tree.ts";
import type { Comment, Dockerfile, Instruction } from "../syntax/dockerfile/tree.ts";
import { firstWhere } from "../text/sorted.ts";
import type { Span } from "../text/span.ts";
import { checkOptionsOf, readCheckOptions } from "./check-directive.ts";
import { dclintRules } from "./knowledge/names/dclint-rules.ts";
import { currentName, readScannerComment } from "./knowledge/names/scanner-names.ts";
import type { Problem } from "./rule.ts";

/** What a comment goes by. */
type Silenceable = Pick<Problem, "rule" | "aliases" | "span">;

/**
 * Reads what the comments of a Dockerfile silence, ours and those of the linters whose rules ours stand for:
 *
 *     # plimsoll ignore=runs-as-root,DL3008          the instruction below (or around, inside a continued one)
 *     # plimsoll stage ignore=…                      the stage it stands in or above
 *     # plimsoll global ignore=…                     the file
 *     # hadolint ignore=… | stage ignore=… | global ignore=…
 *     # check=skip=JSONArgsRecommended,…;error=true  the file as a directive at its top, else the instruction below
 *     # trivy:ignore:DS-0002                         the instruction below
 *     # checkov:skip=CKV_DOCKER_3:…                  the file
 *
 * `# plimsoll: ignore=…` is the same. A name is a rule's id, an alias or the code of a syntax problem, in any case; BuildKit's `all` is each of its checks.
 * The forms of hadolint are those of its README (read 2026-11), of BuildKit those of docs.docker.com/build/checks, and the
 * one above an instruction is that of moby/buildkit#6334. Without `comments` only BuildKit's count, which change the build.
 *
 * @returns whether a problem is silenced
 */
export function readSuppressions(file: Dockerfile, comments = true): (problem: Silenceable) => boolean {
  const check = checkOptionsOf(file);
  const suppressions: Suppression[] = check.value === "" ? [] : [{ names: check.skips, where: undefined }];
  const froms = file.instructions.filter((it) => it.name === "FROM");
  // Many comments may speak of one place.
  const byPlace = new Map<string, Set<string>>();
  const placesOfBuild = new Set<string>();
  for (const comment of file.comments) {
    const pragma = readPragma(comment.text) ?? readScannerPragma(comment.text);
    if (!pragma || !(comments || pragma.ofBuild)) continue;
    const where = placeOf(pragma.reach, comment, file, froms);
    const place = where ? `${where.start} ${where.end}` : "everywhere";
    // Of several above one instruction BuildKit reads the first.
    if (pragma.ofBuild && placesOfBuild.has(place)) continue;
    if (pragma.ofBuild) placesOfBuild.add(place);
    const known = pragma.wanted && byPlace.get(place);
    if (known) for (const name of pragma.wanted) known.add(name);
    else suppressions.push({ names: pragma.names, where });
    if (!known && pragma.wanted) byPlace.set(place, pragma.wanted);
  }
  return silencer(suppressions);
}

/**
 * The same for a Compose file, or another with such comments: `# plimsoll ignore=…` at the end of a line or above it, `# plimsoll global ignore=…`
 * anywhere. And those of dclint (its docs/configuration-comments.md, read 2026-11), which name its rules or mean each that it has:
 *
 *     # dclint disable-line no-version-field         the line, or the one below
 *     # dclint disable no-version-field              the file, in its first line or the first behind `---`
 *     # dclint disable-file                          the file, as the one before
 */
export function readComposeSuppressions({
  text,
  lines,
}: Pick<ComposeFile, "text" | "lines">): (problem: Silenceable) => boolean {
  const suppressions: Suppression[] = [];
  if (!MAY_SILENCE.test(text)) return () => false;
  const everywhere: Pragma[] = [];
  let above: Pragma[] = [];
  let begun = false;
  for (let line = 0; line < lines.starts.length; line++) {
    const place = { start: lines.startOf(line), end: lines.endOf(line) };
    const written = text.slice(place.start, place.end);
    // Most lines have no comment.
    const [, code = "", comment] = written.includes("#")
      ? (/^(.*?)(?:(?:^|\s)#\s*(.*))?$/.exec(written) ?? [])
      : ["", written];
    const isFirst = !begun && code.trim() === "";
    const pragma =
      comment === undefined ? undefined : (readPragma(comment) ?? readDclintPragma(comment, isFirst));
    begun ||= comment !== undefined || (code.trim() !== "" && code.trim() !== "---");
    if (pragma?.reach === "file") everywhere.push(pragma);
    else if (pragma) above.push(pragma);
    if (code.trim() === "") continue;
    suppressions.push(...allAt(place, above));
    above = [];
  }
  return silencer([...allAt(undefined, everywhere), ...suppressions]);
}

/** Most files have no such comment. */
const MAY_SILENCE = /#\s*(?:plimsoll|hadolint|dclint|check)/i;

/** What comments silence at one place: there may be thousands, and their names are looked up together. */
function allAt(where: Span | undefined, pragmas: readonly Pragma[]): readonly Suppression[] {
  if (pragmas.length < 2) return pragmas.map(({ names }) => ({ names, where }));
  const wanted = new Set(pragmas.flatMap((it) => (it.wanted ? [...it.wanted] : [])));
  const others = pragmas.filter((it) => !it.wanted).map(({ names }) => ({ names, where }));
  return [{ names: (name) => wanted.has(name.toLowerCase()), where }, ...others];
}

interface Suppression {
  readonly names: (name: string) => boolean;
  /** Undefined for the whole file. */
  readonly where: Span | undefined;
}

interface Pragma {
  readonly names: (name: string) => boolean;
  /** Of ours and hadolint's the names, lower case; more may be added. */
  readonly wanted?: Set<string>;
  readonly reach: "instruction" | "stage" | "file";
  /** It is BuildKit's. */
  readonly ofBuild: boolean;
}

function silencer(suppressions: readonly Suppression[]): (problem: Silenceable) => boolean {
  const byStart = suppressions.filter((it) => it.where).sort((a, b) => startOf(a) - startOf(b));
  let end = -1;
  const ends = byStart.map(({ where }) => {
    end = Math.max(end, where ? Math.max(where.end, where.start + 1) : -1);
    return end;
  });
  const everywhere = suppressions.filter((it) => !it.where);
  return (problem) => {
    const { span } = problem;
    for (const it of everywhere) if (isNamed(problem, it)) return true;
    let at = firstWhere(byStart, (it) => startOf(it) > span.start) - 1;
    for (; (ends[at] ?? -1) > span.start; at--) {
      const near = byStart[at];
      if (near?.where && isInside(span, near.where) && isNamed(problem, near)) return true;
    }
    return false;
  };
}

function isNamed({ rule, aliases }: Silenceable, { names }: Suppression): boolean {
  return names(rule) || aliases.some(names);
}

function startOf({ where }: Suppression): number {
  return where?.start ?? 0;
}

function readPragma(text: string): Pragma | undefined {
  if (!text.includes("=")) return undefined;
  const own = /^(?:plimsoll:?|hadolint)\s+(?:(global|stage)\s+)?ignore\s*=\s*(.*)$/i.exec(text);
  if (own) {
    const [, reach, list = ""] = own;
    const wanted = new Set(
      list
        .replace(/#.*$/, "")
        .split(/[\s,]+/)
        .map((it) => currentName(it).toLowerCase()),
    );
    return {
      names: (name) => wanted.has(name.toLowerCase()),
      wanted,
      reach: reach ? (reach.toLowerCase() === "global" ? "file" : "stage") : "instruction",
      ofBuild: false,
    };
  }
  const check = /^check\s*=\s*(.*)$/i.exec(text);
  return check
    ? { names: readCheckOptions(check[1] ?? "").skips, reach: "instruction", ofBuild: true }
    : undefined;
}

function readScannerPragma(text: string): Pragma | undefined {
  const comment = readScannerComment(text);
  if (!comment) return undefined;
  const wanted = new Set(comment.names.map((it) => it.toLowerCase()));
  return { names: (name) => wanted.has(name.toLowerCase()), wanted, reach: comment.reach, ofBuild: false };
}

/** `first` says whether this is the first line of the file, where its other forms count. */
function readDclintPragma(text: string, first: boolean): Pragma | undefined {
  const [, form, list = ""] = /^dclint\s+(disable(?:-line|-file)?)(?:\s+(.*))?$/.exec(text.trim()) ?? [];
  if (form === undefined || (form !== "disable-line" && !first)) return undefined;
  const names = form === "disable-file" ? [] : list.split(/\s+/).filter(Boolean);
  return {
    names: (name) => (names.length === 0 ? dclintRules.has(name) : names.includes(name)),
    reach: form === "disable-line" ? "instruction" : "file",
    ofBuild: false,
  };
}

function placeOf(
  reach: Pragma["reach"],
  comment: Comment,
  file: Dockerfile,
  froms: readonly Instruction[],
): Span | undefined {
  if (reach === "file") return undefined;
  const isBehind = (it: Instruction) => it.span.end > comment.span.start;
  const instruction = file.instructions[firstWhere(file.instructions, isBehind)];
  if (reach === "instruction") return instruction?.span ?? nowhere;

  // A pragma above a FROM speaks of the stage that begins there.
  const behind = firstWhere(froms, isBehind);
  const next = instruction?.name === "FROM" ? behind + 1 : behind;
  const start = froms[next - 1]?.span.start ?? 0;
  return { start, end: froms[next]?.span.start ?? file.text.length };
}

const nowhere: Span = { start: -1, end: -1 };

function isInside(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.start < Math.max(outer.end, outer.start + 1);
}
