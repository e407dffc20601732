import { test } from "vitest";
import { commandInOneWord as rule } from "../../../../server/src/rules/compose/command-in-one-word.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not where a shell, or something that is not known, takes the text as its argument", () => {
  const i = 'FROM node:24\nENTRYPOINT ["sh", "-c"]\n';
  const j = "FROM python:3.13\nCOPY . .\n";
  reportsInCompose(rule, { dockerfiles: { "i/Dockerfile": i, "j/Dockerfile": j } })`
    services:
      a: {image: node:24, entrypoint: [sh, -c], command: ["npm ci && npm start"]}
      b: {image: example/tool:1, command: ["echo hello"]}
      c: {image: python:3.13, command: [python, "my app.py"]}
      d: {image: node:24, command: npm run dev}
      e: {image: node:24, command: ["\${RUN} dev"]}
      f: {image: node:24, entrypoint: ["/opt/My App/start.sh"]}
      g: {image: example/tool:1, entrypoint: ["sh -c 'sleep 5'"]}
                                              ^^^^^^^^^^^^^^^^^ command-in-one-word
      h: {image: python:3.13, command: ["python -m", app]}
                                        ^^^^^^^^^^^ command-in-one-word
      i: {build: ./i, command: ["bin/serve --now"]}
      j: {build: ./j, command: ["bin/serve --now"]}
      k: {build: ./j, command: ["serve --now"]}
                                ^^^^^^^^^^^^^ command-in-one-word
  `;
});

test("each word becomes an item", () => {
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: node:24
        command: ['npm run dev', '--', '--host'] # dev
    ->
    services:
      a:
        image: node:24
        command: ['npm', 'run', 'dev', '--', '--host'] # dev
  `;
});
