import { expect, test } from "vitest";
import { copyDestinationNotDirectory as rule } from "../../../../server/src/rules/dockerfile/copy-destination-not-directory.ts";
import { fixes, problemsOf, reports } from "../../../support/check.ts";

test("several sources, COPY and ADD", () => {
  reports(rule)`
    FROM alpine:3.24
    COPY foo bar baz
                 ^^^ copy-destination-not-directory: With several sources the destination has to be a directory: baz/.
    ADD foo bar /baz
                ^^^^ copy-destination-not-directory
    COPY ["a", "b", "/c d"]
                    ^^^^^^ copy-destination-not-directory
    ONBUILD COPY foo bar /baz
                         ^^^^ copy-destination-not-directory
  `;
});

test("not one source, a directory, or what may be one", () => {
  reports(rule)`
    FROM alpine:3.24
    WORKDIR /app
    ENV HOME_DIRECTORY=/home/app/
    COPY foo bar
    COPY *.json /app
    COPY foo bar baz/
    COPY foo bar .
    COPY foo bar ./
    COPY foo bar ..
    COPY foo bar /app/.
    COPY foo bar $TARGET
    COPY foo bar \${HOME_DIRECTORY}
    COPY ["a", "b", "c/"]
    COPY foo bar "c/"
  `;
});

test("a directory that is there weighs less: BuildKit finds it", () => {
  const found = problemsOf(rule)`
    FROM alpine:3.24
    WORKDIR /app
    COPY foo bar /app
    COPY foo bar /other
    ONBUILD COPY foo bar /app
  `;
  expect(found.map((it) => it.severity)).toEqual(["info", "warning", "warning"]);
  expect(found[0]?.message).toBe("Builders other than BuildKit want a slash behind the directory: /app/.");
});

test("with a slash", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24
    COPY foo bar /baz
    COPY ["a", "b", "/c d"]
    COPY foo bar "/baz"
    ADD a \
      # two of them
      b \
      /c
    ->
    FROM alpine:3.24
    COPY foo bar /baz/
    COPY ["a", "b", "/c d/"]
    COPY foo bar "/baz/"
    ADD a \
      # two of them
      b \
      /c/
  `;
});

test("not where the first word was to be the value of a flag", () => {
  reports(rule)`
    FROM alpine:3.24
    COPY --from tools /bin/a /bin/b
    COPY --chown app:app one /two
  `;
  reports(rule)`
    FROM alpine:3.24
    COPY --link one two /three
                        ^^^^^^ copy-destination-not-directory
  `;
});

test("not where a path of Windows takes the next line with it", () => {
  reports(rule)`
    FROM mcr.microsoft.com/windows/nanoserver:ltsc2025
    COPY a.exe C:\app\
    CMD ["cmd", "/C", "a.exe"]
  `;
});
