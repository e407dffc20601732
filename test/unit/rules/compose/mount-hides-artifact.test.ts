import { test } from "vitest";
import { mountHidesArtifact as rule } from "../../../../server/src/rules/compose/mount-hides-artifact.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

const around = {
  dockerfiles: {
    Dockerfile:
      'FROM golang:1.27 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /out/api .\nFROM alpine:3.24\nWORKDIR /app\nCOPY --from=build /out/api /app/api\nCMD ["./api"]\n',
    "plain/Dockerfile": 'FROM alpine:3.24\nWORKDIR /app\nCOPY api /app/api\nCMD ["./api"]\n',
  },
  absent: ["api"],
};

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad, around);
  expectComposeProblems(rule, rule.docs.good, around);
});

test("also where the service says what is started", () => {
  reportsInCompose(rule, around)`
    services:
      a: {build: ., command: /app/api -v, volumes: ["./:/app/"]}
                                                     ^^^^^^^^ mount-hides-artifact
      b: {build: ., command: sleep 9, volumes: [".:/app"]}
  `;
});

test("not where the folder may have it, or nothing is hidden", () => {
  reportsInCompose(rule, { ...around, absent: [] })`
    services:
      a: {build: ., volumes: [".:/app"]}
  `;
  reportsInCompose(rule, around)`
    services:
      b: {build: ., volumes: ["data:/app", ".:/src"]}
      c: {build: plain, volumes: [".:/app"]}
      d: {build: ., volumes: [".:\${TARGET}"]}
      e: {build: ., volumes: ["./api:/app/api"]}
      f: {build: ., volumes: [".:/app", "/app/api"]}
      g: {image: g, volumes: [".:/app"]}
    volumes: {data: {}}
  `;
});

test("the mount goes", () => {
  fixesInCompose(rule, "unsafe", "", around)`
    services:
      a:
        build: .
        volumes:
          - .:/app
          - ./b:/b
    ->
    services:
      a:
        build: .
        volumes:
          - ./b:/b
  `;
  fixesInCompose(rule, "unsafe", "", around)`
    services:
      a:
        build: .
        volumes: ["./b:/b", ".:/app"]
    ->
    services:
      a:
        build: .
        volumes: ["./b:/b"]
  `;
});
