import { expect, test } from "vitest";
import { hostDependenciesCopied as rule } from "../../../../server/src/rules/dockerfile/host-dependencies-copied.ts";
import { ignoreFileFixed, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const files = {
  "package.json": "",
  "node_modules/a/b.js": "",
  "vendor/a.php": "",
  "web/node_modules/a.js": "",
};

test("over an install, or over another stage's", () => {
  reports(rule, { context: contextOf(files) })`
    FROM node:24-alpine AS deps
    WORKDIR /app
    COPY package.json ./
    RUN corepack enable && pnpm install
    COPY . /app
         ^ host-dependencies-copied: This copies the host's node_modules over what pnpm has installed.
    FROM node:24-alpine
    WORKDIR /app
    COPY --from=deps /app/node_modules ./node_modules
    COPY . .
         ^ host-dependencies-copied: This copies the host's node_modules over what the stage deps has installed.
    WORKDIR /web
    RUN npm ci
    COPY web .
         ^^^ host-dependencies-copied
  `;
});

test("not in another directory, before the install, or kept out", () => {
  reports(rule, { context: contextOf(files) })`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN npm ci
    WORKDIR /other
    COPY . .
    RUN npm ci --prefix /srv
    COPY . /srv
    COPY --exclude=node_modules . /app
  `;
  reports(rule, { context: contextOf({ ...files, ".dockerignore": "**/node_modules" }) })`
    FROM node:24-alpine
    WORKDIR /app
    RUN npm ci
    COPY . .
  `;
  reports(rule, { context: contextOf({ "package.json": "" }) })`
    FROM node:24-alpine
    WORKDIR /app
    RUN npm ci
    COPY . .
  `;
});

const write = (text: string, tree: Readonly<Record<string, string>>) =>
  ignoreFileFixed(rule, text, { context: contextOf(tree) });

test("keeps the host's out of the build", () => {
  const text = "FROM node:24-alpine\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\nCOPY . .\n";
  const tree = { "package.json": "{}", "node_modules/a.js": "", ".git/HEAD": "" };
  expect(write(text, tree)).toEqual([
    "Create .dockerignore with .git and node_modules",
    "# What only people and tools around the build need.\n.git\n\n# Installed or built anew inside the image.\n**/node_modules\n",
  ]);
  expect(write(text, { ...tree, ".dockerignore": ".git\n" })).toEqual([
    "Add node_modules to .dockerignore",
    ".git\n**/node_modules\n",
  ]);
  const web = "FROM node:24-alpine\nWORKDIR /web\nCOPY web/package.json .\nRUN npm ci\nCOPY web .\n";
  expect(write(web, { "README.md": "", "web/package.json": "{}", "web/node_modules/a.js": "" })[1]).toContain(
    "\nweb/node_modules\n",
  );
});

test("not where the Dockerfile takes them by name too", () => {
  offersNothing(rule, { context: contextOf(files) })`
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json ./
    RUN npm ci
    COPY . .
    COPY node_modules/a /b
  `;
});

test("in a folder below, and a virtual environment", () => {
  const context = contextOf({
    "package.json": "{}",
    "requirements.txt": "",
    "web/package.json": "{}",
    "web/node_modules/a/index.js": "",
    ".venv/pyvenv.cfg": "",
  });
  reports(rule, { context })`
    FROM node:24
    WORKDIR /app
    COPY web/package.json web/
    RUN cd web && npm ci
    COPY web web
         ^^^ host-dependencies-copied: This copies the host's node_modules over what npm has installed.
    FROM python:3.14-slim
    WORKDIR /app
    RUN python -m venv .venv
    COPY . .
         ^ host-dependencies-copied: This copies the host's .venv over what python has installed.
    FROM python:3.14-slim
    WORKDIR /app
    RUN python -m venv /opt/venv
    COPY . .
    FROM node:24
    WORKDIR /app
    RUN cd $DIR && npm ci
    COPY . .
    FROM node:24
    WORKDIR /web
    RUN npm ci
    COPY . /app
  `;
});
