import { test } from "vitest";
import { copyThenChown as rule } from "../../../../server/src/rules/dockerfile/copy-then-chown.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("chmod and chown of what was copied, in a shipped stage", () => {
  reports(rule)`
    FROM alpine:3.24 AS base
    COPY entrypoint.sh /
    RUN chmod +x /entrypoint.sh
        ^^^^^^^^^^^^^^^^^^^^^^^ copy-then-chown: This stores /entrypoint.sh a second time.
    FROM base
    WORKDIR /app
    COPY . .
    RUN chown -R nobody:nobody /app
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ copy-then-chown: This stores /app a second time.
  `;
});

test("not in a builder, not of other paths, not of a directory alone", () => {
  reports(rule)`
    FROM alpine:3.24 AS builder
    COPY run.sh /
    RUN chmod +x /run.sh
    FROM alpine:3.24
    COPY --from=builder /run.sh /
    COPY data /data/
    RUN chown nobody /data
    RUN chmod 700 /var/log
    RUN chown -R nobody /var/lib
    RUN chmod +x $TARGET
  `;
});

test("sets the mode while copying", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24
    # The start.
    COPY entrypoint.sh /usr/local/bin/
    # It must run.
    RUN chmod +x /usr/local/bin/entrypoint.sh
    CMD ["entrypoint.sh"]
    ->
    FROM alpine:3.24
    # The start.
    COPY --chmod=755 entrypoint.sh /usr/local/bin/
    # It must run.
    CMD ["entrypoint.sh"]
  `;
  fixes(rule, "safe")`
    FROM alpine:3.24
    WORKDIR /app
    COPY --link a.sh b.sh bin/
    RUN chmod 0755 bin/a.sh bin/b.sh
    ->
    FROM alpine:3.24
    WORKDIR /app
    COPY --chmod=0755 --link a.sh b.sh bin/
  `;
});

test("sets the owner while copying, and root's group where chown left it", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24
    RUN addgroup -S app && adduser -S -G app app
    COPY app.conf /etc/app.conf
    RUN chown app:app /etc/app.conf
    ->
    FROM alpine:3.24
    RUN addgroup -S app && adduser -S -G app app
    COPY --chown=app:app app.conf /etc/app.conf
  `;
  fixes(rule, "safe")`
    FROM alpine:3.24
    COPY app.conf /etc/app.conf
    RUN chown 1000 /etc/app.conf
    ->
    FROM alpine:3.24
    COPY --chown=1000:0 app.conf /etc/app.conf
  `;
});

test("a whole directory is for the author to judge: it keeps its own owner", () => {
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN chown -R node:node /app
    ->
    FROM node:24-alpine
    WORKDIR /app
    COPY --chown=node:node . .
  `;
});

test("nothing to offer where COPY would take the name for root, or does something like it already", () => {
  offersNothing(rule)`
    FROM alpine:3.24
    COPY app.conf /etc/app.conf
    RUN adduser -D app
    RUN chown app:app /etc/app.conf
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    COPY --chmod=644 run.sh /run.sh
    RUN chmod 755 /run.sh
  `;
});

test("nothing to offer where the RUN does more", () => {
  offersNothing(rule)`
    FROM alpine:3.24
    COPY run.sh /run.sh
    RUN chmod 755 /run.sh && /run.sh
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    COPY a.sh b.sh /
    RUN chmod 755 /a.sh
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    COPY run.sh /run.sh
    RUN chmod \
      # so that it runs
      755 /run.sh
  `;
});

test("with variables resolved, and into folders that are there", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24
    ENV HOME_DIR=/srv/app
    COPY run.sh $HOME_DIR/run.sh
    RUN chmod 755 /srv/app/run.sh
    COPY start.sh /usr/local/bin
    RUN chmod 755 /usr/local/bin/start.sh
    ->
    FROM alpine:3.24
    ENV HOME_DIR=/srv/app
    COPY --chmod=755 run.sh $HOME_DIR/run.sh
    COPY --chmod=755 start.sh /usr/local/bin
  `;
});

test("nothing to offer where something else in the directory has to change hands as well", () => {
  offersNothing(rule)`
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json .
    RUN npm install
    COPY . .
    RUN chown -R node:node /app
  `;
  offersNothing(rule)`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    COPY conf ./conf
    RUN chown -R node:node /app
  `;
  offersNothing(rule)`
    FROM node:24-alpine
    RUN mkdir -p /app/data
    COPY . /app
    RUN chown -R node:node /app
  `;
  offersNothing(rule)`
    FROM node:24-alpine AS base
    WORKDIR /app
    FROM base
    COPY . .
    RUN chown -R node:node /app
  `;
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    WORKDIR /app
    RUN apk add --no-cache curl
    COPY . .
    RUN chown -R node:node /app
    ->
    FROM node:24-alpine
    WORKDIR /app
    RUN apk add --no-cache curl
    COPY --chown=node:node . .
  `;
});

test("not where the same RUN writes the file anyway", () => {
  reports(rule)`
    FROM debian:trixie-slim
    COPY run.sh /run.sh
    RUN sed -i 's/\r$//' /run.sh && chmod +x /run.sh
    COPY health.sh /
    RUN dos2unix /health.sh && chmod +x /health.sh
    COPY start.sh /
    RUN sed -i 's/\r$//' /run.sh && chmod +x /start.sh
                                    ^^^^^^^^^^^^^^^^^^ copy-then-chown
  `;
});

test("below the folder that changes: dependencies that a RUN installed, and folders that were copied", () => {
  reports(rule)`
    FROM node:24-slim
    WORKDIR /app
    COPY package.json /app/package.json
    RUN npm ci
    RUN chown -R node:node /app
        ^^^^^^^^^^^^^^^^^^^^^^^ copy-then-chown: This stores /app/node_modules a second time.
  `;
  reports(rule)`
    FROM node:24-slim
    WORKDIR /app
    COPY --from=builder /src/dist ./dist
    RUN chown -R node: .
        ^^^^^^^^^^^^^^^^ copy-then-chown: This stores /app/dist a second time.
  `;
});

test("not of single files, of what has its owner, or of another folder", () => {
  reports(rule)`
    FROM node:24-slim
    WORKDIR /app
    COPY --chown=node:node src ./src
    COPY entrypoint.sh /app/entrypoint.sh
    RUN mkdir /app/logs && chown -R node:node /app
    USER node
    RUN npm ci
    RUN chown -R node:node /app
    COPY dist /srv/dist
    RUN chown -R node:node /app
  `;
});

test("a layer stores a folder once, whatever is changed of it", () => {
  reports(rule)`
    FROM debian:trixie-slim
    COPY app /app
    RUN chmod -R g+w /app && chown -R 1000 /app
        ^^^^^^^^^^^^^^^^^ copy-then-chown: This stores /app a second time.
    RUN chown -R 1000 /app
        ^^^^^^^^^^^^^^^^^^ copy-then-chown
  `;
});

test("paths in variables of the image, owners in variables, exec form", () => {
  reports(rule)`
    FROM python:3.14-slim
    ENV APP_HOME=/home/app/web
    RUN useradd -m app
    COPY . $APP_HOME
    RUN chown -R app:app "\${APP_HOME}"
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copy-then-chown: This stores /home/app/web a second time.
  `;
  reports(rule)`
    FROM python:3.14-slim
    ARG UID=1000
    COPY . /srv
    RUN chown -R $UID:\${UID} /srv
        ^^^^^^^^^^^^^^^^^^^^^^^^^ copy-then-chown: This stores /srv a second time.
  `;
  reports(rule)`
    FROM debian:13
    COPY entrypoint.sh /entrypoint.sh
    RUN ["chmod", "755", "/entrypoint.sh"]
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copy-then-chown: This stores /entrypoint.sh a second time.
  `;
  reports(rule)`
    FROM python:3.14-slim
    ARG APP_HOME=/srv
    COPY . /srv
    RUN chown -R 1000 $APP_HOME $OTHER
  `;
});

test("no flag in its place where a RUN made something there by a variable", () => {
  offersNothing(rule)`
    FROM python:3.14-slim
    ENV APP_HOME=/home/app/web
    RUN useradd -m app && mkdir -p $APP_HOME/static
    COPY . $APP_HOME
    RUN chown -R app:app $APP_HOME
  `;
});
