import path from "node:path";
import { expect } from "vitest";
import type { IgnoreFileModel } from "../../server/src/model/context/ignore-file-model.ts";
import type { EnvironmentModel } from "../../server/src/model/environment/environment-model.ts";
import { shippedImages } from "../../server/src/model/image/shipped-images.ts";
import { checkEnvironmentFile, checkIgnoreFile } from "../../server/src/rules/check-side-files.ts";
import type { Problem, Rule } from "../../server/src/rules/rule.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { source } from "../../server/src/text/source.ts";
import { Disk } from "../../server/src/workspace/disk.ts";
import { environmentOf } from "../../server/src/workspace/environment/environment-files.ts";
import { ignoreFileAt } from "../../server/src/workspace/ignore-files.ts";
import type { Surroundings } from "../../server/src/workspace/models.ts";
import { readMarkers } from "./markers.ts";
import { shellReader } from "./shell.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** What stands around an environment file or ignore file, on a real disk. */
export interface SideFileSurroundings {
  /** Path → text, from the folder of the file. */
  readonly files?: Readonly<Record<string, string>>;
  /** Of the file itself; `.env` or `.dockerignore` when not given. */
  readonly name?: string;
}

function placed({ files = {}, name = "" }: SideFileSurroundings): { around: Surroundings; file: string } {
  const folder = temporaryFolder(files);
  const disk = new Disk();
  const textAt = (file: string) => {
    const read = disk.read(file);
    return read.kind === "text" ? read.text : undefined;
  };
  const given = { shell: shellReader, images: shippedImages, folders: [folder], composeGeneration: () => 0 };
  return { around: { disk, textAt, ...given }, file: path.join(folder, name) };
}

export function environmentFileOf(text: string, more: SideFileSurroundings = {}): EnvironmentModel {
  const { around, file } = placed({ name: ".env", ...more });
  return environmentOf(text, file, around);
}

function ignoreFileOf(text: string, more: SideFileSurroundings = {}): IgnoreFileModel {
  const { around, file } = placed({ name: ".dockerignore", ...more });
  return ignoreFileAt(text, file, around);
}

/** All that is said of a text; with a rule, what that rule says. */
export function problemsOfSideFile(
  text: string,
  rule: Rule | "environment file" | "ignore file",
  around: SideFileSurroundings = {},
): Problem[] {
  const failures: unknown[] = [];
  const options = {
    ...(typeof rule === "object" && { rules: [rule] }),
    onFailure: ({ error }: { error: unknown }) => failures.push(error),
  };
  const looksAt = typeof rule === "object" ? rule.looksAt : rule;
  const problems =
    looksAt === "environment file"
      ? checkEnvironmentFile(environmentFileOf(text, around), options)
      : checkIgnoreFile(ignoreFileOf(text, around), options);
  expect(failures).toEqual([]);
  return typeof rule === "object" ? problems.filter((it) => it.rule === rule.id) : problems;
}

/** Holds in both directions: every marker is reported, and nothing without a marker is. After each fix less is reported. */
export function expectSideFileProblems(rule: Rule, fixture: string, around: SideFileSurroundings = {}): void {
  const { text, expected } = readMarkers(fixture);
  const problems = problemsOfSideFile(text, rule, around);
  const found = problems.map(({ span, message }, index) => {
    const wantsMessage = expected[index]?.label.includes(": ");
    return { span, label: wantsMessage ? `${rule.id}: ${message}` : rule.id };
  });
  expect(found).toEqual(expected);
  const kinds = { none: [], unsafe: ["unsafe"], safe: ["unsafe", "safe"] }[rule.fix];
  for (const fix of problems.flatMap((it) => it.fixes)) {
    expect(kinds).toContain(fix.kind);
    const after = applyEdits(text, fix.edits);
    expect(problemsOfSideFile(after, rule, around).length, `left by "${fix.title}":\n${after}`).toBeLessThan(
      problems.length,
    );
  }
}

export function reportsInSideFile(rule: Rule, around: SideFileSurroundings = {}) {
  return (strings: TemplateStringsArray): void => expectSideFileProblems(rule, source(strings), around);
}

/** The text after the first fix of the first problem. */
export function fixedSideFile(
  text: string,
  rule: Rule,
  around: SideFileSurroundings = {},
): string | undefined {
  const fix = problemsOfSideFile(text, rule, around)[0]?.fixes[0];
  return fix && applyEdits(text, fix.edits);
}
