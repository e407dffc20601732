import { test } from "vitest";
import { fileTakenForDirectory as rule } from "../../../../server/src/rules/dockerfile/file-taken-for-directory.ts";
import { fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const inputs = { context: contextOf({ "package.json": "{}", "index.js": "", "src/a.js": "" }) };

test("a file of the directory's name", () => {
  fixes(rule, "unsafe", "Make /app a directory", inputs)`
    FROM node:24-alpine
    COPY package.json /app
    WORKDIR /app
    ->
    FROM node:24-alpine
    COPY package.json /app/
    WORKDIR /app
  `;
  reports(rule, inputs)`
    FROM node:24-alpine
    COPY index.js /srv/site
    COPY src /srv/site/
             ^^^^^^^^^^ file-taken-for-directory: /srv/site is a file here, and no directory.
    FROM node:24-alpine
    COPY index.js /srv/site
    COPY index.js /srv/site/index.js
                  ^^^^^^^^^^^^^^^^^^ file-taken-for-directory
    FROM node:24-alpine
    COPY index.js /srv/site
    WORKDIR /srv/site/x
            ^^^^^^^^^^^ file-taken-for-directory
  `;
  reports(rule)`
    FROM alpine:3.24
    COPY <<E /app
    E
    WORKDIR /app
            ^^^^ file-taken-for-directory
  `;
});

test("not a directory, what may be one, or a file over a file", () => {
  reports(rule, inputs)`
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json /app
    COPY src /srv
    WORKDIR /srv
    COPY index.js /opt/run
    COPY package.json /opt/run
    COPY unknown /x
    WORKDIR /x
    COPY index.js /y
    RUN rm /y
    WORKDIR /y
    COPY index.js /etc/nginx
    COPY index.js /etc/nginx/site.js
    COPY package.json index.js /z
    WORKDIR /z
  `;
});
