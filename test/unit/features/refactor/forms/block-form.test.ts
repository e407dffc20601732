import { expect, test } from "vitest";
import { offersAt, rewrites } from "../../../../support/refactor.ts";

test("a list in brackets", () => {
  rewrites("Write depends_on as a block")`
    services:
      api:
        image: api
        depends_on: [db, "cache"<|>] # first
        tty: true
      db: {image: postgres:18}
      cache: {image: redis:8}
    ->
    services:
      api:
        image: api
        depends_on: # first
          - db
          - "cache"
        tty: true
      db: {image: postgres:18}
      cache: {image: redis:8}`;
});

test("a mapping in braces; what is in brackets inside stays so", () => {
  rewrites("Write db as a block")`
    services:
      <|>db: {image: "postgres:18", ports: ["5432:5432"], healthcheck: {test: [CMD, pg_isready]}, tty: }
    ->
    services:
      db:
        image: "postgres:18"
        ports: ["5432:5432"]
        healthcheck: {test: [CMD, pg_isready]}
        tty:`;
});

test("an entry of a list", () => {
  rewrites("Write this entry as a block")`
    services:
      api:
        image: api
        ports:
          - {target<|>: 80, published: "8080"}
    ->
    services:
      api:
        image: api
        ports:
          - target: 80
            published: "8080"`;
});

test("not of nothing, of several lines, with marks, nor of what is a block already", () => {
  const titles = (fixture: string) => {
    const at = fixture.indexOf("<|>");
    return offersAt(fixture.replace("<|>", ""), at)
      .filter((it) => it.id === "block-form")
      .map((it) => it.title);
  };
  expect(titles("services:\n  a:\n    image: x\n    profiles: [<|>a]\n")).toHaveLength(1);
  expect(titles("services:\n  a:\n    image: x\n    profiles: [<|>]\n")).toEqual([]);
  expect(titles("services:\n  a:\n    image: x\n    profiles: [<|>a,\n      b]\n")).toEqual([]);
  expect(titles("services:\n  a:\n    image: x\n    profiles: &p [<|>a]\n")).toEqual([]);
  expect(
    titles("services:\n  a:\n    image: x\n    profiles: [&p <|>a]\n  b: {image: y, profiles: [*p]}\n"),
  ).toEqual([]);
  expect(titles("services:\n  a:\n    image: x\n    profiles: !override [<|>a]\n")).toEqual([]);
  expect(titles("services:\n  a:\n    ports:\n      - {target: 80<|>} # web\n")).toEqual([]);
  expect(titles("services:\n  a:\n    <|>profiles:\n      - a\n")).toEqual([]);
  expect(titles("{services: {a: {image: x, profiles: [<|>a]}}}\n")).toEqual([]);
});
