import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { developmentDependenciesShipped as rule } from "../../../../server/src/rules/dockerfile/development-dependencies-shipped.ts";
import { applyEdits } from "../../../../server/src/text/edit.ts";
import { source } from "../../../../server/src/text/source.ts";
import { fixes, offersNothing } from "../../../support/check.ts";
import { contextOf, modelOf } from "../../../support/model.ts";

const manifest = {
  scripts: { build: "tsc", start: "node dist/main.js", test: "vitest" },
  dependencies: { express: "5.1.0" },
  devDependencies: { typescript: "6.0.3", vitest: "5.0.0" },
};
const lock = {
  lockfileVersion: 3,
  packages: {
    "": {},
    "node_modules/express": { version: "5.1.0" },
    "node_modules/esbuild": { version: "1.0.0", dev: true, hasInstallScript: true },
  },
};

function project(
  more: Readonly<Record<string, string>> = {},
  json: object = manifest,
  locked: object | string = lock,
): { readonly context: ReturnType<typeof contextOf> } {
  const files = {
    "package.json": JSON.stringify(json),
    "package-lock.json": typeof locked === "string" ? locked : JSON.stringify(locked),
    "tsconfig.json": "{}",
    "src/main.ts": "",
    "README.md": "",
    ...more,
  };
  return { context: contextOf(Object.fromEntries(Object.entries(files).filter(([, it]) => it !== "-"))) };
}

test("the slim variant with production dependencies and what was built", () => {
  fixes(rule, "unsafe", "", project())`
    FROM node:24
    WORKDIR /app
    COPY package*.json ./
    RUN --mount=type=cache,target=/root/.npm npm ci --no-audit
    COPY . .
    RUN npm run build && npm test
    ENV NODE_ENV=production
    EXPOSE 3000
    USER node
    CMD ["node", "dist/main.js"]
    ->
    FROM node:24 AS builder
    WORKDIR /app
    COPY package*.json ./
    RUN --mount=type=cache,target=/root/.npm npm ci --no-audit
    COPY . .
    RUN npm run build && npm test

    FROM node:24-slim
    WORKDIR /app
    COPY package.json package-lock.json ./
    RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --no-audit
    COPY --from=builder /app/dist /app/dist
    ENV NODE_ENV=production
    EXPOSE 3000
    USER node
    CMD ["node", "dist/main.js"]
  `;
});

test("the same image where the libraries would be others, with files, users and variables that are needed", () => {
  const inputs = project({
    "public/logo.svg": "",
    "settings.json": "",
    ".npmrc": "fund=false\n",
    ".dockerignore": "README.md\n",
    Dockerfile: "",
  });
  fixes(rule, "unsafe", "", inputs)`
    FROM node:24-alpine AS web
    ARG PORT=3000
    ENV PORT=$PORT
    WORKDIR /app
    RUN apk add --no-cache git && addgroup -S web && adduser -S -G web web
    COPY --chown=web:web . .
    EXPOSE $PORT
    RUN npm install
    RUN npm run build
    USER web
    CMD npm start
    ->
    FROM node:24-alpine AS builder
    ARG PORT=3000
    ENV PORT=$PORT
    WORKDIR /app
    RUN apk add --no-cache git && addgroup -S web && adduser -S -G web web
    COPY --chown=web:web . .
    RUN npm install
    RUN npm run build

    FROM node:24-alpine AS web
    ARG PORT=3000
    ENV PORT=$PORT
    RUN addgroup -S web && adduser -S -G web web
    WORKDIR /app
    COPY package.json package-lock.json .npmrc ./
    RUN npm install --omit=dev
    COPY --from=builder /app/dist /app/dist
    COPY --chown=web:web --from=builder /app/public /app/public
    COPY --chown=web:web --from=builder /app/settings.json /app/settings.json
    EXPOSE $PORT
    USER web
    CMD npm start
  `;
});

const plain = source`
  FROM node:24
  WORKDIR /app
  COPY . .
  RUN npm ci && npm run build
  CMD ["node", "dist/main.js"]
`;

/** What FROM names after the fix. */
function imageAfter(text: string, inputs: object): string | undefined {
  const edits = checkDockerfile(modelOf(text, inputs), { rules: [rule] })[0]?.fixes[0]?.edits;
  return edits && /\n\nFROM (\S+)/.exec(applyEdits(text, edits))?.[1];
}

test("slim only where nothing may need what it lacks", () => {
  expect(imageAfter(plain, project())).toBe("node:24-slim");
  const native = { ...lock, packages: { "node_modules/bcrypt": { hasInstallScript: true } } };
  expect(imageAfter(plain, project({}, manifest, native))).toBe("node:24");
  const fromGit = {
    ...lock,
    packages: { "node_modules/a": { resolved: "git+ssh://git@github.com/a/a.git#1" } },
  };
  expect(imageAfter(plain, project({}, manifest, fromGit))).toBe("node:24");
  expect(imageAfter(plain, project({}, manifest, "{"))).toBe("node:24");
  expect(imageAfter(plain, project({ "src/git.ts": 'import { spawn } from "node:child_process";' }))).toBe(
    "node:24",
  );
  // curl is in the full image only.
  const probe = plain.replace("CMD", "HEALTHCHECK CMD curl -f http://127.0.0.1:3000/\nCMD");
  expect(imageAfter(probe, project())).toBe("node:24");
  expect(imageAfter(plain.replace("node:24", "node:24-bookworm"), project())).toBe("node:24-bookworm-slim");
  expect(imageAfter(plain.replace("node:24", "node:24-alpine"), project())).toBe("node:24-alpine");
  expect(imageAfter(plain.replace("node:24", "node:latest"), project())).toBe("node:latest");
});

test("yarn and pnpm", () => {
  fixes(rule, "unsafe", "", project({ "yarn.lock": "# yarn lockfile v1\n", "package-lock.json": "-" }))`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN yarn --frozen-lockfile && yarn build
    CMD ["node", "dist/main.js"]
    ->
    FROM node:24-alpine AS builder
    WORKDIR /app
    COPY . .
    RUN yarn --frozen-lockfile && yarn build

    FROM node:24-alpine
    WORKDIR /app
    COPY package.json yarn.lock ./
    RUN yarn install --production --frozen-lockfile
    COPY --from=builder /app/dist /app/dist
    CMD ["node", "dist/main.js"]
  `;
  fixes(rule, "unsafe", "", project({ "pnpm-lock.yaml": "", "package-lock.json": "-" }))`
    FROM node:24-alpine
    WORKDIR /app
    RUN corepack enable && corepack prepare pnpm@10.20.0 --activate
    COPY . .
    RUN pnpm install --frozen-lockfile && pnpm run build
    CMD ["node", "dist/main.js"]
    ->
    FROM node:24-alpine AS builder
    WORKDIR /app
    RUN corepack enable && corepack prepare pnpm@10.20.0 --activate
    COPY . .
    RUN pnpm install --frozen-lockfile && pnpm run build

    FROM node:24-alpine
    RUN corepack enable && corepack prepare pnpm@10.20.0 --activate
    WORKDIR /app
    COPY package.json pnpm-lock.yaml ./
    RUN pnpm install --prod --frozen-lockfile
    COPY --from=builder /app/dist /app/dist
    CMD ["node", "dist/main.js"]
  `;
  // Yarn 4 has another command for it, and another pnpm would come.
  offersNothing(rule, project({ "yarn.lock": "__metadata:\n  version: 8\n", "package-lock.json": "-" }))`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN yarn install --immutable && yarn build
    CMD ["node", "dist/main.js"]
  `;
  offersNothing(rule, project({ "pnpm-lock.yaml": "", "package-lock.json": "-" }))`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN pnpm install && pnpm run build
    CMD ["node", "dist/main.js"]
  `;
});

const withScripts = (scripts: Readonly<Record<string, string>>) =>
  project({}, { ...manifest, scripts: { ...manifest.scripts, ...scripts } });

test.each([
  ["a script that runs whenever something is installed", plain, withScripts({ prepare: "husky" })],
  ["a build that may write elsewhere", plain, withScripts({ build: "tsc && node tools/assets.js" })],
  ["a build of two projects", plain, withScripts({ build: "tsc -p server && tsc -p web" })],
  ["a build into another folder", plain, withScripts({ postbuild: "cp -r views public/views" })],
  ["code made in node_modules", plain, withScripts({ build: "prisma generate && tsc" })],
  ["packages of its own", plain, project({}, { ...manifest, workspaces: ["packages/*"] })],
  ["what starts is no output", plain.replace("dist/", "server/"), project()],
  ["another user for the build", plain.replace("COPY", "USER node\nCOPY"), project()],
  ["RUNs that set something up", plain.replace("RUN", "RUN mkdir /data && chown node /data\nRUN"), project()],
  ["packages of the system", plain.replace("RUN", "RUN apt-get install -y ffmpeg\nRUN"), project()],
  ["files from elsewhere", plain.replace("RUN", "COPY run.sh /\nRUN"), project()],
  ["no lock file", plain, project({ "package-lock.json": "-" })],
  ["an image by digest", plain.replace("node:24", `node:24@sha256:${"a".repeat(64)}`), project()],
  [
    "a compiler for dependencies that need one",
    plain.replace("node:24", "node:24-alpine").replace("RUN", "RUN apk add --no-cache make g++\nRUN"),
    project({}, manifest, "{"),
  ],
  ["more files than can be told", plain, project(Object.fromEntries([..."abcdefg"].map((it) => [it, ""])))],
])("nothing for %s", (_, text, inputs) => {
  const problems = checkDockerfile(modelOf(text, inputs), { rules: [rule] });
  expect(problems.length).toBe(1);
  expect(problems[0]?.fixes).toEqual([]);
});

test("what comes out has no problem that was not there before", () => {
  const before = checkDockerfile(modelOf(plain, project()));
  const edits = before.find((it) => it.rule === rule.id)?.fixes[0]?.edits ?? [];
  const after = checkDockerfile(modelOf(applyEdits(plain, edits), project()));
  const known = new Set(before.map((it) => it.rule));
  expect(after.map((it) => it.rule).filter((it) => !known.has(it))).toEqual([]);
});
