import type { ComposeFile } from "../syntax/compose/tree.ts";
import type { Dockerfile } from "../syntax/dockerfile/tree.ts";
import type { Span } from "../text/span.ts";
import { checkOptionsOf, readCheckOptions } from "./check-directive.ts";
import type { Problem } from "./rule.ts";

/**
 * Reads what the comments of a Dockerfile silence, ours and those of the linters whose rules ours stand for:
 *
 *     # plimsoll ignore=runs-as-root,DL3008          the instruction below (or around, inside a continued one)
 *     # plimsoll stage ignore=…                      the stage it stands in or above
 *     # plimsoll global ignore=…                     the file
 *     # hadolint ignore=… | stage ignore=… | global ignore=…
 *     # check=skip=JSONArgsRecommended,…;error=true  the file as a directive at its top, else the instruction below
 *
 * A name is a rule's id, an alias or the code of a syntax problem, in any case; BuildKit's `all` is each of its checks.
 * The forms of hadolint are those of its README (read 2026-11), of BuildKit those of docs.docker.com/build/checks, and the
 * one above an instruction is that of moby/buildkit#6334. Without `comments` only BuildKit's count, which change the build.
 *
 * @returns whether a problem is silenced
 */
export function readSuppressions(file: Dockerfile, comments = true): (problem: Problem) => boolean {
  const suppressions: Suppression[] = [
    { names: checkOptionsOf(file).skips, reach: "file", where: undefined },
  ];
  let stages: readonly Span[] | undefined;
  let around = 0;
  for (const comment of file.comments) {
    const pragma = readPragma(comment.text);
    if (!pragma || !(comments || pragma.ofBuild)) continue;
    const { names, reach } = pragma;
    for (let it = file.instructions[around]; it && it.span.end <= comment.span.start; )
      it = file.instructions[++around];
    if (reach === "stage") stages ??= stagesOf(file);
    const where = reach === "stage" ? stages?.[around] : file.instructions[around]?.span;
    if (reach === "file") suppressions.push({ names, reach, where: undefined });
    else if (where) suppressions.push({ names, reach, where });
  }
  return silencer(suppressions);
}

/**
 * The same for a Compose file: `# plimsoll ignore=…` at the end of a line or above it, `# plimsoll global ignore=…`
 * anywhere.
 */
export function readComposeSuppressions({ text, lines }: ComposeFile): (problem: Problem) => boolean {
  const suppressions: Suppression[] = [];
  let above: Pragma[] = [];
  for (let line = 0; line < lines.starts.length; line++) {
    const place = { start: lines.startOf(line), end: lines.endOf(line) };
    const [, code = "", comment] =
      /^(.*?)(?:(?:^|\s)#\s*(.*))?$/.exec(text.slice(place.start, place.end)) ?? [];
    const pragma = comment === undefined ? undefined : readPragma(comment);
    if (pragma?.reach === "file") suppressions.push({ ...pragma, where: undefined });
    else if (pragma) above.push(pragma);
    if (code.trim() === "") continue;
    suppressions.push(...above.map((it) => ({ ...it, where: place })));
    above = [];
  }
  return silencer(suppressions);
}

interface Suppression {
  readonly names: (name: string) => boolean;
  readonly reach: Pragma["reach"];
  /** Undefined for the whole file. */
  readonly where: Span | undefined;
}

interface Pragma {
  readonly names: (name: string) => boolean;
  readonly reach: "instruction" | "stage" | "file";
  /** It is BuildKit's. */
  readonly ofBuild: boolean;
}

/** Places of one reach come in the order of the text and are the same or share nothing, so that they can be looked up. */
function silencer(suppressions: readonly Suppression[]): (problem: Problem) => boolean {
  const everywhere = suppressions.filter((it) => it.where === undefined);
  const placed = (["stage", "instruction"] as const)
    .map((reach) => suppressions.filter((it) => it.where && it.reach === reach))
    .filter((it) => it.length > 0);
  return ({ span, rule, aliases }) => {
    const isMeant = ({ names }: Suppression) => names(rule) || aliases.some(names);
    return everywhere.some(isMeant) || placed.some((it) => around(span, it).some(isMeant));
  };
}

/** Those whose place a span begins in. */
function around({ start }: Span, suppressions: readonly Suppression[]): readonly Suppression[] {
  let low = 0;
  let high = suppressions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((suppressions[middle]?.where?.start ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const end = low;
  for (let it = suppressions[low - 1]; it?.where && isInside(start, it.where); it = suppressions[low - 1])
    low--;
  return suppressions.slice(low, end);
}

function readPragma(text: string): Pragma | undefined {
  const own = /^(?:plimsoll|hadolint)\s+(?:(global|stage)\s+)?ignore\s*=\s*(.*)$/i.exec(text);
  if (own) {
    const [, reach, list = ""] = own;
    const wanted = new Set(
      list
        .replace(/#.*$/, "")
        .split(/[\s,]+/)
        .map((it) => it.toLowerCase()),
    );
    return {
      names: (name) => wanted.has(name.toLowerCase()),
      reach: reach ? (reach.toLowerCase() === "global" ? "file" : "stage") : "instruction",
      ofBuild: false,
    };
  }
  const check = /^check\s*=\s*(.*)$/i.exec(text);
  return check
    ? { names: readCheckOptions(check[1] ?? "").skips, reach: "instruction", ofBuild: true }
    : undefined;
}

/** For each instruction, and for the end of the file, the stage that it stands in; FROM begins one. */
function stagesOf({ instructions, text }: Dockerfile): Span[] {
  const stages: Span[] = [];
  let start = 0;
  for (const { name, span } of instructions) {
    if (name === "FROM") start = span.start;
    stages.push({ start, end: text.length });
  }
  stages.push({ start, end: text.length });
  let end = text.length;
  for (let at = stages.length - 1; at >= 0; at--) {
    const stage = stages[at];
    if (stage) stages[at] = { start: stage.start, end };
    if (instructions[at]?.name === "FROM") end = instructions[at]?.span.start ?? end;
  }
  return stages;
}

function isInside(start: number, outer: Span): boolean {
  return outer.start <= start && start < Math.max(outer.end, outer.start + 1);
}
