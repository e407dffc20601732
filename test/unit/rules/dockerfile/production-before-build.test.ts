import { test } from "vitest";
import { productionBeforeBuild as rule } from "../../../../server/src/rules/dockerfile/production-before-build.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";
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
