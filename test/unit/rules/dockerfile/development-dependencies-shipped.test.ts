import { test } from "vitest";
import { developmentDependenciesShipped as rule } from "../../../../server/src/rules/dockerfile/development-dependencies-shipped.ts";
import { expectProblems, fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const json = {
  scripts: { build: "tsc", start: "node server.js", dev: "nodemon server.js", trim: "npm prune --omit=dev" },
  dependencies: { express: "5" },
  devDependencies: { typescript: "6", nodemon: "3", tsx: "4" },
};
const inputs = of(json);

function of(manifest: object, more: Readonly<Record<string, string>> = {}) {
  return {
    context: contextOf({ "package.json": JSON.stringify(manifest), "package-lock.json": "{}", ...more }),
  };
}

const scripts = { build: "tsc", start: "node server.js" };
const plain = of({ ...json, scripts });

test("an install that brings them, and node that is started", () => {
  reports(rule, plain)`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm ci --no-audit && npm run build
        ^^^^^^ development-dependencies-shipped: npm ci brings the devDependencies too (typescript and 2 more), and the image ships them.
    CMD ["node", "dist/main.js"]
  `;
  reports(rule, plain)`
    FROM node:24-alpine
    WORKDIR /app
    COPY package*.json ./
    RUN yarn --frozen-lockfile
        ^^^^ development-dependencies-shipped
    COPY . .
    ENV NODE_ENV=production
    CMD npm start
  `;
});

test("left out where nothing is built", () => {
  fixes(rule, "unsafe", "Leave", plain)`
    FROM node:24
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci && npm cache clean --force
    COPY . .
    CMD ["npm", "start"]
    ->
    FROM node:24
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci --omit=dev && npm cache clean --force
    COPY . .
    CMD ["npm", "start"]
  `;
  fixes(rule, "unsafe", "Leave", plain)`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN pnpm install --frozen-lockfile
    CMD ["node", "server.js"]
    ->
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN pnpm install --prod --frozen-lockfile
    CMD ["node", "server.js"]
  `;
  // npm 6 has no such option, and the script of a tool would run without it.
  offersNothing(rule, plain)`
    FROM node:12
    WORKDIR /app
    COPY . .
    RUN npm ci
    CMD ["node", "server.js"]
  `;
  offersNothing(rule, of({ ...json, scripts: { ...scripts, prepare: "husky" } }))`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm ci
    CMD ["node", "server.js"]
  `;
});

test("not where they are left out or taken away", () => {
  for (const install of [
    "npm ci --omit=dev",
    "npm ci --only=prod",
    "npm ci --omit dev",
    "yarn --production",
    "NODE_ENV=production npm ci",
    "NODE_ENV=production yarn --frozen-lockfile",
    "npm ci && npm run build && npm prune --omit=dev",
    "npm ci && npm run build && rm -rf node_modules && npm ci --omit=dev",
    "npm ci && ./build.sh",
    "cd web && npm ci",
    "export NODE_ENV=production && npm ci",
  ])
    expectProblems(
      rule,
      `FROM node:24\nWORKDIR /app\nCOPY . .\nRUN ${install}\nCMD ["node", "server.js"]\n`,
      plain,
    );
  reports(rule, plain)`
    FROM node:24
    ENV NODE_ENV=production
    WORKDIR /app
    COPY . .
    RUN npm ci
    CMD ["node", "server.js"]
  `;
  reports(rule, inputs)`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run trim
    CMD ["node", "server.js"]
  `;
  reports(rule, of({ ...json, scripts }, { ".npmrc": "omit=dev\n" }))`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm ci
    CMD ["node", "server.js"]
  `;
});

test("not in a builder, for development, or where it is not known what is installed", () => {
  reports(rule, plain)`
    FROM node:24 AS builder
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run build
    FROM node:24-slim
    COPY --from=builder /app/dist /app/dist
    CMD ["node", "/app/dist/main.js"]
  `;
  reports(rule, of({ ...json, scripts: { ...scripts, start: "nodemon server.js" } }))`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm ci
    CMD ["npm", "start"]
  `;
  for (const command of [
    '["node", "--watch", "server.js"]',
    '["node", "--import=tsx", "server.ts"]',
    '["node", "--require", "typescript/register", "server.js"]',
    '["node", "node_modules/.bin/nodemon"]',
    '["node"]',
    '["npx", "serve", "dist"]',
    '["./start.sh"]',
  ])
    expectProblems(rule, `FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ${command}\n`, plain);
  // The project in a folder of its own has another package.json.
  reports(rule, plain)`
    FROM node:24
    WORKDIR /app
    COPY . .
    WORKDIR /app/web
    RUN npm ci
    CMD ["node", "server.js"]
  `;
  reports(rule, of({ ...json, devDependencies: {} }))`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm ci
    CMD ["node", "server.js"]
  `;
  reports(rule)`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm ci
    CMD ["node", "server.js"]
  `;
  reports(rule, plain)`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm install -g nodemon && npm ci --prefix web
    CMD ["node", "server.js"]
  `;
});
