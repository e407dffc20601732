import { test } from "vitest";
import { entrypointDropsCommand as rule } from "../../../../server/src/rules/compose/entrypoint-drops-command.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

const dockerfiles = { Dockerfile: 'FROM node:26-alpine\nENTRYPOINT ["tini", "--"]\nCMD ["node", "a.js"]\n' };
const files = { "start.sh": '#!/bin/sh\nset -e\nexec "$@"\n', "all.sh": "#!/bin/sh\nexec nginx\n" };

test("of a built image, and a mounted script", () => {
  reportsInCompose(rule, { dockerfiles, files })`
    services:
      a: {build: ., entrypoint: tini --}
                                ^^^^^^^ entrypoint-drops-command: With entrypoint the image's command node a.js is not taken, so nothing is left to start.
      b: {image: "nginx:1.30", entrypoint: [/start.sh], volumes: ["./start.sh:/start.sh"]}
                                           ^^^^^^^^^^^ entrypoint-drops-command
  `;
});

test("not with a command, a program of its own, or what is not known", () => {
  reportsInCompose(rule, { dockerfiles, files })`
    services:
      a: {build: ., entrypoint: tini --, command: node b.js}
      b: {build: ., entrypoint: tini -- node b.js}
      c: {image: "nginx:1.30", entrypoint: [/all.sh], volumes: ["./all.sh:/all.sh"]}
      d: {image: "nginx:1.30", entrypoint: [/start.sh, nginx], volumes: ["./start.sh:/start.sh"]}
      e: {image: example/own:1, entrypoint: [/start.sh], volumes: ["./start.sh:/start.sh"]}
      f: {image: "nginx:1.30", entrypoint: [/other.sh]}
      g: {image: "nginx:1.30", entrypoint: []}
      h: {build: ., entrypoint: tini --, command: }
  `;
});

test("the command is repeated", () => {
  fixesInCompose(rule, "unsafe", "", { dockerfiles })`
    services:
      a:
        build: .
        entrypoint: [tini, --]
    ->
    services:
      a:
        build: .
        entrypoint: [tini, --]
        command: ["node", "a.js"]
  `;
});
