import { expect, test } from "vitest";
import { selectionInCompose, selectionInDockerfile } from "../../../server/src/features/selection.ts";
import { parseCompose } from "../../../server/src/syntax/compose/parse.ts";
import { readCursor } from "../../support/cursor.ts";
import { modelOf } from "../../support/model.ts";

const inCompose = (fixture: string) => {
  const { text, offset } = readCursor(fixture);
  return selectionInCompose(parseCompose(text), offset).map((it) => text.slice(it.start, it.end));
};
const inDockerfile = (fixture: string) => {
  const { text, offset } = readCursor(fixture);
  return selectionInDockerfile(modelOf(text), offset).map((it) => text.slice(it.start, it.end));
};

test("Compose: word, value, with quotes, list, entry, and so on up to the file", () => {
  expect(inCompose('a: 1\nservices:\n  db:\n    image: x\n    volumes: ["da<|>ta:/d", e]\n')).toEqual([
    "data",
    "data:/d",
    '"data:/d"',
    '["data:/d", e]',
    'volumes: ["data:/d", e]',
    'image: x\n    volumes: ["data:/d", e]',
    'db:\n    image: x\n    volumes: ["data:/d", e]',
    'services:\n  db:\n    image: x\n    volumes: ["data:/d", e]',
    'a: 1\nservices:\n  db:\n    image: x\n    volumes: ["data:/d", e]',
    'a: 1\nservices:\n  db:\n    image: x\n    volumes: ["data:/d", e]\n',
  ]);
  expect(inCompose("ser<|>vices: {}\n")).toEqual(["services", "services: {}", "services: {}\n"]);
  expect(inCompose("x: &a {b: c}\ny: {<<: *a<|>}\n")).toEqual([
    "a",
    "<<: *a",
    "{<<: *a}",
    "y: {<<: *a}",
    "x: &a {b: c}\ny: {<<: *a}",
    "x: &a {b: c}\ny: {<<: *a}\n",
  ]);
  expect(inCompose("<|>")).toEqual([""]);
  expect(inCompose("services:\n  a<|>")).toEqual(["a", "services:\n  a"]);
});

test("Dockerfile: word, flag, what is behind the keyword, instruction, stage, file", () => {
  expect(
    inDockerfile(
      "ARG A\nFROM alpine AS x\nRUN --mount=type=cache,target=/ro<|>ot/.cache true\nFROM scratch\n",
    ),
  ).toEqual([
    "root",
    "/root/.cache",
    "target=/root/.cache",
    "type=cache,target=/root/.cache",
    "--mount=type=cache,target=/root/.cache",
    "--mount=type=cache,target=/root/.cache true",
    "RUN --mount=type=cache,target=/root/.cache true",
    "FROM alpine AS x\nRUN --mount=type=cache,target=/root/.cache true",
    "ARG A\nFROM alpine AS x\nRUN --mount=type=cache,target=/root/.cache true\nFROM scratch\n",
  ]);
  expect(inDockerfile('FROM alpine\nENV A=1 B="x <|>y"\n').slice(0, 5)).toEqual([
    "y",
    "x y",
    '"x y"',
    'B="x y"',
    'A=1 B="x y"',
  ]);
  expect(inDockerfile("FROM alpine\n# a com<|>ment\n")).toEqual([
    "comment",
    "# a comment",
    "FROM alpine\n# a comment\n",
  ]);
  expect(inDockerfile("FR<|>")).toEqual(["FR"]);
});
