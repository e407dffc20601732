import { expect, test } from "vitest";
import { declarationsOf, definitionInDockerfile } from "../../../server/src/features/definition.ts";
import { readCursor } from "../../support/cursor.ts";
import { modelOf } from "../../support/model.ts";
import { namedProject } from "../../support/names.ts";

/** Line, from 1, and text of what is declared. */
function declared(fixture: string): string | undefined {
  const { text, offset } = readCursor(fixture);
  const found = definitionInDockerfile(modelOf(text), offset);
  return found && `${text.slice(0, found.start).split("\n").length} ${text.slice(found.start, found.end)}`;
}

test("a stage, from each place that names it, several flags or not", () => {
  const file = "FROM golang AS build\nFROM alpine\n";
  expect(declared("FROM golang AS build\nFROM bu<|>ild")).toBe("1 build");
  expect(declared(`${file}COPY --chown=1 --from=bu<|>ild --link a b`)).toBe("1 build");
  expect(declared(`${file}RUN --mount=type=bind,from=bui<|>ld true`)).toBe("1 build");
  expect(declared(`${file}COPY --from=<|>0 a b`)).toBe("1 build");
  expect(declared(`${file}COPY --from=<|>other a b`)).toBeUndefined();
});

test("a variable: the declaration that counts there", () => {
  expect(declared("FROM alpine\nENV A=1\nENV A=2\nRUN echo $<|>A\nENV A=3")).toBe("3 A");
  expect(declared("ARG V=1\nFROM alpine:$<|>V")).toBe("1 V");
  expect(declared("ARG V=1\nFROM alpine\nRUN echo $<|>V")).toBeUndefined();
});

test("in Compose files: services, networks and volumes, and the stage of a target in its Dockerfile", () => {
  const text = `services:
  api:
    build:
      target: final
    depends_on: [db]
    networks: [front]
    volumes: ["data:/d"]
    profiles: [debug]
  db: {}
networks:
  front:
volumes:
  data:
`;
  const project = namedProject({ "compose.yaml": text, Dockerfile: "FROM alpine AS final\n" });
  const at = (word: string) =>
    project.shown(declarationsOf(project.table, `${project.folder}/compose.yaml`, text.indexOf(word) + 1));
  expect(at("db]")).toEqual(["compose.yaml:9 db*"]);
  expect(at("front]")).toEqual(["compose.yaml:11 front*"]);
  expect(at("data:/d")).toEqual(["compose.yaml:13 data*"]);
  expect(at("final")).toEqual(["Dockerfile:1 final*"]);
  expect(at("debug")).toEqual(["compose.yaml:8 debug"]);
  expect(at("target:")).toEqual([]);
});

test("a stage that has a number only", () => {
  const text = "services:\n  api:\n    build: {context: ., target: '1'}\n";
  const project = namedProject({ "compose.yaml": text, Dockerfile: "FROM alpine\nFROM debian\n" });
  const found = declarationsOf(project.table, `${project.folder}/compose.yaml`, text.indexOf("'1") + 1);
  expect(project.shown(found)).toEqual(["Dockerfile:2 FROM*"]);
});
