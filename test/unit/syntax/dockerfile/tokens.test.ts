import { expect, test } from "vitest";
import { parseDockerfile } from "../../../../server/src/syntax/dockerfile/parse.ts";
import { tokensOf } from "../../../../server/src/syntax/dockerfile/tokens.ts";

/** `kind text`, blanks left out. */
function tokens(text: string): string[] {
  return tokensOf(parseDockerfile(text))
    .filter((it) => it.kind !== "blank")
    .map(({ kind, span }) => `${kind} ${JSON.stringify(text.slice(span.start, span.end)).slice(1, -1)}`);
}

test("directives, comments, keywords, flags, arguments", () => {
  expect(tokens("\ufeff# escape=\\ \n# c\nFROM --platform=x a AS b\r\n")).toEqual([
    "byte-order-mark \ufeff",
    "directive # escape=\\\\",
    "line-break \\n",
    "comment # c",
    "line-break \\n",
    "keyword FROM",
    "flag --platform=x",
    "argument a",
    "argument AS",
    "argument b",
    "line-break \\r\\n",
  ]);
});

test("continued lines, with comments and flags that go on", () => {
  expect(tokens('RU\\\nN --a="b c" --d=\\ \ne \\\n # c\n\n f')).toEqual([
    "keyword RU",
    "continuation \\\\",
    "line-break \\n",
    "keyword N",
    'flag --a=\\"b c\\"',
    "flag --d=",
    "continuation \\\\ ",
    "line-break \\n",
    "flag e",
    "continuation \\\\",
    "line-break \\n",
    "comment # c",
    "line-break \\n",
    "line-break \\n",
    "argument f",
  ]);
});

test("here-documents, triggers and health checks", () => {
  expect(tokens("ONBUILD RUN --x=y <<-A\nz\n\tA\nHEALTHCHECK --i=j CMD k\n")).toEqual([
    "keyword ONBUILD",
    "keyword RUN",
    "flag --x=y",
    "argument <<-A",
    "line-break \\n",
    "here-document z\\n",
    "here-document-end \\tA",
    "line-break \\n",
    "keyword HEALTHCHECK",
    "flag --i=j",
    "keyword CMD",
    "argument k",
    "line-break \\n",
  ]);
});
