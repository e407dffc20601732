import { expect, test } from "vitest";
import type { Problem } from "../../../server/src/rules/rule.ts";
import { readComposeSuppressions, readSuppressions } from "../../../server/src/rules/suppressions.ts";
import { parseCompose } from "../../../server/src/syntax/compose/parse.ts";
import { parseDockerfile } from "../../../server/src/syntax/dockerfile/parse.ts";
import { source } from "../../../server/src/text/source.ts";

/** The lines, counted from 1, of which a problem at their first character is shown. */
function shownLines(file: string, rule: string, aliases: readonly string[] = []): number[] {
  const silenced = readSuppressions(parseDockerfile(file));
  return linesOf(file, rule, aliases, silenced);
}

function linesOf(
  file: string,
  rule: string,
  aliases: readonly string[],
  silenced: (it: Problem) => boolean,
): number[] {
  let offset = 0;
  return file
    .trimEnd()
    .split("\n")
    .flatMap((line, index) => {
      const span = { start: offset + line.search(/\S|$/), end: offset + line.length };
      offset += line.length + 1;
      const problem: Problem = {
        rule,
        aliases,
        span,
        severity: "warning",
        tags: ["size"],
        message: "",
        related: [],
        fixes: [],
      };
      return line.startsWith("#") || silenced(problem) ? [] : [index + 1];
    });
}

test("a comment above an instruction silences it and nothing else", () => {
  const file = source`
    FROM alpine
    # plimsoll ignore=some-rule,other-rule
    RUN a
    RUN b`;
  expect(shownLines(file, "some-rule")).toEqual([1, 4]);
  expect(shownLines(file, "other-rule")).toEqual([1, 4]);
  expect(shownLines(file, "third-rule")).toEqual([1, 3, 4]);
});

test("all lines of a continued instruction, from above and from inside", () => {
  const above = source`
    FROM alpine
    # plimsoll ignore=some-rule

    # Why it is so.
    RUN a && \
        b
    RUN c`;
  expect(shownLines(above, "some-rule")).toEqual([1, 3, 7]);
  const inside = source`
    FROM alpine
    RUN a && \
    # plimsoll ignore=some-rule
        b
    RUN c`;
  expect(shownLines(inside, "some-rule")).toEqual([1, 5]);
});

test("the file, wherever it is said", () => {
  const file = source`
    # plimsoll global ignore=some-rule
    FROM alpine
    RUN a`;
  expect(shownLines(file, "some-rule")).toEqual([]);
  expect(shownLines(file, "other-rule")).toEqual([2, 3]);
});

test("the stage, said inside it or above its FROM", () => {
  const file = source`
    FROM alpine AS one
    RUN a
    # plimsoll stage ignore=some-rule
    FROM alpine AS two
    RUN b
    FROM alpine AS three
    RUN c
    # hadolint stage ignore=DL1
    RUN d`;
  expect(shownLines(file, "some-rule")).toEqual([1, 2, 6, 7, 9]);
  expect(shownLines(file, "some-rule", ["DL1"])).toEqual([1, 2]);
});

test("hadolint's comments, through the aliases", () => {
  const file = source`
    # hadolint global ignore=DL3007, DL3009
    FROM alpine
    # hadolint ignore=dl3008
    RUN a`;
  expect(shownLines(file, "some-rule", ["DL3007"])).toEqual([]);
  expect(shownLines(file, "some-rule", ["DL3009"])).toEqual([]);
  expect(shownLines(file, "some-rule", ["DL3008"])).toEqual([2]);
  expect(shownLines(file, "some-rule", ["DL3000"])).toEqual([2, 4]);
});

test("BuildKit's directive for the file and its comment above an instruction", () => {
  const file = source`
    # check=skip=JSONArgsRecommended,StageNameCasing;error=true
    FROM alpine
    # check=skip=MaintainerDeprecated
    RUN a`;
  expect(shownLines(file, "some-rule", ["JSONArgsRecommended"])).toEqual([]);
  expect(shownLines(file, "some-rule", ["MaintainerDeprecated"])).toEqual([2]);
  expect(shownLines(file, "some-rule")).toEqual([2, 4]);
});

test("BuildKit reads a check directive, and the comment above an instruction, up to the first blank", () => {
  const file = source`
    # check=skip=StageNameCasing // the names are those of our services
    FROM alpine
    # check=skip=MaintainerDeprecated // our label is written by the pipeline
    RUN a
    # check=skip=MaintainerDeprecated, FromAsCasing
    RUN b
    # check=skip=UndefinedVar
    # check=skip=FromAsCasing
    RUN c`;
  expect(shownLines(file, "some-rule", ["StageNameCasing"])).toEqual([]);
  expect(shownLines(file, "some-rule", ["MaintainerDeprecated"])).toEqual([2, 9]);
  expect(shownLines(file, "some-rule", ["FromAsCasing"])).toEqual([2, 4, 6, 9]);
  expect(shownLines(file, "some-rule", ["UndefinedVar"])).toEqual([2, 4, 6]);
});

test("of several lists of a check directive the last counts, and all only alone", () => {
  const shown = (directive: string, alias: string) =>
    shownLines(`# check=${directive}\nFROM alpine`, "some-rule", [alias]).length > 0;
  expect(shown("skip=FromAsCasing;skip=UndefinedVar", "FromAsCasing")).toBe(true);
  expect(shown("skip=FromAsCasing;skip=UndefinedVar", "UndefinedVar")).toBe(false);
  expect(shown("skip=all;skip=UndefinedVar", "FromAsCasing")).toBe(false);
  expect(shown("skip=all,UndefinedVar", "FromAsCasing")).toBe(true);
});

test("check=skip=all is each check of BuildKit and no rule of ours", () => {
  const file = source`
    # check=skip=all
    FROM alpine`;
  expect(shownLines(file, "some-rule", ["DL3025", "JSONArgsRecommended"])).toEqual([]);
  expect(shownLines(file, "some-rule", ["DL3025", "S03"])).toEqual([2]);
});

test("Trivy's comment is for the instruction below, Checkov's for the file", () => {
  const file = source`
    # trivy:ignore:AVD-DS-0001 trivy:ignore:DS026
    FROM alpine
    #checkov:skip=CKV_DOCKER_3:It drops its rights itself.
    RUN a
    #trivy:ignore:DS-0002:exp:2026-12-31
    RUN b
    # We trivy:ignore:DS-0025 nothing
    RUN c`;
  expect(shownLines(file, "some-rule", ["DS-0001"])).toEqual([4, 6, 8]);
  expect(shownLines(file, "some-rule", ["DS-0026"])).toEqual([4, 6, 8]);
  expect(shownLines(file, "some-rule", ["CKV_DOCKER_3"])).toEqual([]);
  expect(shownLines(file, "some-rule", ["CKV_DOCKER_2"])).toEqual([2, 4, 6, 8]);
  expect(shownLines(file, "some-rule", ["DS-0002"])).toEqual([2, 4, 6, 8]);
  expect(shownLines(file, "some-rule", ["DS-0025"])).toEqual([2, 4, 6, 8]);
});

test("names that Trivy's checks had before", () => {
  const file = source`
    # plimsoll ignore=AVD-DS-0002, DS013
    FROM alpine`;
  expect(shownLines(file, "some-rule", ["DS-0002"])).toEqual([]);
  expect(shownLines(file, "some-rule", ["DS-0013"])).toEqual([]);
  expect(shownLines(file, "some-rule", ["DS-0001"])).toEqual([2]);
});

test("a comment that only speaks of ignoring silences nothing", () => {
  const file = source`
    # plimsoll: we ignore=some-rule
    # ignore=some-rule
    FROM alpine`;
  expect(shownLines(file, "some-rule")).toEqual([3]);
});

test("a comment at the end of the file has nothing below it", () => {
  const file = source`
    FROM alpine
    # plimsoll ignore=some-rule`;
  expect(shownLines(file, "some-rule")).toEqual([1]);
});

test("in a Compose file: the line, from above or at its end, and the file", () => {
  const lines = (file: string, rule: string) =>
    linesOf(file, rule, [], readComposeSuppressions(parseCompose(file)));
  const file = source`
    services:
      # plimsoll ignore=some-rule
      # The reason.
      db:
        image: postgres # plimsoll ignore=some-rule, other-rule
        ports: ["5432:5432"]`;
  expect(lines(file, "some-rule")).toEqual([1, 2, 3, 6]);
  expect(lines(file, "other-rule")).toEqual([1, 2, 3, 4, 6]);
  expect(lines(`# plimsoll global ignore=some-rule\n${file}`, "some-rule")).toEqual([]);
});

test("hadolint's reason may follow the names at once", () => {
  const file = source`
    FROM alpine
    # hadolint ignore=DL3008#we accept it
    RUN a`;
  expect(shownLines(file, "some-rule", ["DL3008"])).toEqual([1]);
});

test("skip=all does not speak of an experimental check", () => {
  const file = source`
    # check=skip=all;experimental=all
    FROM alpine`;
  expect(shownLines(file, "some-rule", ["InvalidDefinitionDescription"])).toEqual([2]);
  expect(shownLines(file, "some-rule", ["FromAsCasing"])).toEqual([]);
});

test("without comments only BuildKit's count", () => {
  const file = source`
    # hadolint global ignore=DL1
    FROM alpine
    # plimsoll ignore=some-rule
    RUN a
    # check=skip=FromAsCasing
    RUN b`;
  const silenced = readSuppressions(parseDockerfile(file), false);
  expect(linesOf(file, "some-rule", ["DL1"], silenced)).toEqual([2, 4, 6]);
  expect(linesOf(file, "other-rule", ["FromAsCasing"], silenced)).toEqual([2, 4]);
});

test("dclint's comments speak of its rules, of a line or of the file", () => {
  const shown = (file: string, aliases: readonly string[]) =>
    linesOf(file, "some-rule", aliases, readComposeSuppressions(parseCompose(file)));
  const file = source`
    services:
      db: # dclint disable-line
        # dclint disable-line no-version-field no-build-and-image
        image: postgres
        # dclint disable
        ports: ["5432:5432"]`;
  expect(shown(file, ["no-build-and-image"])).toEqual([1, 3, 5, 6]);
  expect(shown(file, ["no-unbound-port-interfaces"])).toEqual([1, 3, 4, 5, 6]);
  expect(shown(file, ["S64"])).toEqual([1, 2, 3, 4, 5, 6]);
  for (const first of [
    "# dclint disable",
    "# dclint disable-file",
    "---\n# dclint disable no-version-field",
  ]) {
    expect(shown(`${first}\n${file}`, ["no-version-field"])).toEqual([]);
    expect(shown(`${first}\n${file}`, ["S64"]).length).toBeGreaterThan(5);
  }
  expect(shown(`services:\n# dclint disable-file\n  a:`, ["no-version-field"])).toEqual([1, 3]);
});
