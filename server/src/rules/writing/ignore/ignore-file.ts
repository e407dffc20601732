import type { BuildContext, ContextIgnoreFile } from "../../../model/context/build-context.ts";
import { type IgnoreFile, parseIgnoreFile } from "../../../syntax/dockerignore/ignore-file.ts";
import { applyEdits } from "../../../text/edit.ts";
import { appendLines } from "../../../text/line-breaks.ts";
import { listed } from "../../../text/listed.ts";
import type { Fix, OtherFileChange } from "../../rule.ts";

/** Patterns of an ignore file under a comment, which is written only where the file is new. */
export interface Section {
  readonly comment: string;
  readonly patterns: readonly string[];
}

/**
 * Lets in what the ignore file keeps out, with an exception at its end: the last pattern that matches a path decides, also below
 * a folder that is kept out. Undefined where the exception does not match each of `paths`, those that have to be in the build.
 */
export function letIn(context: BuildContext, pattern: string, paths: readonly string[]): Fix | undefined {
  const fix = changeIgnoreFile(context, [{ comment: "", patterns: [`!${pattern}`] }]);
  const [exception] = parseIgnoreFile(`!${pattern}`).patterns;
  if (!fix || !exception || !paths.every(exception.matches)) return undefined;
  return { ...fix, title: `Let ${pattern} in with an exception in ${nameOf(fix)}` };
}

/** Of the ignore file, empty where there is none; undefined for one that cannot be changed. */
export function ignoreTextOf({ ignoreFile }: BuildContext): string | undefined {
  if (ignoreFile.kind === "none") return "";
  return ignoreFile.kind === "read" ? ignoreFile.text : undefined;
}

/** Writes patterns to the end of the ignore file, or a new one. Undefined for one that cannot be changed, and for no patterns. */
export function changeIgnoreFile(context: BuildContext, sections: readonly Section[]): Fix | undefined {
  const { ignoreFile } = context;
  const filled = sections.filter((it) => it.patterns.length > 0);
  const patterns = filled.flatMap((it) => it.patterns);
  if (patterns.length === 0) return undefined;
  if (ignoreFile.kind === "none") {
    // Podman reads its own one alone.
    if (context.exists(".containerignore") !== "absent") return undefined;
    const file = newIgnoreFile(ignoreFile, context);
    const text = filled.map((it) => `${[it.comment, ...it.patterns].join("\n")}\n`).join("\n");
    const change: OtherFileChange = { kind: "create", file, text };
    return {
      kind: "unsafe",
      title: `Create ${baseNameOf(file)} with ${listedPatterns(patterns)}`,
      edits: [],
      others: [change],
    };
  }
  if (ignoreFile.kind !== "read" || ignoreFile.text === undefined) return undefined;
  const { file, text } = ignoreFile;
  return {
    kind: "unsafe",
    title: `Add ${listedPatterns(patterns)} to ${baseNameOf(file)}`,
    edits: [],
    others: [{ kind: "edit", file, before: text, edits: [appendLines(text, patterns)] }],
  };
}

/**
 * The Dockerfile's own where others stand beside it or in the context: they may take by name what this one does not need. Else
 * the one of the context, which every builder reads.
 */
function newIgnoreFile(
  { common, own }: Extract<ContextIgnoreFile, { kind: "none" }>,
  context: BuildContext,
): string {
  if (own === undefined) return common;
  const dockerfile = own.replace(/\.dockerignore$/, "");
  const root = common.slice(0, -".dockerignore".length);
  const folder = dockerfile.startsWith(root) ? dockerfile.slice(root.length).replaceAll("\\", "/") : "";
  const beside = folder.slice(0, Math.max(folder.lastIndexOf("/"), 0));
  const dockerfiles = [...new Set(["", beside])].flatMap((it) =>
    (context.list(it) ?? [])
      .filter((name) => DOCKERFILE.test(name))
      .map((name) => (it === "" ? name : `${it}/${name}`)),
  );
  return dockerfiles.some((it) => it !== folder) ? own : common;
}

const DOCKERFILE = /^(docker|container)file([.-](?!.*ignore$).+)?$|\.(docker|container)file$/i;

/** The ignore file as such a fix leaves it. */
export function ignoreFileAfter({ others = [] }: Fix): IgnoreFile | undefined {
  const [change] = others;
  if (!change) return undefined;
  return parseIgnoreFile(change.kind === "create" ? change.text : applyEdits(change.before, change.edits));
}

function nameOf({ others = [] }: Fix): string {
  return baseNameOf(others[0]?.file ?? "");
}

/** Of a path of this machine, which may be Windows. */
function baseNameOf(file: string): string {
  return file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
}

/** `.git, node_modules and 3 more` */
function listedPatterns(patterns: readonly string[]): string {
  const names = patterns.map((it) => it.replace(/^\*\*\//, ""));
  return listed(names, names.length > 3 ? 2 : 3);
}
