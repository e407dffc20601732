import { test } from "vitest";
import { browserTwice as rule } from "../../../../server/src/rules/dockerfile/browser-twice.ts";
import { fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const withPuppeteer = { "package.json": '{ "dependencies": { "puppeteer": "24" } }' };
const inputs = { context: contextOf(withPuppeteer) };

test("not with a setting, without another browser, or where none comes", () => {
  reports(rule, inputs)`
    FROM node:24-alpine
    RUN npm ci
    ENV PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium
    COPY package.json /
    RUN npm ci --ignore-scripts && npm install -g serve && PUPPETEER_SKIP_DOWNLOAD=1 npm ci
    ENV PUPPETEER_SKIP_DOWNLOAD=true
    RUN npm ci
  `;
  for (const files of [
    { "package.json": '{ "dependencies": { "puppeteer-core": "24" } }' },
    { ...withPuppeteer, ".puppeteerrc.cjs": "module.exports = { skipDownload: true }" },
  ])
    reports(rule, { context: contextOf(files) })`
      FROM node:24-alpine
      ENV PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium
      COPY package.json /
      RUN npm ci
    `;
});

test("leaves the download out", () => {
  fixes(rule, "unsafe", "", inputs)`
    FROM node:24-alpine
    ENV PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium
    COPY package.json /
    RUN yarn install
    ->
    FROM node:24-alpine
    ENV PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium
    COPY package.json /
    ENV PUPPETEER_SKIP_DOWNLOAD=true
    RUN yarn install
  `;
});
