import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expandWord, type Lookup, UNKNOWN } from "../../../../server/src/syntax/dockerfile/expand.ts";
import { parseDockerfile } from "../../../../server/src/syntax/dockerfile/parse.ts";
import { parseToJson, parseToSexp } from "../../../../server/src/syntax/dockerfile/print.ts";
import { tokensOf } from "../../../../server/src/syntax/dockerfile/tokens.ts";
import type { Dockerfile, Instruction, Word } from "../../../../server/src/syntax/dockerfile/tree.ts";
import { variablesIn } from "../../../../server/src/syntax/dockerfile/variables.ts";
import type { MappedText } from "../../../../server/src/text/mapped-text.ts";
import { source } from "../../../../server/src/text/source.ts";
import type { Span } from "../../../../server/src/text/span.ts";
import { dockerfileText, mutated } from "./arbitrary-dockerfile.ts";

const realistic = source`
  # syntax=docker/dockerfile:1
  # escape=\
  ARG GO_VERSION=1.26 BASE="alpine:3.22"
  FROM --platform=$BUILDPLATFORM golang:\${GO_VERSION:-1} AS build
  # Sources
  WORKDIR /src
  ENV CGO_ENABLED=0 \
      # why
      GOFLAGS="-trimpath -mod=readonly" PATH=\${PATH:+$PATH:}/go/bin

  RUN --mount=type=cache,target=/root/.cache \
      --mount=type=bind,"source=go.mod",target=go.mod \
      go build -o /out/app \

      ./cmd/app && echo "it's done"
  RUN <<-EOF cat 3<<"A B" | sh
  	echo hi $x
  	EOF
  second
  A B
  FROM $BASE
  LABEL a.b="c d" e=f
  COPY --from=build --chmod=755 ["/out/app", "/usr/bin/"]
  COPY <<app.conf /etc/
  x=1
  app.conf
  HEALTHCHECK --interval=30s CMD ["curl", "-f", "http://x"]
  ONBUILD COPY . /app
  EXPOSE 80/tcp $PORT
  CMD ["app", "\u00e9\n"]
`;

const anyText = fc.oneof(dockerfileText, mutated(realistic), mutated(realistic.replaceAll("\n", "\r\n")));
const runs = { numRuns: 500 };

describe("any text", () => {
  test("is cut into tokens without gap or overlap", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tokens = tokensOf(parseDockerfile(text));
        let end = 0;
        let isTiled = true;
        for (const { span } of tokens) {
          isTiled &&= span.start === end && span.end > span.start;
          end = span.end;
        }
        expect(isTiled).toBe(true);
        expect(end).toBe(text.length);
      }),
      runs,
    );
  });

  test("gives spans that lie inside the text and texts that map into it in order", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const file = parseDockerfile(text);
        const outside = [...spansOf(file)].filter(
          ({ start, end }) => start < 0 || end < start || end > text.length,
        );
        expect(outside).toEqual([]);
        for (const mapped of mappedTextsOf(file)) expectInOrder(text, mapped);
      }),
      runs,
    );
  });

  test("gives instructions one behind the other, and the same tree again", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const file = parseDockerfile(text);
        let line = -1;
        for (const it of file.instructions) {
          expect(it.startLine).toBeGreaterThan(line);
          expect(it.headEndLine).toBeGreaterThanOrEqual(it.startLine);
          expect(it.endLine).toBeGreaterThanOrEqual(it.headEndLine);
          line = it.endLine;
        }
        expect(parseToJson(parseDockerfile(text))).toEqual(parseToJson(file));
        expect(parseToSexp(parseDockerfile(text))).toBe(parseToSexp(file));
      }),
      runs,
    );
  });

  test("can be expanded as a word", () => {
    const lookups: Lookup[] = [() => undefined, () => "v/a.l", () => UNKNOWN];
    fc.assert(
      fc.property(
        anyText,
        fc.constantFrom(...lookups),
        fc.constantFrom("\\", "`"),
        (text, lookup, escapeCharacter) => {
          const { value, error, unknown } = expandWord(text, lookup, escapeCharacter);
          if (error) expect(value).toBeUndefined();
          if (value === undefined && !error) expect(unknown.length).toBeGreaterThan(0);
        },
      ),
      runs,
    );
  });
});

function* instructionsOf(file: Dockerfile): Generator<Instruction> {
  for (const instruction of file.instructions) {
    for (let it: Instruction | undefined = instruction; it; it = it.inner) yield it;
  }
}

function* wordsOf(it: Instruction): Generator<Word> {
  yield* it.words;
  for (const { name, value } of it.pairs) {
    yield name;
    if (value) yield value;
  }
}

function* spansOf(file: Dockerfile): Generator<Span> {
  for (const { span, nameSpan, valueSpan } of file.directives) yield* [span, nameSpan, valueSpan];
  for (const { span } of file.comments) yield span;
  for (const { span } of file.problems) yield span;
  for (const it of instructionsOf(file)) {
    yield* [it.span, it.keyword];
    for (const flag of it.flags) {
      yield* [flag.span, flag.nameSpan];
      if (flag.valueSpan) yield flag.valueSpan;
      for (const field of flag.fields) {
        yield field.span;
        if (field.valueSpan) yield field.valueSpan;
      }
    }
    for (const word of wordsOf(it)) {
      yield word.span;
      for (const variable of variablesIn(word, file.escape)) yield* [variable.span, variable.nameSpan];
    }
    for (const { span } of it.pairs) yield span;
    for (const { span, content, terminator } of it.hereDocuments) {
      yield* [span, content];
      if (terminator) yield terminator;
    }
  }
}

function* mappedTextsOf(file: Dockerfile): Generator<MappedText> {
  for (const it of instructionsOf(file)) {
    yield* [it.body, it.rest];
    for (const { text } of it.hereDocuments) yield text;
    for (const { mapped } of wordsOf(it)) if (mapped) yield mapped;
  }
}

function expectInOrder(text: string, mapped: MappedText): void {
  let before = -1;
  let isRight = true;
  for (let at = 0; at < mapped.text.length; at++) {
    const origin = mapped.toSource(at);
    isRight &&= origin > before && text[origin] === mapped.text[at];
    before = origin;
  }
  expect(isRight && mapped.toSource(mapped.text.length) > before).toBe(true);
  const { start, end } = mapped.spanOf(0, mapped.text.length);
  expect(end).toBeLessThanOrEqual(text.length);
  expect(start).toBeLessThanOrEqual(end);
}
