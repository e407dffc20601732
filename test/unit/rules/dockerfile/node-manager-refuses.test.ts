import { test } from "vitest";
import { nodeManagerRefuses as rule } from "../../../../server/src/rules/dockerfile/node-manager-refuses.ts";
import { expectProblems, fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const berry = {
  "package.json": '{ "packageManager": "yarn@4.5.0+sha512.ab" }',
  "yarn.lock": "__metadata:\n  version: 8\n",
};

test("Yarn 1 in a project of a later one", () => {
  reports(rule, { context: contextOf(berry) })`
    FROM node:22-alpine AS base
    WORKDIR /app
    COPY package.json yarn.lock ./
    RUN yarn
        ^^^^ node-manager-refuses: package.json asks for yarn@4.5.0, and this image has Yarn 1: Corepack is not enabled.
    FROM base
    RUN yarn build
        ^^^^ node-manager-refuses
    FROM node:18
    COPY . .
    RUN apt-get update && yarn install --frozen-lockfile
                          ^^^^ node-manager-refuses
  `;
  fixes(rule, "unsafe", "", { context: contextOf(berry) })`
    FROM node:22-alpine
    WORKDIR /app
    COPY . .
    RUN yarn install --immutable
    ->
    FROM node:22-alpine
    WORKDIR /app
    COPY . .
    RUN corepack enable && yarn install --immutable
  `;
});

test("not where another Yarn may be, or the old one does not ask", () => {
  for (const lines of [
    "FROM node:22\nRUN corepack enable\nCOPY . .\nRUN yarn",
    "FROM node:22\nCOPY . .\nRUN yarn set version 4.5.0 && yarn",
    "FROM node:22\nCOPY . .\nENV SKIP_YARN_COREPACK_CHECK=1\nRUN yarn",
    "FROM node:22\nCOPY . .\nRUN yarn --version",
    "FROM node:22\nCOPY . .\nRUN yarn || true",
    "FROM node:22\nRUN npm install -g @yarnpkg/cli-dist\nCOPY . .\nRUN yarn",
    "FROM node:22\nRUN yarn global add pm2\nCOPY . .",
    "FROM node:22\nCOPY . .\nRUN cd web && yarn",
    "FROM node:22\nCOPY . .\nRUN --mount=type=bind,target=. yarn",
    "FROM node:16\nCOPY . .\nRUN yarn",
    "FROM node:20.9-slim\nCOPY . .\nRUN yarn",
    "FROM node:20.14\nCOPY . .\nRUN yarn",
    "FROM node:22.2.0-slim\nCOPY . .\nRUN yarn",
    "FROM node:18.20.3\nCOPY . .\nRUN yarn",
    "FROM registry.example.com/node:22\nCOPY . .\nRUN yarn",
  ])
    expectProblems(rule, `${lines}\n`, { context: contextOf(berry) });
  const install = "FROM node:22\nCOPY . .\nRUN yarn\n";
  expectProblems(rule, install, {
    context: contextOf({ ...berry, ".yarnrc.yml": "yarnPath: .yarn/releases/yarn.cjs\n" }),
  });
  expectProblems(rule, install, {
    context: contextOf({ ...berry, "package.json": '{ "packageManager": "yarn@1.22.22" }' }),
  });
  expectProblems(rule, install, { context: contextOf({ ...berry, "package.json": "{}" }) });
});

test("npm and pnpm on an old Node.js", () => {
  reports(rule)`
    FROM node:18-alpine
    RUN npm install -g npm@latest
                       ^^^^^^^^^^ node-manager-refuses: npm from 12 on needs Node.js 22.22, and this is 18: npm refuses to install it.
    FROM node:18
    RUN npm i -g npm@11
                 ^^^^^^ node-manager-refuses: npm 11 needs Node.js 20.17, and this is 18: npm refuses to install it.
    FROM node:16
    RUN npm i -g npm
                 ^^^ node-manager-refuses
    FROM node:16-alpine
    RUN npm install -g pnpm@9.15.0
    RUN pnpm --version
        ^^^^ node-manager-refuses: pnpm 9 needs Node.js 18.12, and this is 16.
    FROM node:20-slim
    RUN npm install -g pnpm@11
    RUN pnpm --version
        ^^^^ node-manager-refuses: pnpm 11 needs Node.js 22.13, and this is 20.
  `;
  reports(rule)`
    FROM node:18
    RUN npm i -g npm@10 npm-check
    FROM node:18
    RUN npm i -g npm
    FROM node:18
    RUN npm i -g npm@latest || true
    FROM node:18
    RUN npm i npm@latest
    FROM node:22
    RUN npm i -g npm@latest pnpm@10 && pnpm -v
    FROM node:14
    RUN npm i -g npm@latest
    FROM node:18
    RUN npm i -g n && n 22 && npm i -g npm@latest
    FROM node:16
    RUN npm i -g pnpm && pnpm -v
    FROM node:16
    RUN npm i -g pnpm@8 && pnpm -v
    FROM node:lts
    RUN npm i -g npm@11
    FROM node:\${V}
    RUN npm i -g npm@11
  `;
});

test("a lock file that this pnpm does not read", () => {
  const files = (lock: string, json = "{}") => ({
    context: contextOf({ "package.json": json, "pnpm-lock.yaml": `lockfileVersion: '${lock}'\n` }),
  });
  reports(rule, files("9.0"))`
    FROM node:22
    RUN npm install -g pnpm@8
    WORKDIR /app
    COPY package.json pnpm-lock.yaml ./
    RUN pnpm install --frozen-lockfile --prod
        ^^^^ node-manager-refuses: pnpm-lock.yaml is of version 9, which pnpm 8 does not read.
  `;
  reports(rule, files("6.0"))`
    FROM node:22
    COPY . .
    RUN npm install -g pnpm && pnpm i --frozen-lockfile
                               ^^^^ node-manager-refuses: pnpm-lock.yaml is of version 6, which pnpm of today does not read.
  `;
  reports(rule, files("9.0", '{ "packageManager": "pnpm@8.6.0" }'))`
    FROM node:20
    RUN corepack enable
    COPY . .
    RUN pnpm install --frozen-lockfile
        ^^^^ node-manager-refuses
  `;
  for (const [lock, lines, json] of [
    ["9.0", "RUN npm i -g pnpm@8\nCOPY . .\nRUN pnpm install"],
    ["9.0", "RUN npm i -g pnpm@10\nCOPY . .\nRUN pnpm install --frozen-lockfile"],
    ["6.0", "RUN npm i -g pnpm@9\nCOPY . .\nRUN pnpm install --frozen-lockfile"],
    ["6.0", "RUN npm i -g pnpm@$V\nCOPY . .\nRUN pnpm install --frozen-lockfile"],
    ["6.0", "RUN corepack enable\nCOPY . .\nRUN pnpm install --frozen-lockfile"],
    [
      "6.0",
      "RUN npm i -g pnpm\nCOPY . .\nRUN pnpm install --frozen-lockfile",
      '{ "packageManager": "pnpm@8.6.0" }',
    ],
    [
      "6.0",
      "RUN wget -qO- https://get.pnpm.io/install.sh | sh -\nCOPY . .\nRUN pnpm install --frozen-lockfile",
    ],
  ] as const)
    expectProblems(rule, `FROM node:22\n${lines}\n`, files(lock, json));
});

test("engines of the project name a later pnpm", () => {
  const files = (pnpm: string) => ({
    context: contextOf({ "package.json": JSON.stringify({ engines: { pnpm } }), "pnpm-lock.yaml": "" }),
  });
  const install = "FROM node:20\nRUN npm i -g pnpm@8\nCOPY . .\nRUN pnpm install --prod\n";
  reports(rule, files(">=9.5.0"))`
    FROM node:20
    RUN npm install -g pnpm@8
    COPY . .
    RUN pnpm install --prod
        ^^^^ node-manager-refuses: package.json asks for pnpm 9 or later in engines, and this is 8: pnpm refuses the project.
  `;
  for (const it of ["^8.0.0", "*", "8 || 9", ">=7 <10"]) expectProblems(rule, install, files(it));
  expectProblems(rule, install.replace("pnpm@8", "pnpm"), files(">=9"));
  expectProblems(rule, install.replace("pnpm@8", "pnpm@10"), files(">=9"));
});

const workspace = {
  "package.json": '{ "packageManager": "pnpm@10.12.1" }',
  "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
  "pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
  "packages/api/package.json": '{ "name": "api" }',
};

test("pnpm deploy from a workspace that injects nothing", () => {
  reports(rule, { context: contextOf(workspace) })`
    FROM node:22-slim AS base
    RUN corepack enable
    FROM base AS build
    WORKDIR /app
    COPY . .
    RUN pnpm install --frozen-lockfile
    RUN pnpm -r build && pnpm --filter api --prod deploy /prod/api
                         ^^^^ node-manager-refuses: pnpm 10 deploys only from a workspace with injectWorkspacePackages, which is not set here, or with --legacy.
    FROM base
    COPY --from=build /app /srv
    WORKDIR /srv
    RUN pnpm deploy --filter=api --prod /prod/api
        ^^^^ node-manager-refuses
  `;
  const unnamed = { ...workspace, "package.json": "{}" };
  reports(rule, { context: contextOf({ ...unnamed, ".npmrc": "save-exact=true\n" }) })`
    FROM node:22
    WORKDIR /app
    COPY . .
    RUN npm i -g pnpm@11.5.1
    RUN pnpm -F api deploy /out
        ^^^^ node-manager-refuses
  `;
  fixes(rule, "unsafe", "", { context: contextOf(unnamed) })`
    FROM node:22
    RUN npm i -g pnpm@10
    COPY . .
    RUN pnpm --filter=api deploy --prod /out
    ->
    FROM node:22
    RUN npm i -g pnpm@10
    COPY . .
    RUN pnpm --filter=api deploy --legacy --prod /out
  `;
  offersNothing(rule, { context: contextOf(unnamed) })`
    FROM node:22
    RUN npm i -g pnpm@10.1.0
    COPY . .
    RUN pnpm --filter=api deploy --prod /out
  `;
});

test("not where it may deploy", () => {
  const lines = (deploy: string, install = "npm i -g pnpm@10") =>
    `FROM node:22\nRUN ${install}\nWORKDIR /app\nCOPY . .\nRUN ${deploy}\n`;
  const unnamed = { ...workspace, "package.json": "{}" };
  const plain = { context: contextOf(unnamed) };
  for (const deploy of [
    "pnpm --filter api deploy --legacy /out",
    "pnpm --filter api --config.inject-workspace-packages=true deploy /out",
    "pnpm_config_force_legacy_deploy=true pnpm --filter api deploy /out",
    "pnpm config set force-legacy-deploy true && pnpm --filter api deploy /out",
    "cd packages && pnpm --filter api deploy /out",
    "pnpm -C packages/api deploy /out",
    "pnpm --filter api deploy /out || true",
    "pnpm --filter deploy build",
    "pnpm run deploy /out",
    "echo legacy=1 >> .npmrc && pnpm --filter api deploy /out",
    "--mount=type=bind,source=.,target=/app pnpm --filter api deploy /out",
  ])
    expectProblems(rule, lines(deploy), plain);
  const deploy = "pnpm --filter api deploy /out";
  expectProblems(rule, lines(deploy).replace("COPY . .", "COPY . .\nCOPY settings /root/.npmrc"), plain);
  for (const install of ["npm i -g pnpm@9", "npm i -g pnpm@11", "npm i -g pnpm@^11.1.0", "npm i -g pnpm"])
    expectProblems(rule, lines(deploy, install), plain);
  const yaml = workspace["pnpm-workspace.yaml"];
  for (const more of [
    { ".npmrc": "inject-workspace-packages=true\n" },
    { ".npmrc": "force-legacy-deploy=true\n" },
    { ".pnpmfile.cjs": "module.exports = {}" },
    { "pnpm-workspace.yaml": `${yaml}injectWorkspacePackages: true\n` },
    { "pnpm-workspace.yaml": `${yaml}sharedWorkspaceLockfile: false\n` },
    { "pnpm-workspace.yaml": `${yaml}configDependencies:\n  x: 1.0.0\n` },
    { "package.json": '{ "pnpm": { "injectWorkspacePackages": true } }' },
  ])
    expectProblems(rule, lines(deploy), { context: contextOf({ ...unnamed, ...more }) });
  const { "pnpm-workspace.yaml": _, ...alone } = unnamed;
  expectProblems(rule, lines(deploy), { context: contextOf(alone) });
});
