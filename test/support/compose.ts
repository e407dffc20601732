import { posix } from "node:path";
import { expect } from "vitest";
import { effectiveProject } from "../../server/src/model/compose/effective/effective-project.ts";
import type { ComposeProject } from "../../server/src/model/compose/project.ts";
import { readComposeProject } from "../../server/src/model/compose/reading/read-project.ts";
import type { BuildContext } from "../../server/src/model/context/build-context.ts";
import type { ImageFactsSource } from "../../server/src/model/image/facts.ts";
import { shippedImages } from "../../server/src/model/image/shipped-images.ts";
import { checkCompose } from "../../server/src/rules/check.ts";
import type { Fix, Problem, Rule } from "../../server/src/rules/rule.ts";
import type { Defaults } from "../../server/src/syntax/compose/interpolate.ts";
import { parseCompose } from "../../server/src/syntax/compose/parse.ts";
import type { ComposeFile } from "../../server/src/syntax/compose/tree.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { literally } from "../../server/src/text/literally.ts";
import { source } from "../../server/src/text/source.ts";
import { valueIn } from "../../server/src/text/value-in.ts";
import { home, inputsOf } from "./compose/compose-projects.ts";
import { readMarkers } from "./markers.ts";
import { modelOf } from "./model.ts";
import { shellReader } from "./shell.ts";

/** What surrounds a Compose file. Paths are relative to it. */
export interface ComposeSurroundings {
  /** Texts of Dockerfiles by path: `Dockerfile`, `api/Dockerfile.prod`. */
  readonly dockerfiles?: Readonly<Record<string, string>>;
  /** What these are built in; not known when left out. */
  readonly context?: BuildContext;
  /** Variables for interpolation, as in `.env`. Rules know of no others. */
  readonly env?: Readonly<Record<string, string>>;
  /** Texts of other files, e.g. of `env_file`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Paths at which there is certainly nothing. */
  readonly absent?: readonly string[];
  /** Folders with nothing in them. */
  readonly emptyFolders?: readonly string[];
  /** False when there may be override files. */
  readonly alone?: boolean;
  readonly images?: ImageFactsSource;
}

function setInEnvFile(files: Readonly<Record<string, string>>, name: string): string | undefined {
  return new RegExp(`^${literally(name)}=(.*)$`, "m").exec(files[".env"] ?? "")?.[1];
}

export function composeOf(
  text: string,
  around: ComposeSurroundings = {},
  defaults: Defaults = "taken",
): ComposeProject {
  const {
    dockerfiles = {},
    env = {},
    files = {},
    absent = [],
    emptyFolders = [],
    alone = true,
    images = shippedImages,
    context: built,
  } = around;
  const hasOtherFiles = Object.keys(files).some((it) => it.endsWith(".yaml"));
  return readComposeProject(parseCompose(text), {
    images,
    shell: shellReader,
    dockerfile(context, dockerfile = "Dockerfile") {
      const content =
        dockerfiles[
          `${context}/${dockerfile}`
            .split("/")
            .filter((it) => it !== "." && it !== "")
            .join("/")
        ];
      return content === undefined ? undefined : modelOf(content, { context: built });
    },
    inlineDockerfile: (_, content, buildArguments) => modelOf(content, { context: built, buildArguments }),
    readFile: (path) => valueIn(files, path.replace(/^\.\//, "")),
    kindOf(path) {
      const name = path.replace(/^\.\/|\/$/g, "");
      if (path === "" || emptyFolders.includes(name) || folderIn(name, files, dockerfiles))
        return "directory";
      if (absent.includes(name)) return "absent";
      return files[name] === undefined && dockerfiles[name] === undefined ? "unknown" : "file";
    },
    list(path) {
      const folder = path.replace(/^\.?\/|^\.$|\/$/g, "");
      if (emptyFolders.includes(folder)) return [];
      const below = [...Object.keys(files), ...Object.keys(dockerfiles)].flatMap((it) => {
        if (folder === "") return it.split("/").slice(0, 1);
        return it.startsWith(`${folder}/`)
          ? it
              .slice(folder.length + 1)
              .split("/")
              .slice(0, 1)
          : [];
      });
      return below.length > 0 ? [...new Set(below)].sort() : undefined;
    },
    variables: (name) => valueIn(env, name) ?? setInEnvFile(files, name),
    defaults,
    directory: home,
    alone,
    single: alone,
    ...(hasOtherFiles && {
      composition(file: ComposeFile) {
        const path = `${home}/compose.yaml`;
        return effectiveProject(path, inputsOf(files, { path, file })).problems;
      },
    }),
  });
}

function folderIn(name: string, ...texts: readonly Readonly<Record<string, string>>[]): boolean {
  return texts.some((it) => Object.keys(it).some((path) => path.startsWith(`${name}/`)));
}

/**
 * Holds in both directions: every marker is reported, and nothing without a marker is. Each fix on the way is tried
 * too, see `expectSound`.
 */
export function expectComposeProblems(rule: Rule, fixture: string, around: ComposeSurroundings = {}): void {
  const { text, expected } = readMarkers(fixture);
  const problems = foundInCompose(rule, text, around);
  const found = problems.map(({ span, rule: id, message }, index) => {
    const wantsMessage = expected[index]?.label.includes(": ");
    return { span, label: wantsMessage ? `${id}: ${message}` : id };
  });
  expect(found).toEqual(expected);
  for (const problem of problems) for (const fix of problem.fixes) expectSound(rule, text, fix, around);
}

export function reportsInCompose(rule: Rule, around: ComposeSurroundings = {}) {
  return (strings: TemplateStringsArray): void => expectComposeProblems(rule, source(strings), around);
}

/** Before, a line `->`, after: the first fix of the first problem, or its first one whose title holds `title`. */
export function fixesInCompose(rule: Rule, kind: Fix["kind"], title = "", around: ComposeSurroundings = {}) {
  return (strings: TemplateStringsArray): void => {
    const [before = "", after = ""] = source(strings).split("->\n");
    const fix = foundInCompose(rule, before, around)[0]?.fixes.find((it) => it.title.includes(title));
    expect(fix?.kind).toBe(kind);
    expect(applyEdits(before, fix?.edits ?? [])).toBe(after);
    if (fix) expectSound(rule, before, fix, around);
  };
}

/** Titles of the fixes of each problem. */
export function offeredInCompose(rule: Rule, around: ComposeSurroundings = {}) {
  return (strings: TemplateStringsArray): string[][] =>
    foundInCompose(rule, source(strings), around).map((it) => it.fixes.map((fix) => fix.title));
}

/** Each problem of one text, e.g. to look at the reasons. */
export function problemsInCompose(rule: Rule, around: ComposeSurroundings = {}) {
  return (strings: TemplateStringsArray): Problem[] => foundInCompose(rule, source(strings), around);
}

/** Tries each fix that a rule offers for a text, see `expectSound`; tells how many there were. */
export function tryFixes(rule: Rule, text: string, around: ComposeSurroundings = {}): number {
  const fixes = foundInCompose(rule, text, around).flatMap((it) => it.fixes);
  for (const fix of fixes) expectSound(rule, text, fix, around);
  return fixes.length;
}

/** A fix leaves a file that parses, loses no comment, changes how no line ends, and takes its problem away. */
function expectSound(rule: Rule, before: string, fix: Fix, around: ComposeSurroundings): void {
  expectApart(fix);
  const after = applyEdits(before, fix.edits);
  expect(parseCompose(after).problems, after).toEqual([]);
  expect(commentsOf(after)).toEqual(commentsOf(before));
  if (before.includes("\r\n")) expect(after).not.toMatch(/(?<!\r)\n/);
  const left = foundInCompose(rule, after, surroundingsAfter(fix, around)).length;
  expect(left, `problems left by "${fix.title}":\n${after}`).toBeLessThan(
    foundInCompose(rule, before, around).length,
  );
}

/** Editors refuse edits of which one stands in another. */
function expectApart({ edits, title }: Fix): void {
  const spans = edits.map((it) => it.span).sort((a, b) => a.start - b.start || a.end - b.end);
  for (const [at, { start }] of spans.entries())
    expect(start, `edits of "${title}" overlap`).toBeGreaterThanOrEqual(spans[at - 1]?.end ?? 0);
}

/** A fix may change or make other files. */
function surroundingsAfter({ others = [] }: Fix, around: ComposeSurroundings): ComposeSurroundings {
  const files = { ...around.files };
  for (const it of others) {
    const path = posix.relative("/project", it.file);
    if (it.kind === "edit") expect(files[path]).toBe(it.before);
    files[path] = it.kind === "edit" ? applyEdits(it.before, it.edits) : it.text;
  }
  const absent = around.absent?.filter((it) => files[it] === undefined) ?? [];
  return { ...around, files, absent };
}

/** In no order: what is moved takes its comments along. Fixtures have `#` in comments only. */
function commentsOf(text: string): string[] {
  return (
    text
      .match(/#.*/g)
      ?.map((it) => it.trimEnd())
      .sort() ?? []
  );
}

/** What a rule reports in a text. */
export function foundInCompose(rule: Rule, text: string, around: ComposeSurroundings): Problem[] {
  const failures: unknown[] = [];
  const options = {
    rules: [rule],
    allRules: true,
    onFailure: ({ error }: { error: unknown }) => failures.push(error),
  };
  const problems = checkCompose(composeOf(text, around, "open"), options);
  expect(failures).toEqual([]);
  return problems.filter((it) => it.rule === rule.id);
}
