import { expect, test } from "vitest";
import { buildContextMissing as rule } from "../../../../server/src/rules/compose/build-context-missing.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

const around = { absent: ["backnd", "worker", "../shop"], files: { "backend/main.go": "" } };

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad, around);
  expectComposeProblems(rule, rule.docs.good, around);
});

test("each folder that is not there, and nothing else", () => {
  reportsInCompose(rule, around)`
    services:
      a: {build: {context: worker}}
                           ^^^^^^ build-context-missing: There is no folder worker.
      b: {build: ../shop}
                 ^^^^^^^ build-context-missing
      c: {build: ./unknown}
      d: {build: "https://github.com/moby/moby.git#main"}
      e: {build: "\${CONTEXT}"}
      f: {build: {dockerfile_inline: FROM scratch}}
      g: {build: "github.com/worker"}
  `;
});

test("additional contexts too", () => {
  reportsInCompose(rule, around)`
    services:
      a: {build: {context: ., additional_contexts: {one: ./backnd, two: ./backend, three: "docker-image://worker"}}}
                                                         ^^^^^^^^ build-context-missing: There is no folder ./backnd; did you mean ./backend?
      b: {build: {context: ., additional_contexts: ["one=worker", "two=service:worker", "three=\${X}", "four="]}}
                                                         ^^^^^^ build-context-missing: There is no folder worker.
  `;
});

test("a folder that is near is taken", () => {
  fixesInCompose(rule, "safe", "", around)`
    services:
      a:
        build:
          context: "./backnd" # here
    ->
    services:
      a:
        build:
          context: "./backend" # here
  `;
  expect(offeredInCompose(rule, around)`
    services:
      a: {build: worker}
  `).toEqual([[]]);
});

test("not what a build or a package manager makes", () => {
  const absent = ["dist", "target/docker", "vendor/laravel/sail/runtimes/8.4", "buidl", "/srv/app"];
  reportsInCompose(rule, { absent, files: { "build/x": "" } })`
    services:
      a: {build: ./dist}
      b: {build: {context: target/docker}}
      c: {build: ./vendor/laravel/sail/runtimes/8.4}
      f: {build: /srv/app}
      e: {build: ./buidl}
                 ^^^^^^^ build-context-missing: There is no folder ./buidl; did you mean ./build?
  `;
});

test("a repository that Compose takes for a folder, as its user is not git", () => {
  reportsInCompose(rule, { absent: ["deploy@git.example.com:a/b.git"] })`
    services:
      a: {build: "deploy@git.example.com:a/b.git"}
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ build-context-missing: Compose takes this for a folder, and there is none; ssh://deploy@git.example.com/a/b.git is a repository.
      b: {build: "git@git.example.com:a/b.git"}
  `;
});

test("a Dockerfile is no folder", () => {
  reportsInCompose(rule, { files: { "app/Dockerfile": "" }, dockerfiles: { "app/Dockerfile": "FROM a\n" } })`
    services:
      a: {build: app/Dockerfile}
                 ^^^^^^^^^^^^^^ build-context-missing: app/Dockerfile is a file: a build context is the folder that it builds from.
  `;
});
