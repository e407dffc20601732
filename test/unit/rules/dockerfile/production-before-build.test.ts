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

const started = {
  "package.json": JSON.stringify({
    scripts: { start: "nodemon index.js", serve: "node index.js", prod: "node other.js" },
    dependencies: { express: "5" },
    devDependencies: { nodemon: "3", "ts-node": "10", dotenv: "17", tsx: "4" },
  }),
  "package-lock.json": JSON.stringify(
    {
      packages: Object.fromEntries(
        ["nodemon", "ts-node", "dotenv", "tsx"].map((it) => [`node_modules/${it}`, { dev: true }]),
      ),
    },
    undefined,
    2,
  ),
  "index.js": "const express = require('express');\nconst { config } = require(\"dotenv\");\n",
  "other.js": "if (process.env.DEBUG) require('dotenv').config();\ntry {\n  require('dotenv');\n} catch {}\n",
  "main.mjs": 'import "dotenv/config";\n',
};

test("what the container starts", () => {
  const context = contextOf(started);
  reports(rule, { context })`
    FROM node:24
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci --omit=dev
        ^^^^^^ production-before-build: --omit=dev leaves devDependencies out, and npm start needs nodemon of them.
    COPY . .
    CMD npm start
  `;
  for (const [start, message] of [
    ['CMD ["npm", "run", "start"]', "npm run start needs nodemon"],
    ['CMD ["npm", "run", "serve"]', "index.js needs dotenv"],
    ['CMD ["node", "main.mjs"]', "main.mjs needs dotenv"],
    ['CMD ["node", "-r", "ts-node/register", "src/index.ts"]', "node -r needs ts-node"],
    ['CMD ["node", "--import=tsx", "src/index.ts"]', "node --import needs tsx"],
    ['ENTRYPOINT ["node_modules/.bin/tsx", "src/index.ts"]', "node_modules/.bin/tsx needs tsx"],
  ])
    expectProblems(
      rule,
      [
        "FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci --omit=dev",
        `    ^^^^^^ production-before-build: --omit=dev leaves devDependencies out, and ${message} of them.`,
        `COPY . .\n${start}\n`,
      ].join("\n"),
      { context },
    );
});

test("not where the container can start", () => {
  const context = contextOf(started);
  const inApp = (lines: string) => `FROM node:24\nWORKDIR /app\nCOPY . .\n${lines}\n`;
  for (const lines of [
    'RUN npm ci\nCMD ["npm", "start"]',
    'RUN npm ci --omit=dev\nCMD ["npm", "run", "prod"]',
    'RUN npm ci --omit=dev\nCMD ["npx", "nodemon", "index.js"]',
    'RUN npm ci --omit=dev && npm install -g nodemon\nCMD ["npm", "start"]',
    'RUN npm ci --omit=dev\nCOPY --from=deps /app/node_modules node_modules\nCMD ["npm", "start"]',
    'RUN npm ci --omit=dev\nENTRYPOINT ["./start.sh"]\nCMD ["npm", "start"]',
    'RUN npm ci --omit=dev\nWORKDIR /srv\nCMD ["npm", "start"]',
    'RUN npm ci --omit=dev\nFROM node:24\nCMD ["npm", "start"]',
  ])
    expectProblems(rule, inApp(lines), { context });
  // Another package wants it too.
  const along = started["package-lock.json"].replaceAll('"dev": true', '"peer": true');
  for (const start of ["npm start", "npm run serve"])
    expectProblems(rule, inApp(`RUN npm ci --omit=dev\nCMD ${start}`), {
      context: contextOf({ ...started, "package-lock.json": along }),
    });
});
