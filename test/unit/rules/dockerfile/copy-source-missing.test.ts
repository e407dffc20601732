import { test } from "vitest";
import { copySourceMissing as rule } from "../../../../server/src/rules/dockerfile/copy-source-missing.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const files = {
  ".gitignore": "/config/local.yml\n*.log\nassets/\n",
  "src/.gitignore": "/local.py\n",
  "package.json": "",
  "requirements.txt": "",
  "entrypoint.sh": "",
  "src/main.py": "",
  "v1.txt": "",
};
const given = { context: contextOf(files, "given") };

test("where a Compose file says which context it is", () => {
  reports(rule, given)`
    FROM alpine:3.24
    COPY settings.py /a/
         ^^^^^^^^^^^ copy-source-missing: settings.py is not in the build context.
    COPY src/mian.py package.json /a/
         ^^^^^^^^^^^ copy-source-missing: src/mian.py is not in the build context; did you mean main.py?
    ADD docs /a/
        ^^^^ copy-source-missing: docs is not in the build context.
  `;
});

test("in the Dockerfile's own folder only what is near", () => {
  reports(rule, { ownFolder: contextOf(files) })`
    FROM alpine:3.24
    COPY settings.py /a/
    COPY requirement.txt /a/
         ^^^^^^^^^^^^^^^ copy-source-missing: requirement.txt is not in the build context; did you mean requirements.txt?
  `;
});

test("not what is made before the build, patterns, variables and other stages", () => {
  reports(rule, given)`
    FROM alpine:3.24 AS one
    ARG NAME
    COPY dist /a/
    COPY target/app.jar api.war /a/
    COPY config/local.yml debug.log assets/logo.svg /a/
    COPY src/local.py /a/
    COPY missing* $NAME /a/
    COPY \${NAME}v2.txt /a/
    ADD https://example.com/missing /a/
    COPY . src/ package.json /a/
    FROM alpine:3.24
    COPY --from=one missing /a/
    COPY <<missing /a/
    missing
  `;
  reports(rule)`
    FROM alpine:3.24
    COPY missing /a/
  `;
});

test("takes what is near", () => {
  fixes(rule, "unsafe", "", given)`
    FROM alpine:3.24
    COPY ./src/mian.py /a/
    ->
    FROM alpine:3.24
    COPY ./src/main.py /a/
  `;
  offersNothing(rule, given)`
    FROM alpine:3.24
    COPY ["src/mian.py", "/a/"]
    COPY settings.py /a/
  `;
});

test("what a RUN mounts of the context", () => {
  const context = contextOf({ "package.json": "{}", "package-lock.json": "{}" });
  reports(rule, { context })`
    FROM node:24 AS deps
    RUN --mount=type=bind,source=package.json,target=package.json \
        --mount=type=bind,source=package-locks.json,target=package-lock.json npm ci
                                 ^^^^^^^^^^^^^^^^^^ copy-source-missing: package-locks.json is not in the build context; did you mean package-lock.json?
    RUN --mount=type=bind,from=deps,source=package-locks.json,target=/x ls
    RUN --mount=type=secret,source=package-locks.json ls
  `;
});

test("a path out of the context, and the lock file of another package manager", () => {
  const context = contextOf({ "package.json": "{}", "package-lock.json": "{}" });
  reports(rule, { context })`
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json yarn.lock ./
                      ^^^^^^^^^ copy-source-missing: yarn.lock is not in the build context; package-lock.json is there.
    COPY ../shared ./shared
         ^^^^^^^^^ copy-source-missing: COPY does not leave the build context: ../shared is taken for shared, which is not in it.
  `;
});

test("not where the folder may be another than the context, or what is left of the path is there", () => {
  reports(rule, { context: contextOf({ Makefile: "" }) })`
    FROM node:24-alpine
    COPY ../shared ./shared
    COPY package.json yarn.lock ./
  `;
  reports(rule, { context: contextOf({ "package.json": "{}", "shared/a.js": "" }) })`
    FROM node:24-alpine
    COPY package.json yarn.lock ./
    COPY ../shared ./shared
  `;
  reports(rule, {
    context: contextOf({ "package.json": "{}", "package-lock.json": "{}", ".gitignore": "yarn.lock\n" }),
  })`
    FROM node:24-alpine
    COPY package.json yarn.lock ./
  `;
});

test("a path of the machine's", () => {
  reports(rule, { context: contextOf({ "package.json": "{}", "etc/app.conf": "" }) })`
    FROM node:24-alpine
    COPY package.json /app/
    COPY /home/me/project/server.js /app/
         ^^^^^^^^^^^^^^^^^^^^^^^^^^ copy-source-missing: /home/me/project/server.js counts from the build context, and home/me/project/server.js is not in it.
    COPY /etc/nginx.conf /etc/nginx/
    COPY /lib/a.js /app/
    COPY /opt/build/app /app/
  `;
  reports(rule, { context: contextOf({ Makefile: "" }) })`
    FROM node:24-alpine
    COPY /home/me/project/server.js /app/
  `;
});
