import { type ContextEntry, contextEntries, entriesOfPattern } from "../../model/context/context-entries.ts";
import type { IgnoreFileModel } from "../../model/context/ignore-file-model.ts";
import { baseName } from "../../model/stage/paths.ts";
import type { IgnorePattern } from "../../syntax/dockerignore/ignore-file.ts";
import { contains } from "../../text/span.ts";
import { code, plain } from "../markdown.ts";
import { sizeText } from "../size-text.ts";
import type { Hover } from "./hover.ts";

/** What the pattern at `offset` of an ignore file does here; undefined for a line without one. */
export function hoverIgnoreFile(model: IgnoreFileModel, offset: number): Hover | undefined {
  const pattern = model.ignore.patterns.find((it) => contains(it.span, offset));
  if (!pattern) return undefined;
  const parts = [
    `**${code(pattern.text)}** ${pattern.exception ? "lets back in" : "keeps out"} ${meaningOf(pattern)}`,
    matchesText(model, pattern),
    copiedText(model, pattern),
    readersText(model),
  ].filter((it) => it !== "");
  return { span: pattern.span, markdown: parts.join("\n\n") };
}

function meaningOf({ path }: IgnorePattern): string {
  if (path === "*" || path === "**") return "all that the build context has.";
  if (path.startsWith("**/")) return `each ${code(path.slice(3))}, in any folder.`;
  return path.includes("*") || path.includes("?") || path.includes("[")
    ? "what matches it from the root of the build context on; `*` ends at a `/`."
    : "this path of the build context, with all that is below it.";
}

function matchesText(model: IgnoreFileModel, pattern: IgnorePattern): string {
  if (!model.context) return "";
  const { matching: found } = entriesOfPattern(model, pattern);
  const { complete } = contextEntries(model);
  if (found.length === 0)
    return complete
      ? "Nothing here matches it."
      : "Nothing was found that matches it; not all was looked at.";
  const most = complete ? "" : " or more";
  const shown = found
    .slice(0, MOST_SHOWN)
    .map(({ path, kind }) => `- ${code(kind === "directory" ? `${path}/` : path)}`);
  const rest = found.length - shown.length;
  const size = sizeOf(model, found);
  const head = `Matches ${found.length}${most} ${found.length === 1 ? "entry" : "entries"} here${size}:`;
  return [head, "", ...shown, ...(rest > 0 ? [`- and ${rest} more`] : [])].join("\n");
}

const MOST_SHOWN = 5;

/** `, 12 kB`; of what is cheap to add up: files alone, or folders with few in them. */
function sizeOf({ context }: IgnoreFileModel, found: readonly ContextEntry[]): string {
  let bytes = 0;
  let looks = 0;
  const waiting = found.map((it) => it.path);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const path = next;
    if (++looks > MOST_LOOKS) return "";
    if (context?.exists(path) === "directory") {
      const names = context.list(path);
      if (!names) return "";
      waiting.push(...names.map((it) => `${path}/${it}`));
    } else bytes += context?.size?.(path) ?? 0;
  }
  return bytes > 0 ? `, ${sizeText(bytes)}` : "";
}

const MOST_LOOKS = 2000;

/** What a Dockerfile copies by name and this keeps out. */
function copiedText({ dockerfiles, ignore }: IgnoreFileModel, pattern: IgnorePattern): string {
  const lost = dockerfiles
    .filter((it) => it.reads === "this")
    .flatMap(({ path, sources }) =>
      sources
        .filter((it) => ignore.ignoredBy(it.path)?.span.start === pattern.span.start)
        .map((it) => `- ${code(it.path)}, line ${it.line + 1} of ${nameOf(path)}`),
    );
  return lost.length === 0 ? "" : ["A Dockerfile copies what this keeps out:", "", ...lost].join("\n");
}

function readersText({ kind, dockerfiles }: IgnoreFileModel): string {
  if (kind === "podman") return "Podman and Buildah read this file; Docker reads `.dockerignore` alone.";
  const own = dockerfiles.filter((it) => it.reads === "this").map((it) => nameOf(it.path));
  const others = dockerfiles.filter((it) => it.reads !== "this").map((it) => nameOf(it.path));
  const reads = own.length > 0 ? `Read when ${own.join(", ")} ${own.length === 1 ? "is" : "are"} built.` : "";
  const not = others.length > 0 ? `Not for ${others.join(", ")}, with an ignore file of its own.` : "";
  return [reads, not].filter((it) => it !== "").join(" ");
}

/** In Markdown. */
function nameOf(path: string): string {
  return plain(baseName(path.replaceAll("\\", "/")));
}
