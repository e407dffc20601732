import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { yarnAlreadyThere as rule } from "../../../../server/src/rules/dockerfile/yarn-already-there.ts";
import { fixes } from "../../../support/check.ts";
import { modelOf } from "../../../support/model.ts";

test("npm overwrites nothing that is not its own", () => {
  fixes(rule, "unsafe", "Add --force")`
    FROM node:24
    RUN npm install -g yarn@1.22.22 pm2 && yarn --version
    ->
    FROM node:24
    RUN npm install -g yarn@1.22.22 pm2 --force && yarn --version
  `;
  expect(check("FROM node:20-alpine\nRUN npm i --global yarn\n")).toEqual(["error"]);
  expect(check("FROM node:20-alpine\nRUN npm i --global yarn; yarn\n")).toEqual(["warning"]);
});

test.each([
  "FROM node:26\nRUN npm install -g yarn",
  "FROM node:24\nRUN npm install -g yarn --force",
  "FROM node:24\nRUN npm install -g yarn --f",
  "FROM node:24\nRUN npm install yarn -gf",
  "FROM node:24\nRUN npm install yarn",
  "FROM node:24\nRUN npm install -g yarn || true",
  "FROM node:24\nRUN npm install -g --prefix /opt yarn",
  "FROM node:24\nENV NPM_CONFIG_PREFIX=/opt\nRUN npm install -g yarn",
  "FROM node:24\nRUN rm -f /usr/local/bin/yarn /usr/local/bin/yarnpkg && npm install -g yarn",
  "FROM node:24\nRUN rm /usr/local/bin/yarn* && npm install -g yarn",
  "FROM node:24\nRUN find /usr/local/bin -name 'yarn*' -delete && npm install -g yarn",
  "FROM node:24\nRUN npm config set prefix /opt\nRUN npm install -g yarn",
  "FROM node:24\nRUN npm install -g yarn-deduplicate",
  "FROM debian:trixie-slim\nRUN apt-get update && apt-get install -y npm && npm install -g yarn",
  "FROM example/node\nRUN npm install -g yarn",
])("silent: %s", (text) => expect(check(`${text}\n`)).toEqual([]));

function check(text: string) {
  return checkDockerfile(modelOf(text), { rules: [rule] }).map((it) => it.severity);
}
