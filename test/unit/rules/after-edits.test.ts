import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shippedImages } from "../../../server/src/model/image/shipped-images.ts";
import type { DockerfileModel } from "../../../server/src/model/stage/dockerfile-model.ts";
import { evaluateDockerfile } from "../../../server/src/model/stage/evaluate.ts";
import { rules } from "../../../server/src/rules/all.ts";
import { checkDockerfile } from "../../../server/src/rules/check.ts";
import { type DockerfileNode, parseDockerfile } from "../../../server/src/syntax/dockerfile/parse.ts";
import { shippedPackages } from "../../../server/src/workspace/package-names.ts";
import { readMarkers } from "../../support/markers.ts";
import { contextOf, modelOf } from "../../support/model.ts";
import { isAboutDockerfiles } from "../../support/rule-kinds.ts";
import { shellReader } from "../../support/shell.ts";

const runs = Number(process.env["EDIT_RUNS"] ?? 60);

const healthy = new URL("../../fixtures/healthy/", import.meta.url);

/** What rules are shown as examples, and whole files. */
const texts = [
  ...rules
    .filter(isAboutDockerfiles)
    .flatMap(({ docs }) => [readMarkers(docs.bad).text, readMarkers(docs.good).text]),
  ...readdirSync(healthy).map((it) => readFileSync(new URL(it, healthy), "utf8")),
];

/** One edit as somebody makes it: where, by which share of the lines, and what. */
interface Typed {
  readonly at: number;
  readonly what: "delete" | "double" | "word" | "letter" | "line" | "join";
  readonly line: string;
}

const typed: fc.Arbitrary<Typed> = fc.record({
  // Shares as doubles would nearly all be close to 0.
  at: fc.nat(9_999).map((it) => it / 10_000),
  what: fc.constantFrom("delete", "double", "word", "letter", "line", "join"),
  line: fc.constantFrom(
    "# a comment",
    "# a word.tgz",
    "# plimsoll ignore=package-cache-left",
    "# hadolint shell=powershell",
    "FROM scratch",
    "FROM alpine:3.24 AS builder",
    "USER root",
    "RUN apt-get install -y curl",
    "RUN <<EOF",
    "EOF",
    "ENV PATH=/opt/bin",
    'CMD ["/srv/start"]',
    "COPY --from=builder /out/app /app",
    'SHELL ["/bin/bash", "-c"]',
    "ARG VERSION",
    "  && true \\",
    "",
  ),
});

function apply(text: string, { at, what, line }: Typed): string {
  const lines = text.split("\n");
  const index = Math.floor(at * lines.length);
  const own = lines[index] ?? "";
  if (what === "delete") lines.splice(index, 1);
  else if (what === "double") lines.splice(index, 0, own);
  else if (what === "line") lines.splice(index, 0, line);
  else if (what === "join") lines.splice(index, 2, own + (lines[index + 1] ?? ""));
  else if (what === "word") lines[index] = own.replace(/\S+$/, "other");
  else lines[index] = `${own.slice(0, own.length >> 1)}x${own.slice(own.length >> 1)}`;
  return lines.join("\n");
}

/** All files that the examples have around them. */
const { ".dockerignore": _, ...files } = Object.assign({}, ...rules.map((it) => it.docs.context ?? {}));

const inputs = {
  images: shippedImages,
  shell: shellReader,
  packages: shippedPackages,
  context: contextOf(files, "given", []),
  buildArguments: {},
};

test("after any edits the same is found as in a file that was never seen", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...texts), { minLength: 1, maxLength: 4 }),
      fc.array(typed, { minLength: 1, maxLength: 6 }),
      (parts, edits) => {
        let text = parts.join("\n");
        let model: DockerfileModel | undefined;
        let file: DockerfileNode | undefined;
        for (const edit of [undefined, ...edits]) {
          if (edit) text = apply(text, edit);
          file = parseDockerfile(text, file);
          model = evaluateDockerfile(file, inputs, model);
          expect(checkDockerfile(model, { allRules: true }), text).toEqual(
            checkDockerfile(modelOf(text, inputs), { allRules: true }),
          );
        }
      },
    ),
    { numRuns: runs, ...(process.env["EDIT_SEED"] ? { seed: Number(process.env["EDIT_SEED"]) } : {}) },
  );
}, 600_000);

test("a stage is looked at again when what is built on it becomes another", () => {
  const base = "FROM alpine:3.24 AS base\nUSER app\nHEALTHCHECK CMD curl -f http://127.0.0.1/\n";
  const without = `${base}FROM base AS api\nRUN true\n`;
  const brings = `${base}FROM base AS api\nUSER root\nRUN apk add curl && adduser -D app\nUSER app\n`;
  const below = `${base}FROM base AS mid\nRUN true\nFROM mid AS api\nUSER root\nRUN apk add curl\n`;
  let model: DockerfileModel | undefined;
  const counts: number[] = [];
  for (const text of [without, brings, below, `${below}# typed\n`, base, without, brings, base]) {
    model = evaluateDockerfile(parseDockerfile(text, model?.file), inputs, model);
    const problems = checkDockerfile(model, { allRules: true });
    expect(problems, text).toEqual(checkDockerfile(modelOf(text, inputs), { allRules: true }));
    counts.push(problems.filter((it) => it.rule === "healthcheck-tool-missing").length);
  }
  expect(counts).toEqual([1, 0, 0, 0, 1, 1, 0, 1]);
});

test.each([
  [
    "a line break of Windows in another stage",
    "FROM debian:13\nRUN curl x\nFROM debian:12\n",
    "RUN true\r\n",
  ],
  [
    "a sign that continues a line in front of an instruction",
    "FROM scratch\n",
    " \\ \n\nCOPY a.json b.json ./\n",
  ],
  ["such a sign that goes elsewhere", "FROM debian:13\nEXPOSE 80\n", "\\\nFROM debian:13\n"],
])("%s changes what is found as in a file that was never seen", (_, base, more) => {
  const files = [`${base}COPY a.json b.json ./\n`, `${base}${more}`, `${more}${base}`, base];
  let model: DockerfileModel | undefined;
  for (const text of files) {
    model = evaluateDockerfile(parseDockerfile(text, model?.file), inputs, model);
    expect(checkDockerfile(model, { allRules: true }), text).toEqual(
      checkDockerfile(modelOf(text, inputs), { allRules: true }),
    );
  }
});

test.each([
  ["debugger-shipped", "FROM php:8.4-fpm AS base\nRUN docker-php-ext-enable xdebug\n", "ENV XDEBUG_MODE=off"],
  [
    "debug-in-production",
    "FROM node:24-alpine AS base\nENV NODE_ENV=development\n",
    "ENV NODE_ENV=production",
  ],
  [
    "redirect-not-followed",
    "FROM buildpack-deps:trixie AS base\nRUN curl -fsSO https://github.com/a/b/releases/download/v1/c.tgz\n",
    "COPY curlrc /root/.curlrc",
  ],
  ["secret-in-image", 'ARG API_TOKEN\nFROM alpine:3.24 AS base\nCMD ["true"]\n', "ARG API_TOKEN"],
])("%s asks beyond the stage, which is looked at again when that becomes another", (id, base, line) => {
  const [plain, other] = [`${base}FROM base\nRUN true\n`, `${base}FROM base\n${line}\n`];
  let model: DockerfileModel | undefined;
  const places: (number | undefined)[] = [];
  for (const text of [plain, other, plain]) {
    model = evaluateDockerfile(parseDockerfile(text, model?.file), inputs, model);
    const problems = checkDockerfile(model, { allRules: true });
    expect(problems, text).toEqual(checkDockerfile(modelOf(text, inputs), { allRules: true }));
    places.push(problems.find((it) => it.rule === id)?.span.start);
  }
  expect(places[0]).toBeDefined();
  expect(places[1]).not.toBe(places[0]);
  expect(places[2]).toBe(places[0]);
});
