import { expect, test } from "vitest";
import { nativeAddonLibcMismatch as rule } from "../../../../server/src/rules/dockerfile/native-addon-libc-mismatch.ts";
import { expectProblems, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

function project(dependencies: Readonly<Record<string, string>>, optionalDependencies = {}) {
  const files = {
    "package.json": JSON.stringify({ dependencies, optionalDependencies }),
    "package-lock.json": "{}",
  };
  return { context: contextOf(files, "given") };
}

function requirements(text: string) {
  return { context: contextOf({ "requirements.txt": text, "app.py": "" }, "given") };
}

test("node_modules of a project, either way", () => {
  reports(rule, project({ express: "5", bcrypt: "^5.1.1", "better-sqlite3": "^12.0.0" }))`
    FROM node:24 AS deps
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci --omit=dev
    FROM node:24-alpine
    WORKDIR /app
    COPY --from=deps /app/node_modules ./node_modules
                     ^^^^^^^^^^^^^^^^^ native-addon-libc-mismatch: bcrypt and better-sqlite3 in /app/node_modules are compiled for glibc, and this image has musl.
    COPY . .
    CMD ["node", "server.js"]
  `;
  reports(rule, project({ sqlite3: "5.1.7" }))`
    FROM node:24-alpine AS builder
    WORKDIR /app
    COPY . .
    RUN yarn install --frozen-lockfile && yarn build
    FROM node:24-slim
    COPY --from=builder /app /app
                        ^^^^ native-addon-libc-mismatch: sqlite3 in /app/node_modules is compiled for musl, and this image has glibc.
  `;
});

test("Python: an environment, site-packages, a target, names and requirements", () => {
  reports(
    rule,
    requirements("flask==3.1\nPsycopg2_Binary==2.9.10  # driver\nnumpy>=2 ; sys_platform == 'linux'\n"),
  )`
    FROM python:3.14 AS builder
    RUN python -m venv /opt/venv
    ENV PATH=/opt/venv/bin:$PATH
    WORKDIR /app
    COPY requirements.txt .
    RUN pip install --no-cache-dir -r requirements.txt
    FROM python:3.14-alpine
    COPY --from=builder /opt/venv /opt/venv
                        ^^^^^^^^^ native-addon-libc-mismatch: psycopg2-binary in /opt/venv is compiled for glibc, and this image has musl.
  `;
  reports(rule)`
    FROM python:3.14-alpine AS builder
    RUN pip install --no-cache-dir "numpy==2.3" bcrypt
    RUN pip install --target=/deps pydantic==2.12 orjson uvloop lxml
    FROM python:3.14-slim
    COPY --from=builder /usr/local/lib/python3.14/site-packages /usr/local/lib/python3.14/site-packages
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ native-addon-libc-mismatch: numpy and bcrypt are compiled for musl, and this image has glibc.
    COPY --from=builder /deps /deps
                        ^^^^^ native-addon-libc-mismatch: pydantic, orjson, uvloop and 1 more in /deps are compiled for musl, and this image has glibc.
  `;
});

test("modules of the stable ABI, from musl only, but those that need another", () => {
  reports(rule)`
    FROM python:3.14-slim AS builder
    RUN pip install --target=/deps pyzmq bcrypt
    RUN pip install --target=/more cryptography
    FROM python:3.14-alpine
    COPY --from=builder /deps /deps
    COPY --from=builder /more /more
                        ^^^^^ native-addon-libc-mismatch: cryptography in /more is compiled for glibc, and this image has musl.
  `;
  reports(rule)`
    FROM python:3.14-alpine AS builder
    RUN pip install --target=/deps pyzmq
    FROM python:3.14-slim
    COPY --from=builder /deps /deps
                        ^^^^^ native-addon-libc-mismatch
  `;
});

test("not of the folder of another project", () => {
  reports(rule, project({ canvas: "3" }))`
    FROM node:24 AS client
    WORKDIR /app
    COPY client ./
    RUN npm ci
    FROM node:24-alpine
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci
    COPY --from=client /app /client
  `;
});

test("says which stage has which library", () => {
  const [problem] = problemsOf(rule)`
    FROM node:24 AS builder
    WORKDIR /app
    RUN npm install canvas@3
    FROM node:24-alpine
    COPY --from=builder /app/node_modules /app/node_modules
  `;
  expect(problem?.related.map((it) => it.message)).toEqual([
    "This installs for glibc.",
    expect.stringContaining("node:24 has glibc"),
    expect.stringContaining("node:24-alpine has musl"),
  ]);
});

test.each<[string, Record<string, string>, Record<string, string>?]>([
  [
    "what brings addons for both",
    { bcrypt: "^6.0.0", sharp: "^0.34.1", esbuild: "0.27.0", argon2: "0.44.0" },
  ],
  ["versions that are not told", { bcrypt: ">=5", sharp: "latest" }],
  ["addons that were asked for by name", { "better-sqlite3": "12", "@img/sharp-linuxmusl-x64": "0.34.1" }],
  ["what is optional", {}, { "better-sqlite3": "12" }],
  ["pure JavaScript", { express: "5" }],
])("not for %s", (_, dependencies, optional) => {
  expectProblems(
    rule,
    "FROM node:24 AS deps\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nFROM node:24-alpine\nCOPY --from=deps /app/node_modules /app/node_modules\n",
    project(dependencies, optional),
  );
});

test("not within one family, rebuilt, for another system, or where nothing loads it", () => {
  reports(rule, project({ "better-sqlite3": "12" }))`
    FROM node:24 AS deps
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci
    FROM node:24-alpine AS other
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci --ignore-scripts
    RUN npm install --libc=glibc better-sqlite3
    FROM node:24-slim AS same
    COPY --from=deps /app/node_modules /app/node_modules
    COPY --from=other /app/node_modules /other
    FROM node:24-alpine AS rebuilt
    COPY --from=deps /app /app
    RUN cd /app && npm rebuild
    FROM node:24-alpine AS production
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci --omit=dev
    FROM node:24-alpine AS replaced
    COPY --from=deps /app /app
    COPY --from=production /app/node_modules /app/node_modules
    FROM node:24-alpine AS compatible
    RUN apk add --no-cache gcompat
    COPY --from=deps /app /app
    FROM nginx:1.29-alpine AS served
    COPY --from=deps /app/node_modules/swagger-ui /usr/share/nginx/html/ui
    COPY --from=deps /app/node_modules /usr/share/nginx/html/modules
    FROM scratch AS nothing
    COPY --from=deps /app /app
    FROM node:24-alpine
    COPY --from=deps /app/package.json /app/dist /app/
  `;
});

test("Python: not pure packages, wheels for another system, or an environment that is not the one", () => {
  reports(rule, requirements("flask\npyyaml\n-e .\nhttps://example.com/numpy.whl\n"))`
    FROM python:3.14 AS builder
    RUN python -m venv /opt/venv
    COPY requirements.txt .
    RUN /opt/venv/bin/pip install -r requirements.txt bcrypt
    RUN pip install --platform musllinux_1_2_x86_64 --only-binary=:all: --target /deps numpy
    RUN pip install numpy
    RUN pip install --user lxml
    FROM python:3.14-alpine
    COPY --from=builder /opt/venv /opt/venv
    COPY --from=builder /deps /deps
    COPY --from=builder /root/.local /root/.local
  `;
});

test("an image that starts node by its path", () => {
  reports(rule)`
    FROM node:24-alpine AS builder
    WORKDIR /app
    RUN npm install better-sqlite3@12
    FROM gcr.io/distroless/nodejs24-debian13
    COPY --from=builder /app /app
                        ^^^^ native-addon-libc-mismatch: better-sqlite3 in /app/node_modules is compiled for musl, and this image has glibc.
  `;
});
