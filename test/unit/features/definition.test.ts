import { expect, test } from "vitest";
import { definitionInCompose, definitionInDockerfile } from "../../../server/src/features/definition.ts";
import { composeOf } from "../../support/compose.ts";
import { readCursor } from "../../support/cursor.ts";
import { modelOf } from "../../support/model.ts";

/** Line, from 1, and text of what is declared. */
function declared(fixture: string): string | undefined {
  const { text, offset } = readCursor(fixture);
  const found = definitionInDockerfile(modelOf(text), offset);
  return (
    found &&
    `${text.slice(0, found.span.start).split("\n").length} ${text.slice(found.span.start, found.span.end)}`
  );
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

test("services, networks and volumes of a Compose file, and the stage of a target", () => {
  const text = `services:
  api:
    build:
      target: final
    depends_on: [db]
    networks: [front]
    volumes: ["data:/d"]
  db: {}
networks:
  front:
volumes:
  data:
`;
  const project = composeOf(text, { dockerfiles: { Dockerfile: "FROM alpine AS final\n" } });
  const at = (word: string) => {
    const found = definitionInCompose(project, text.indexOf(word) + 1);
    return (
      found && {
        file: found.file,
        line: found.file === undefined ? text.slice(0, found.span.start).split("\n").length : 1,
      }
    );
  };
  expect(at("db]")).toEqual({ file: undefined, line: 8 });
  expect(at("front]")).toEqual({ file: undefined, line: 10 });
  expect(at("data:/d")).toEqual({ file: undefined, line: 12 });
  expect(at("final")).toEqual({ file: "/project/Dockerfile", line: 1 });
});
