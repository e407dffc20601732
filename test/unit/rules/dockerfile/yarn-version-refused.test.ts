import { test } from "vitest";
import { yarnVersionRefused as rule } from "../../../../server/src/rules/dockerfile/yarn-version-refused.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const asking = (packageManager: string, more = {}) => ({
  context: contextOf({ "package.json": JSON.stringify({ packageManager }), "yarn.lock": "", ...more }),
});
const inputs = asking("yarn@4.5.1+sha512.abc");

test("an install, a script, another manager; the fix enables corepack", () => {
  fixes(rule, "unsafe", "corepack", inputs)`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN yarn
    ->
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN corepack enable
    RUN yarn
  `;
  fixes(rule, "unsafe", "corepack", inputs)`
    FROM node:25-slim
    WORKDIR /app
    COPY package.json ./
    RUN yarn install --production
    ->
    FROM node:25-slim
    WORKDIR /app
    COPY package.json ./
    RUN npm install --global corepack && corepack enable
    RUN yarn install --production
  `;
  reports(rule, asking("pnpm@10.5.0"))`
    FROM node:20.18.0 AS base
    WORKDIR /app
    COPY package.json ./
    FROM base
    RUN cd /app && yarn build
                   ^^^^ yarn-version-refused: package.json asks for pnpm@10.5.0, and the yarn of node:20.18.0 is 1.22.22.
  `;
});

test.each(["18", "18.20.4", "20-slim", "20.15", "22.4.1-alpine3.20", "23.1.0", "25"])("node:%s", (tag) =>
  expectProblems(
    rule,
    `FROM node:${tag}\nWORKDIR /app\nCOPY package.json ./\nRUN yarn\n    ^^^^ yarn-version-refused: package.json asks for yarn@4.5.1, and the yarn of node:${tag} is 1.22.22.\n`,
    inputs,
  ),
);

test.each([
  // Older images have a Yarn that does not look.
  "FROM node:16\nCOPY package.json ./\nRUN yarn",
  "FROM node:18.20.3\nCOPY package.json ./\nRUN yarn",
  "FROM node:20.14\nCOPY package.json ./\nRUN yarn",
  "FROM node:22.3\nCOPY package.json ./\nRUN yarn",
  "FROM node:21\nCOPY package.json ./\nRUN yarn",
  "FROM node:lts\nCOPY package.json ./\nRUN yarn",
  "FROM node:26\nCOPY package.json ./\nRUN yarn",
  "FROM example/node:22\nCOPY package.json ./\nRUN yarn",
  "FROM node:22\nRUN corepack enable\nCOPY package.json ./\nRUN yarn",
  "FROM node:22 AS base\nRUN npm i -g corepack@latest\nFROM base\nCOPY package.json ./\nRUN yarn",
  "FROM node:22\nRUN npm install -g yarn@berry\nCOPY package.json ./\nRUN yarn",
  "FROM node:22\nENV SKIP_YARN_COREPACK_CHECK=1\nCOPY .yarn ./.yarn\nCOPY package.json ./\nRUN yarn",
  "FROM node:22\nCOPY package.json ./\nRUN yarn set version 4.5.1 && yarn",
  "FROM node:22\nRUN yarn --version\nCOPY package.json /app/\nRUN yarn global add serve",
  "FROM node:22\nCOPY package.json ./\nRUN yarn || npm install",
  "FROM node:22\nCOPY package.json /app/\nRUN yarn",
])("silent for %s", (text) => expectProblems(rule, `${text.replace("\n", "\nWORKDIR /src\n")}\n`, inputs));

test("silent for Yarn 1, without the field, and with a release in the project", () => {
  const text = "FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN yarn\n";
  expectProblems(rule, text, asking("yarn@1.22.19"));
  expectProblems(rule, text, { context: contextOf({ "package.json": "{}" }) });
  expectProblems(
    rule,
    text,
    asking("yarn@4.5.1", { ".yarnrc.yml": "yarnPath: .yarn/releases/yarn-4.5.1.cjs\n" }),
  );
});
