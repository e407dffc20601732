import { test } from "vitest";
import { nodeModulesMissing as rule } from "../../../../server/src/rules/dockerfile/node-modules-missing.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const files = {
  "package.json":
    '{ "scripts": { "build": "tsc" }, "dependencies": { "@nestjs/core": "11", "express": "5" } }',
  "package-lock.json": "{}",
  "tsconfig.json": '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" }, "include": ["src"] }',
  "src/main.ts": 'import { NestFactory } from "@nestjs/core";\nNestFactory.create();\n',
  "src/plain.ts": 'import type { A } from "express";\nimport http from "node:http";\nimport "./main.js";\n',
};

const around = (more: Readonly<Record<string, string>> = {}) => ({
  context: contextOf({ ...files, ...more }),
});

test("in a distroless image, and with package.json alone", () => {
  reports(rule, around())`
    FROM node:24 AS build
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci
    COPY . .
    RUN npm run build
    FROM gcr.io/distroless/nodejs24-debian12
    WORKDIR /srv
    COPY --from=build /app/dist .
    COPY package.json ./
    CMD ["main.js"]
         ^^^^^^^^^ node-modules-missing: src/main.ts imports @nestjs/core, and nothing brings node_modules into this image.
  `;
});

const final = (lines: string, build = "npm run build") =>
  `FROM node:24 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && ${build}\nFROM node:24-alpine\nWORKDIR /app\n${lines}\n`;

const dist = "COPY --from=build /app/dist ./dist\n";
const start = 'CMD ["node", "dist/main.js"]';

test.each([
  ["copied", `${dist}COPY --from=build /app/node_modules node_modules\n${start}`],
  ["taken along", `COPY --from=build /app /app\n${start}`],
  ["installed", `${dist}COPY package*.json ./\nRUN npm ci --omit=dev\n${start}`],
  ["perhaps in the context", `${dist}COPY . .\n${start}`],
  ["elsewhere", `${dist}ENV NODE_PATH=/opt/modules\n${start}`],
  ["not needed", `${dist}CMD ["node", "dist/plain.js"]`],
  ["of an image", `${dist}COPY --from=example/deps /deps .\n${start}`],
])("silent where they are %s", (_, lines) => {
  expectProblems(rule, final(lines), around());
});

test("silent for what a bundler writes", () => {
  expectProblems(rule, final(dist + start, "npx esbuild src/main.ts --bundle --outdir=dist"), around());
});

test("the fix copies them from where they are installed", () => {
  fixes(rule, "unsafe", "", around())`
    FROM node:24 AS build
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run build
    FROM node:24-alpine
    WORKDIR /srv
    COPY --from=build --chown=node /app/dist ./dist
    CMD node dist/main.js
    ->
    FROM node:24 AS build
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run build
    FROM node:24-alpine
    WORKDIR /srv
    COPY --from=build --chown=node /app/dist ./dist
    COPY --from=build --chown=node /app/node_modules /srv/node_modules
    CMD node dist/main.js
  `;
});
