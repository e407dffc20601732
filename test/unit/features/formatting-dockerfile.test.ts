import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { formatDockerfile } from "../../../server/src/features/formatting/dockerfile.ts";
import { parseDockerfile } from "../../../server/src/syntax/dockerfile/parse.ts";
import { applyEdits } from "../../../server/src/text/edit.ts";
import { source } from "../../../server/src/text/source.ts";
import type { Span } from "../../../server/src/text/span.ts";

function format(text: string, range?: Span): string {
  return applyEdits(
    text,
    formatDockerfile(parseDockerfile(text), { indent: "    ", ...(range && { range }) }),
  );
}

/** Before, a line `->`, after; `·` is a blank. What is formatted stays as it is. */
function formats(strings: TemplateStringsArray): void {
  const [before = "", after = ""] = source(strings)
    .split("->\n")
    .map((it) => it.replaceAll("·", " "));
  expect(format(before)).toBe(after);
  expect(format(after)).toBe(after);
  const windows = (text: string) => text.replaceAll("\n", "\r\n");
  expect(format(windows(before))).toBe(windows(after));
}

test("keywords, margins, continued lines and blanks at the ends", () => {
  formats`
    # syntax=docker/dockerfile:1
      # a comment··
    FROM alpine:3.24 as base··
      run apk add \··
    # why
    curl \

    git && \
        echo done
    Copy a b

    ONBUILD RUN x
    ->
    # syntax=docker/dockerfile:1
    # a comment
    FROM alpine:3.24 AS base
    RUN apk add \
        # why
        curl \

        git && \
        echo done
    COPY a b

    ONBUILD RUN x
  `;
});

test("as most keywords are", () => {
  formats`
    from alpine:3.24 AS base
    RUN a
    copy a b
    ->
    from alpine:3.24 as base
    run a
    copy a b
  `;
});

test("never inside here-documents and quotes, nor between the parts of one word", () => {
  formats`
    FROM alpine:3.24
    RUN <<EOF··
      run this··
    from that
    EOF
    RUN echo "a \
    b" \
    c
    RUN echo ab\
    cd
    ->
    FROM alpine:3.24
    RUN <<EOF
      run this··
    from that
    EOF
    RUN echo "a \
    b" \
        c
    RUN echo ab\
    cd
  `;
});

test("no word is split behind an escaped blank, or inside a command in quotes", () => {
  formats`
    FROM alpine:3.24
    ENV A=a\ \
    b
    RUN echo "$(echo "a \
    b")"
    run true
    ->
    FROM alpine:3.24
    ENV A=a\ \
    b
    RUN echo "$(echo "a \
    b")"
    RUN true
  `;
});

test("white space that is a part of a word stays", () => {
  expect(format("FROM a\nRUN b \\\n\u00a0c \\\nd\u00a0\nRUN e \n")).toBe(
    "FROM a\nRUN b \\\n    \u00a0c \\\n    d\u00a0\nRUN e\n",
  );
});

test("continued lines are indented as the others of the file", () => {
  formats`
    FROM alpine:3.24
    RUN a \
      && b
    RUN c \
    && d
    ->
    FROM alpine:3.24
    RUN a \
      && b
    RUN c \
      && d
  `;
});

test("only the lines that are selected", () => {
  const text = "from a\nRUN b  \nRUN c  \n";
  expect(format(text, { start: 7, end: 9 })).toBe("from a\nRUN b\nRUN c  \n");
});

test.each([
  ["FROM a", "FROM a\n"],
  ["FROM a\nRUN b \\", "FROM a\nRUN b \\"],
  ["", ""],
  ["FROM a\nrun <<E\n", "FROM a\nrun <<E\n"],
])("the end of %j", (before, after) => {
  expect(format(before)).toBe(after);
});

test("files of the project say the same afterwards, and twice is once", () => {
  const files = globSync("{examples,test/fixtures}/**/Dockerfile*").filter(
    (it) => !it.endsWith(".dockerignore"),
  );
  expect(files.length).toBeGreaterThan(8);
  for (const name of files) {
    const text = readFileSync(name, "utf8");
    const after = format(text);
    const words = (it: string) =>
      parseDockerfile(it).instructions.map(({ name: keyword, words: all }) => [
        keyword,
        ...all.map((word) => word.raw.replace(/\s+/g, " ")),
      ]);
    expect(words(after).map((it) => it.map((word) => (word === "as" ? "AS" : word)))).toEqual(
      words(text).map((it) => it.map((word) => (word === "as" ? "AS" : word))),
    );
    expect(format(after)).toBe(after);
  }
});
