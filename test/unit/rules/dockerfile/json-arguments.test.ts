import { describe, expect, test } from "vitest";
import { rules } from "../../../../server/src/rules/all.ts";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { modelOf } from "../../../support/model.ts";

/** Lines on which a name of another linter is reported, by all rules. */
function linesOf(alias: string, text: string): number[] {
  const model = modelOf(text);
  const problems = checkDockerfile(model, { rules });
  return problems
    .filter((it) => it.aliases.includes(alias))
    .map((it) => model.file.lines.lineAt(it.span.start) + 1);
}

describe("shell form is reported where BuildKit and hadolint report it", () => {
  test.each([
    ["FROM scratch\nCMD api\n", [2], [2]],
    ["FROM scratch\nENTRYPOINT api\n", [2], [2]],
    ["FROM node:24 AS a\nENTRYPOINT api\n", [2], [2]],
    ["FROM node:24 AS a\nCMD api\n", [2], [2]],
    ["FROM node\nCMD api\n", [2], [2]],
    ["FROM example.com/a\nCMD api\nENTRYPOINT api\n", [2, 3], [2, 3]],
    ['FROM scratch\nENTRYPOINT ["a", "b"]\nCMD [ "a", "b" ]\n', [], []],
    // A SHELL of the file's own is enough for BuildKit; where it is missing hadolint's name stays.
    ['FROM scratch\nSHELL ["/usr/bin/other"]\nCMD api\n', [], [3]],
    ['FROM scratch\nSHELL ["/usr/bin/other"]\nENTRYPOINT api\n', [], [3]],
    ['FROM scratch AS base\nSHELL ["/usr/bin/other"]\nFROM base\nCMD api\n', [], [4]],
    ["FROM alpine:3.24\nHEALTHCHECK CMD true\nRUN true\n", [], []],
    ["FROM alpine:3.24\nONBUILD CMD true\n", [], []],
  ])("%j", (text, buildkit, hadolint) => {
    expect(linesOf("JSONArgsRecommended", text)).toEqual(buildkit);
    expect(linesOf("DL3025", text)).toEqual(hadolint);
  });
});

describe("variables are reported where BuildKit reports them", () => {
  test.each([
    ["FROM scratch\nARG foo\nCOPY Dockerfile${foo} .\n", []],
    ["FROM alpine AS base\nARG foo=Dockerfile\nFROM base\nCOPY $foo .\n", []],
    ["FROM alpine\nRUN echo $PATH\n", []],
    ["FROM alpine\nCOPY $foo .\nARG foo=bar\nRUN echo $foo\n", [2]],
    ["FROM alpine\nARG DIR_ASSETS=assets/\nARG DIR_CONFIG=config/\nCOPY $DIR_ASSET .\n", [4]],
    ["FROM alpine\nENV PATH=$PAHT:/tmp/bin\n", [2]],
    ["ARG V=1\nFROM alpine\nCOPY $V .\nRUN echo $V\n", [3]],
    ["FROM alpine\nCOPY $TARGETARCH .\nRUN echo $TARGETARCH\n", [2]],
  ])("%j", (text, lines) => {
    expect(linesOf("UndefinedVar", text)).toEqual(lines);
  });
});
