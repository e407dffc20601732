import { test } from "vitest";
import { productionBeforeBuild as rule } from "../../../../server/src/rules/dockerfile/production-before-build.ts";
import { expectProblems, fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const inputs = {
  context: contextOf({
    "package.json": JSON.stringify({
      scripts: { build: "vite build", start: "node .", lint: "eslint .", types: "tsc --noEmit" },
      dependencies: { express: "5", eslint: "9" },
      devDependencies: { vite: "8", eslint: "9", typescript: "6" },
    }),
  }),
};

test("by ENV, ARG, assignment and option, in one RUN and over several", () => {
  reports(rule, inputs)`
    FROM node:24 AS one
    ARG NODE_ENV=production
    COPY package*.json ./
    RUN npm ci
        ^^^^^^ production-before-build: NODE_ENV=production leaves devDependencies out, and npm run build needs vite of them.
    COPY . .
    RUN npm run build
    FROM node:24 AS two
    COPY . .
    RUN NODE_ENV=production pnpm install --frozen-lockfile && pnpm types
                            ^^^^^^^^^^^^ production-before-build
    FROM node:24 AS three
    COPY . .
    RUN npm ci --omit=dev
        ^^^^^^ production-before-build: --omit=dev leaves devDependencies out, and npm run types needs tsc of them.
    RUN npm run types
  `;
});

test("not where they come, or are not needed", () => {
  for (const lines of [
    "RUN npm ci && npm run build\nENV NODE_ENV=production",
    "ENV NODE_ENV=production\nRUN npm ci --include=dev && npm run build",
    "ENV NODE_ENV=production\nRUN NODE_ENV=development npm ci && npm run build",
    "ENV NODE_ENV=production\nRUN npm ci && npm start",
    "ENV NODE_ENV=production\nRUN npm ci && npm run lint && npm run nothing",
    "ENV NODE_ENV=production\nRUN npm install -g vite && npm ci && npm run build",
    "ENV NODE_ENV=production\nRUN npm ci && npm install vite && npm run build",
    "ENV NODE_ENV=production\nRUN yarn install && yarn build",
    "ARG NODE_ENV\nENV NODE_ENV=$NODE_ENV\nRUN npm ci && npm run build",
    "ENV NODE_ENV=production\nRUN npm ci\nRUN npm ci --include=dev\nRUN npm run build",
  ])
    reports(rule, inputs)(Object.assign([""], { raw: [`FROM node:24\nCOPY . .\n${lines}\n`] }));
});

test("not where package.json is not seen, or may be another", () => {
  reports(rule)`
    FROM node:24
    ENV NODE_ENV=production
    COPY . .
    RUN npm ci && npm run build
  `;
  reports(rule, inputs)`
    FROM node:24
    ENV NODE_ENV=production
    COPY web/package.json ./
    COPY . .
    RUN npm ci && npm run build
  `;
});

test("npm is told to install them", () => {
  fixes(rule, "unsafe", "", inputs)`
    FROM node:24
    ENV NODE_ENV=production
    COPY . .
    RUN npm ci --no-audit && npm run build
    ->
    FROM node:24
    ENV NODE_ENV=production
    COPY . .
    RUN npm ci --include=dev --no-audit && npm run build
  `;
  offersNothing(rule, inputs)`
    FROM node:24
    COPY . .
    RUN npm ci --omit=dev && npm run build
  `;
});

const files = {
  "package.json": JSON.stringify({
    scripts: {
      build: "npm run clean && tsc -p . && vite build",
      clean: "rimraf dist",
      serve: "node . || vite",
      any: "vite; node .",
    },
    dependencies: { rimraf: "6" },
    devDependencies: { vite: "8", typescript: "6" },
  }),
};
const classic = { context: contextOf({ ...files, "yarn.lock": "# comment\n# yarn lockfile v1\n" }) };

test("by env, by export, in a here-document, and in the stage below", () => {
  reports(rule, classic)`
    FROM node:24 AS one
    COPY . .
    RUN env CI=1 NODE_ENV=production npm ci && npm run build
                                     ^^^^^^ production-before-build: NODE_ENV=production leaves devDependencies out, and npm run build needs tsc of them.
    FROM node:24 AS two
    COPY . .
    RUN <<EOF
    export NODE_ENV=production
    npm install -g pnpm@10
    pnpm install --frozen-lockfile
    ^^^^^^^^^^^^ production-before-build
    pnpm exec vite build
    EOF
    FROM node:24 AS deps
    COPY package.json .
    RUN npm ci --omit=dev
        ^^^^^^ production-before-build: --omit=dev leaves devDependencies out, and npx tsc needs tsc of them.
    FROM deps AS build
    COPY src src
    RUN npx tsc
    FROM deps AS again
    RUN ./node_modules/.bin/vite build
  `;
});

test("Yarn 1 minds NODE_ENV, as its lock file tells", () => {
  reports(rule, classic)`
    FROM node:24
    ENV NODE_ENV=production
    COPY . .
    RUN yarn install --frozen-lockfile && yarn build
        ^^^^^^^^^^^^ production-before-build
  `;
  reports(rule, classic)`
    FROM node:24
    ENV NODE_ENV=production
    COPY . .
    RUN yarn install && yarn vite build
        ^^^^^^^^^^^^ production-before-build: NODE_ENV=production leaves devDependencies out, and yarn vite needs vite of them.
  `;
});

test("not where other packages may be there, or the program may not be needed", () => {
  for (const lines of [
    "RUN npm ci --omit=dev\nCOPY --from=deps /app/node_modules node_modules\nRUN npm run build",
    "RUN npm ci --omit=dev && npx vite build",
    "RUN npm ci --omit=dev && npm run serve",
    "RUN npm ci --omit=dev && npm run clean",
    "RUN (export NODE_ENV=production) && npm ci && npm run build",
    "RUN if [ -n $A ]; then export NODE_ENV=production; fi && npm ci && npm run build",
    "RUN NODE_ENV=production npm run build",
  ])
    reports(rule, classic)(Object.assign([""], { raw: [`FROM node:24\nCOPY . .\n${lines}\n`] }));
  const withHost = contextOf({ ...files, "node_modules/vite/package.json": "{}" });
  reports(rule, { context: withHost })`
    FROM node:24
    COPY package.json .
    RUN npm ci --omit=dev
    COPY . .
    RUN npm run build
  `;
  const berry = contextOf({ ...files, "yarn.lock": "__metadata:\n  version: 8\n" });
  reports(rule, { context: berry })`
    FROM node:24
    ENV NODE_ENV=production
    COPY . .
    RUN yarn install && yarn build
  `;
});

test("the scripts that an install runs by itself", () => {
  const husky = {
    "package.json":
      '{ "scripts": { "prepare": "husky", "build": "tsc" }, "dependencies": { "express": "5" }, "devDependencies": { "husky": "9" } }',
  };
  fixes(rule, "unsafe", "", { context: contextOf(husky) })`
    FROM node:24
    COPY package*.json ./
    RUN npm ci --omit=dev
    ->
    FROM node:24
    COPY package*.json ./
    RUN npm ci --ignore-scripts --omit=dev
  `;
  reports(rule, { context: contextOf(husky) })`
    FROM node:24
    ENV NODE_ENV=production
    COPY package*.json ./
    RUN npm ci
        ^^^^^^ production-before-build: NODE_ENV=production leaves devDependencies out, and its script prepare needs husky of them.
  `;
  for (const lines of [
    "FROM node:24\nCOPY . .\nRUN npm ci",
    "FROM node:24\nENV npm_config_ignore_scripts=true\nCOPY . .\nRUN npm ci --omit=dev",
    "FROM node:14\nCOPY . .\nRUN npm ci --omit=dev",
    "FROM node:24\nCOPY . .\nRUN pnpm install --prod",
    "FROM node:24\nCOPY . .\nRUN npm pkg delete scripts.prepare && npm ci --omit=dev",
    "FROM node:24\nCOPY . .\nRUN npm set-script prepare '' && npm ci --omit=dev",
  ])
    expectProblems(rule, `${lines}\n`, { context: contextOf(husky) });
  const cautious = { "package.json": husky["package.json"].replace('"husky"', '"husky || true"') };
  expectProblems(rule, "FROM node:24\nCOPY . .\nRUN npm ci --omit=dev\n", { context: contextOf(cautious) });
});
