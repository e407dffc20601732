import { test } from "vitest";
import { commandRepeatsEntrypoint as rule } from "../../../../server/src/rules/dockerfile/command-repeats-entrypoint.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";

test("the entrypoint of a distroless image", () => {
  reports(rule)`
    FROM gcr.io/distroless/java21-debian12:nonroot
    COPY app.jar /
    CMD ["java", "-jar", "/app.jar"]
         ^^^^^^ command-repeats-entrypoint: The ENTRYPOINT starts java already, and takes this for its script.
  `;
  reports(rule)`
    FROM gcr.io/distroless/python3-debian12
    CMD ["python3", "/app/main.py"]
         ^^^^^^^^^ command-repeats-entrypoint: The ENTRYPOINT starts python already, and takes this for its script.
  `;
});

test("one of the file's own, behind what starts it", () => {
  reports(rule)`
    FROM node:24-alpine
    ENTRYPOINT ["/sbin/tini", "--", "/usr/local/bin/node"]
    CMD ["node", "server.js"]
         ^^^^^^ command-repeats-entrypoint
  `;
});

test.each([
  'FROM node:24-alpine\nCMD ["node", "server.js"]',
  'FROM node:24-alpine\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["node", "server.js"]',
  'FROM node:24-alpine\nENTRYPOINT ["tini", "--"]\nCMD ["node", "server.js"]',
  'FROM node:24-alpine\nENTRYPOINT ["node"]\nCMD ["node-server.js"]',
  'FROM alpine:3.24\nENTRYPOINT ["/app/server"]\nCMD ["server"]',
  'FROM alpine:3.24\nENTRYPOINT ["env"]\nCMD ["env", "A=1", "true"]',
  'FROM gcr.io/distroless/nodejs24-debian12\nENTRYPOINT []\nCMD ["node", "server.js"]',
  'FROM example.com/node\nCMD ["node", "server.js"]',
])("silent for %s", (text) => {
  expectProblems(rule, `${text}\n`);
});

test("the fix leaves out what both begin with", () => {
  fixes(rule, "unsafe")`
    FROM gcr.io/distroless/java21-debian12
    CMD ["java", "-jar", "/app.jar"]
    ->
    FROM gcr.io/distroless/java21-debian12
    CMD ["/app.jar"]
  `;
});

test("programs that take their first word for a command", () => {
  reports(rule)`
    FROM node:26
    ENTRYPOINT ["npm"]
    CMD ["npm", "start"]
         ^^^^^ command-repeats-entrypoint: The ENTRYPOINT starts npm already, and takes this for a command of its own.
  `;
  reports(rule)`
    FROM python:3.14
    ENTRYPOINT ["flask"]
    CMD ["run", "--host", "0.0.0.0"]
  `;
});
