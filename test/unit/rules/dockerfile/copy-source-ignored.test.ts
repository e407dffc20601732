import { expect, test } from "vitest";
import { copySourceIgnored as rule } from "../../../../server/src/rules/dockerfile/copy-source-ignored.ts";
import { ignoreFileFixed, offersNothing, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const context = contextOf({
  ".dockerignore": "*\n!src\n!lib/keep.js\nsrc/*.tmp\n",
  "src/main.js": "",
  "src/a.tmp": "",
  "lib/keep.js": "",
  "lib/other.js": "",
  "app.js": "",
});

test("files and folders, with exceptions behind them", () => {
  reports(rule, { context })`
    FROM alpine:3.24
    COPY app.js /a/
         ^^^^^^ copy-source-ignored: The ignore file keeps app.js out of the build with the pattern *.
    COPY ./src/main.js src/a.tmp /a/
                       ^^^^^^^^^ copy-source-ignored: The ignore file keeps src/a.tmp out of the build with the pattern src/*.tmp.
    ADD lib/other.js /a/
        ^^^^^^^^^^^^ copy-source-ignored
    COPY *.js src/*.t[mn]p lib/*.js /b/
         ^^^^ copy-source-ignored
              ^^^^^^^^^^^^ copy-source-ignored
    ONBUILD COPY app.js /a/
                 ^^^^^^ copy-source-ignored
  `;
});

test("not a folder of which something comes back, nor what is not of the context", () => {
  reports(rule, { context })`
    FROM alpine:3.24 AS one
    COPY src lib s*c /a/
    COPY . /a/
    FROM alpine:3.24
    ARG WHAT
    COPY --from=one app.js /a/
    COPY $WHAT lib/*.js *.none /a/
    ADD https://example.com/app.js /a/
    COPY <<app.js /a/
    app.js
  `;
});

test("not without an ignore file, and not without a context", () => {
  reports(rule, { context: contextOf({ "app.js": "" }) })`
    FROM alpine:3.24
    COPY app.js missing /a/
  `;
  reports(rule)`
    FROM alpine:3.24
    COPY app.js /a/
  `;
});

test("the whole context", () => {
  reports(rule, { context: contextOf({ ".dockerignore": "**", a: "" }) })`
    FROM alpine:3.24
    COPY . /a/
         ^ copy-source-ignored: The ignore file keeps the whole context out of the build.
  `;
});

test("an error where a Compose file says which context it is", () => {
  const severity = (origin: "given" | "guessed") =>
    problemsOf(rule, { context: contextOf({ ".dockerignore": "dist", "dist/a": "" }, origin) })`
      FROM alpine:3.24
      COPY dist /a/
    `.map((it) => it.severity);
  expect(severity("guessed")).toEqual(["warning"]);
  expect(severity("given")).toEqual(["error"]);
});

const write = (text: string, files: Readonly<Record<string, string>>) =>
  ignoreFileFixed(rule, text, { context: contextOf(files) });

test("lets it in with an exception at the end", () => {
  const tree = { "dist/app.js": "", "dist/app.js.map": "" };
  expect(write("FROM alpine:3.24\nCOPY dist /a/\n", { ...tree, ".dockerignore": "# Built\ndist" })).toEqual([
    "Let dist in with an exception in .dockerignore",
    "# Built\ndist\n!dist\n",
  ]);
  expect(write("FROM alpine:3.24\nCOPY dist/app.js /a/\n", { ...tree, ".dockerignore": "dist\r\n" })[1]).toBe(
    "dist\r\n!dist/app.js\r\n",
  );
  expect(write("FROM alpine:3.24\nCOPY dist/*.js /a/\n", { ...tree, ".dockerignore": "**\n!src\n" })[1]).toBe(
    "**\n!src\n!dist/*.js\n",
  );
  expect(
    write("FROM alpine:3.24\nCOPY dist /a/\n", { ...tree, "Dockerfile.dockerignore": "dist\n" })[0],
  ).toBe("Let dist in with an exception in Dockerfile.dockerignore");
});

test("offers no exception for what is not there, secrets, and the whole context", () => {
  const tree = { ".dockerignore": "dist\n.env\nconfig\n", ".env": "", "config/server.key": "" };
  offersNothing(rule, { context: contextOf(tree) })`
    FROM alpine:3.24
    COPY dist config /a/
    COPY .env /b/
  `;
  offersNothing(rule, { context: contextOf({ ".dockerignore": "*", a: "" }) })`
    FROM alpine:3.24
    COPY . /a/
  `;
});

test("what a RUN mounts of the context", () => {
  const context = contextOf({
    ".dockerignore": "vendor/\n*.lock\n",
    "vendor/a.go": "",
    "go.mod": "",
    "x.lock": "",
  });
  reports(rule, { context })`
    FROM golang:1.27 AS build
    RUN --mount=type=bind,source=vendor,target=vendor --mount=source=go.mod,target=go.mod go build -o /a .
                                 ^^^^^^ copy-source-ignored
    RUN --mount=src=x.lock,target=/x ls
                    ^^^^^^ copy-source-ignored
    RUN --mount=type=bind,target=. ls
    RUN --mount=type=bind,from=build,source=vendor,target=/x ls
    RUN --mount=type=cache,source=vendor,target=/x ls
    ARG F=vendor
    RUN --mount=type=bind,source=$F,target=/x ls
  `;
});
