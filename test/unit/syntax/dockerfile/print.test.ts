import { describe, expect, test } from "vitest";
import { parseDockerfile } from "../../../../server/src/syntax/dockerfile/parse.ts";
import { parseToJson } from "../../../../server/src/syntax/dockerfile/print.ts";
import { quoteGo } from "../../../../server/src/syntax/dockerfile/quote-go.ts";
import { source } from "../../../../server/src/text/source.ts";
import { shown } from "./shown.ts";

describe("as BuildKit's tests show it", () => {
  test("every form of instruction", () => {
    const text = source`
      FROM --platform=$P alpine:3.22 AS x
      MAINTAINER  A  B
      arg A B=1
      ENV a b  c
      ENV d=e f="g"
      LABEL h=
      RUN --mount=type=cache,target=/x --network=none  a  b
      COPY a	b  c
      ADD ["a b", "c"]
      WORKDIR /a b
      USER u
      EXPOSE 80   90/udp
      VOLUME /a /b
      STOPSIGNAL 9
      SHELL ["a"]
      HEALTHCHECK --interval=1s CMD  a  b
      HEALTHCHECK NONE
      ONBUILD --x COPY --link a b
      Bogus a b
      CMD
    `;
    expect(shown(text)).toEqual([
      '(from ["--platform=$P"] "alpine:3.22" "AS" "x")',
      '(maintainer "A  B")',
      '(arg "A" "B=1")',
      '(env "a" "b  c" "")',
      '(env "d" "e" "=" "f" "\\"g\\"" "=")',
      '(label "h" "" "=")',
      '(run ["--mount=type=cache,target=/x" "--network=none"] "a  b")',
      '(copy "a" "b" "c")',
      '(add "a b" "c")',
      '(workdir "/a b")',
      '(user "u")',
      '(expose "80" "90/udp")',
      '(volume "/a" "/b")',
      '(stopsignal "9")',
      '(shell "a")',
      '(healthcheck ["--interval=1s"] "CMD" "a  b")',
      '(healthcheck "NONE")',
      '(onbuild ["--x"] (copy ["--link"] "a" "b"))',
      '(bogus "")',
      "(cmd)",
    ]);
  });

  test.each([
    ["a b", '"a b"'],
    ['"\\', '"\\"\\\\"'],
    ["\t\r\n\v\f\b\x07", '"\\t\\r\\n\\v\\f\\b\\a"'],
    ["\0\x7f", '"\\x00\\x7f"'],
    ["é 한 😀", '"é 한 😀"'],
    ["\u00a0\u200b\ufeff\u2028", '"\\u00a0\\u200b\\ufeff\\u2028"'],
    ["\u{e0001}", '"\\U000e0001"'],
    ["\ud800", '"\ufffd"'],
  ])("quotes as Go does: %j", (text, quoted) => {
    expect(quoteGo(text)).toBe(quoted);
  });
});

describe("as plain data", () => {
  test("an instruction with flags, here-document and places", () => {
    const text = "# escape=\\\nFROM a\nRUN --mount=type=ssh <<-'E' \\\n cat\nx\nE\n";
    const printed = parseToJson(parseDockerfile(text));
    expect(printed.directives).toEqual([
      { name: "escape", value: "\\", startLine: 1, endLine: 1, startOffset: 0, endOffset: 10 },
    ]);
    expect(printed.instructions[1]).toEqual({
      name: "RUN",
      flags: [{ name: "mount", value: "type=ssh" }],
      arguments: ["<<-'E'  cat"],
      execForm: false,
      hereDocuments: [
        { name: "E", content: "x\n", fileDescriptor: 0, stripTabs: true, expand: false, terminated: true },
      ],
      startLine: 3,
      endLine: 6,
      startOffset: 18,
      endOffset: text.length - 1,
    });
    expect(printed.problems).toEqual([]);
  });

  test("what ONBUILD puts before, exec form, problems", () => {
    const printed = parseToJson(parseDockerfile('FROM a\nONBUILD RUN ["b"]\nCOPY --form=c d e\n'));
    expect(printed.instructions[1]?.inner).toEqual({
      name: "RUN",
      flags: [],
      arguments: ["b"],
      execForm: true,
    });
    expect(printed.problems).toEqual([
      {
        code: "unknown-flag",
        severity: "error",
        message: "COPY has no flag `--form`. Did you mean `--from`?",
        suggestion: "from",
        startLine: 3,
        endLine: 3,
        startOffset: 32,
        endOffset: 36,
      },
    ]);
    expect(JSON.parse(JSON.stringify(printed))).toEqual(printed);
  });
});
