import { describe, expect, test } from "vitest";
import { composeFolds, dockerfileFolds } from "../../../server/src/features/folding.ts";
import {
  composeSymbols,
  type DocumentSymbol,
  dockerfileSymbols,
} from "../../../server/src/features/symbols.ts";
import { source } from "../../../server/src/text/source.ts";
import { composeOf } from "../../support/compose.ts";
import { modelOf } from "../../support/model.ts";

/** The tree as indented lines. */
function drawn(symbols: readonly DocumentSymbol[], indent = ""): string {
  return symbols
    .map((it) => `${indent}${it.name}: ${it.detail}\n${drawn(it.children, `${indent}  `)}`)
    .join("");
}

const dockerfile = source`
  # syntax=docker/dockerfile:1
  # A comment
  # of two lines.
  ARG GO=1.26
  FROM golang:\${GO} AS build
  COPY go.mod \
       go.sum ./
  RUN <<EOF
  go build
  EOF

  FROM scratch
  COPY --from=build /app /app
`;

const compose = source`
  name: shop
  services:
    api:
      build: ./api
      ports:
        - "80:80"
    db:
      image: postgres:18
  volumes:
    data:
`;

describe("symbols", () => {
  test("never what looks secret", () => {
    const text = source`
      x-env:
        DB_PASSWORD: hunter2
      services:
        a: {image: a, command: run --api-key hunter2}
    `;
    const lines = "FROM a\nENV DB_PASSWORD=hunter2\nRUN curl http://u:hunter2@b\n";
    const all = [...composeSymbols(composeOf(text)), ...dockerfileSymbols(modelOf(lines))];
    expect(drawn(all)).toContain("DB_PASSWORD: •••");
    expect(drawn(all)).not.toContain("hunter2");
  });

  test("stages with their instructions", () => {
    expect(drawn(dockerfileSymbols(modelOf(dockerfile)))).toMatchInlineSnapshot(`
      "ARG: GO=1.26
      build: FROM golang:1.26
        COPY: go.mod      go.sum ./
        RUN: <<EOF
      stage 1: FROM scratch
        COPY: /app /app
      "
    `);
  });

  test("sections and services", () => {
    expect(drawn(composeSymbols(composeOf(compose)))).toMatchInlineSnapshot(`
      "name: shop
      services: 
        api: build ./api
          build: ./api
          ports: 
        db: postgres:18
          image: postgres:18
      volumes: 
        data: 
      "
    `);
  });

  test("what is marked lies inside, and children inside their parent", () => {
    const holds = (symbol: DocumentSymbol) => {
      const { span, selection, children } = symbol;
      expect(span.start <= selection.start && selection.end <= span.end, symbol.name).toBe(true);
      for (const child of children) {
        expect(span.start <= child.span.start && child.span.end <= span.end, child.name).toBe(true);
        holds(child);
      }
    };
    for (const it of [...dockerfileSymbols(modelOf(dockerfile)), ...composeSymbols(composeOf(compose))])
      holds(it);
  });
});

describe("folding", () => {
  test("stages, long instructions, here-documents and comments; 0-based lines", () => {
    expect(dockerfileFolds(modelOf(dockerfile)).map((it) => [it.startLine, it.endLine, it.kind])).toEqual([
      [4, 9, "region"],
      [11, 12, "region"],
      [5, 6, "region"],
      [7, 9, "region"],
      [1, 2, "comment"],
    ]);
  });

  test("mapping entries of several lines", () => {
    expect(composeFolds(composeOf(compose).file).map((it) => [it.startLine, it.endLine])).toEqual([
      [1, 7],
      [2, 5],
      [4, 5],
      [6, 7],
      [8, 9],
    ]);
  });
});

test("sections of a Compose file show what each entry is", () => {
  const text = source`
    include:
      - more.yaml
      - path: [a.yaml, b.yaml]
    services: {a: {image: a}}
    networks:
      front: {driver: bridge}
      back: {external: true, name: shared}
    volumes: {data: }
    secrets:
      key: {file: ./key}
      token: {environment: TOKEN}
      old: {external: {name: older}}
    configs: {c: {content: x}}
    models: {llm: {model: ai/x}}`;
  expect(drawn(composeSymbols(composeOf(text)))).toBe(
    source`
    include:\u0020
      more.yaml:\u0020
      a.yaml: b.yaml
    services:\u0020
      a: a
        image: a
    networks:\u0020
      front: driver bridge
      back: external shared
    volumes:\u0020
      data:\u0020
    secrets:\u0020
      key: ./key
      token: environment TOKEN
      old: external older
    configs:\u0020
      c: content
    models:\u0020
      llm: ai/x
  `.replaceAll("\\u0020", " "),
  );
});

test("comments and regions of a Compose file fold; `#` in texts of several lines does not", () => {
  const text = source`
    # A comment
    # of two lines.
    services:
      # region databases
      db:
        image: postgres:18
      # endregion
      web:
        image: web
        command: |
          # not
          # a comment
          true`;
  const folds = composeFolds(composeOf(text).file).map((it) => `${it.startLine}-${it.endLine} ${it.kind}`);
  expect(folds).toEqual([
    "2-12 region",
    "4-5 region",
    "7-12 region",
    "9-12 region",
    "0-1 comment",
    "3-6 region",
  ]);
});
