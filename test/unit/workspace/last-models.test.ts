import { expect, test } from "vitest";
import type { Snapshot } from "../../../server/src/workspace/documents.ts";
import { LastModels } from "../../../server/src/workspace/last-models.ts";
import { modelOf } from "../../support/model.ts";

function version(number: number, uri = "file:///Dockerfile"): Snapshot {
  return { uri, path: undefined, kind: "dockerfile", version: number, text: "FROM scratch\n" };
}

test("the next version takes over from the last one, as long as nothing around has changed", () => {
  const models = new LastModels();
  const model = modelOf("FROM scratch\n");
  models.set(version(1), "1.1", model);
  expect(models.before(version(2), "1.1")).toBe(model);
  expect(models.before(version(2), "1.2")).toBeUndefined();
  expect(models.before(version(2, "file:///other"), "1.1")).toBeUndefined();
});

test("a document that is opened again is evaluated as a whole", () => {
  const models = new LastModels();
  models.set(version(7), "1.1", modelOf("FROM scratch\n"));
  expect(models.before(version(1), "1.1")).toBeUndefined();
});

test("after many edits the file is evaluated as a whole, once", () => {
  const models = new LastModels();
  const wholes: number[] = [];
  for (let at = 1; at <= 250; at++) {
    if (!models.before(version(at), "")) wholes.push(at);
    models.set(version(at), "", modelOf("FROM scratch\n"));
  }
  expect(wholes).toEqual([1, 101, 201]);
});

test("only the documents that were used last are held", () => {
  const models = new LastModels();
  for (let at = 0; at < 20; at++) models.set(version(1, `file:///${at}`), "", modelOf("FROM scratch\n"));
  const held = Array.from({ length: 20 }, (_, at) => models.before(version(2, `file:///${at}`), ""));
  expect(held.filter((it) => it !== undefined)).toHaveLength(8);
  expect(held.at(-1)).toBeDefined();
});
