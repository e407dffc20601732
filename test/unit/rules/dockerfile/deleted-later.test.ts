import { test } from "vitest";
import { deletedLater as rule } from "../../../../server/src/rules/dockerfile/deleted-later.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("copied, downloaded and built files, and folders of them", () => {
  reports(rule, { context: contextOf({ "app.deb": "", "src/main.c": "" }) })`
    FROM debian:trixie-slim
    COPY app.deb /tmp/
    COPY src /build
    RUN dpkg -i /tmp/app.deb && rm -f /tmp/app.deb
                                ^^^^^^^^^^^^^^^^^^ deleted-later: /tmp/app.deb stays in the layer of the COPY above.
    RUN rm -rf /build
        ^^^^^^^^^^^^^ deleted-later: /build stays in the layer of the COPY above.
    RUN curl -o /opt/x.zip https://example.com/x.zip
    WORKDIR /opt
    RUN rm x.zip
        ^^^^^^^^ deleted-later: /opt/x.zip stays in the layer of the RUN above.
  `;
});

test("not in the same RUN, of the base image, small files, or what may not be there", () => {
  reports(rule)`
    FROM nginx:1.29-alpine
    RUN rm /etc/nginx/conf.d/default.conf
    RUN wget https://example.com/a.tgz && rm a.tgz
    RUN touch /tmp/x && mkdir /tmp/y
    RUN rm -r /tmp/x /tmp/y /var/lib/apt/lists/*
    COPY <<EOF /tmp/small
    hello
    EOF
    RUN rm /tmp/small
    ADD https://example.com/b.tgz /b.tgz
    RUN if [ -e /x ]; then rm /b.tgz; fi
    RUN cd /tmp && rm ./b.tgz
  `;
});

test("not in a stage that is not shipped", () => {
  reports(rule)`
    FROM debian:trixie-slim AS build
    ADD https://example.com/b.tgz /b.tgz
    RUN rm /b.tgz
    FROM debian:trixie-slim
    COPY --from=build /x /x
  `;
});

test("makes one RUN of two neighbours", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN curl -o /x.tgz https://example.com/x.tgz
    RUN tar xzf /x.tgz && rm /x.tgz
    ->
    FROM debian:trixie-slim
    RUN curl -o /x.tgz https://example.com/x.tgz && \
        tar xzf /x.tgz && rm /x.tgz
  `;
});

test("nothing to offer where the scripts depend on more", () => {
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN cd / && curl -o /x.tgz https://example.com/x.tgz
    RUN rm /x.tgz
    RUN curl -o /y.tgz https://example.com/y.tgz
    # not needed any more
    RUN rm /y.tgz
    RUN curl -o /z.tgz https://example.com/z.tgz
    COPY a /a
    RUN rm /z.tgz
  `;
});

test("packages that another RUN installed", () => {
  reports(rule)`
    FROM python:3.14-alpine
    RUN apk add --no-cache --virtual .build gcc musl-dev
    RUN pip install uwsgi
    RUN apk del .build
        ^^^^^^^^^^^^^^ deleted-later: .build stays in the layer of the RUN above.
  `;
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y gcc=14.2.0-1 make && make && apt-get purge -y make
    RUN apt-get purge -y --auto-remove gcc
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ deleted-later: gcc stays in the layer of the RUN above.
    RUN apt-get remove -y perl-doc && apt-get autoremove -y
  `;
});

test("dependencies that are installed again, and from another directory", () => {
  reports(rule)`
    FROM node:24-slim
    WORKDIR /app
    COPY package.json package-lock.json ./
    RUN npm ci
    RUN npm run build && rm -rf node_modules && npm ci --omit=dev
                         ^^^^^^^^^^^^^^^^^^^ deleted-later: /app/node_modules stays in the layer of the RUN above.
  `;
  reports(rule)`
    FROM node:24-slim
    WORKDIR /app
    RUN --mount=type=cache,target=/app/node_modules npm ci
    RUN rm -rf node_modules
    RUN npm ci && rm -rf node_modules
  `;
  reports(rule)`
    FROM debian:trixie-slim
    ADD https://example.com/tool.tar.gz /tmp/tool.tar.gz
    RUN cd /tmp && rm tool.tar.gz
                   ^^^^^^^^^^^^^^ deleted-later
    ADD https://example.com/other.tar.gz /tmp/other.tar.gz
    RUN cd $DIR && rm other.tar.gz
  `;
});

const project = (files: Readonly<Record<string, string>> = {}) => ({
  context: contextOf({
    "package.json":
      '{"dependencies":{"koa":"3"},"devDependencies":{"vite":"7"},"scripts":{"build":"vite build"}}',
    "package-lock.json": "{}",
    ...files,
  }),
});

test("devDependencies that a later RUN takes away", () => {
  reports(rule, project())`
    FROM node:24-slim
    WORKDIR /srv
    COPY package.json package-lock.json ./
    RUN npm ci
    COPY . .
    RUN npm run build
    RUN npm prune --omit=dev
        ^^^^^^^^^^^^^^^^^^^^ deleted-later: The devDependencies stay in the layer of the RUN above.
    USER node
  `;
  reports(rule, project())`
    FROM node:24-slim
    WORKDIR /srv
    COPY . .
    RUN npm install && npm run build
    RUN npm ci --omit=dev
        ^^^^^^^^^^^^^^^^^ deleted-later
  `;
});

test("not where the same RUN takes them away, none came, or the stage is thrown away", () => {
  reports(rule, project())`
    FROM node:24-slim AS build
    WORKDIR /srv
    COPY . .
    RUN npm ci
    RUN npm run build && npm prune --omit=dev
    FROM node:24-slim
    WORKDIR /srv
    COPY . .
    RUN npm ci && npm run build && npm prune --omit=dev
  `;
  reports(rule, project())`
    FROM node:24-slim
    ENV NODE_ENV=production
    WORKDIR /srv
    COPY . .
    RUN npm ci
    RUN npm prune --omit=dev
  `;
  reports(rule, project())`
    FROM node:24-slim
    WORKDIR /srv
    COPY . .
    RUN npm ci
    RUN npm prune
    RUN npm install left-pad@1.3.0
  `;
  reports(rule, project({ "package.json": '{"dependencies":{"koa":"3"}}' }))`
    FROM node:24-slim
    WORKDIR /srv
    COPY . .
    RUN npm ci
    RUN npm prune --omit=dev
  `;
});

test("clones", () => {
  reports(rule)`
    FROM node:24-slim
    WORKDIR /app
    RUN git clone https://example.com/a /src
    RUN make -C /src install
    RUN rm -rf /src
        ^^^^^^^^^^^ deleted-later: /src stays in the layer of the RUN above.
  `;
  reports(rule)`
    FROM node:24-slim
    WORKDIR /app
    RUN git clone https://example.com/a /src && make -C /src && rm -rf /src
    RUN rm -rf /src
  `;
});

test("a path in a variable of the image", () => {
  reports(rule)`
    FROM buildpack-deps:trixie
    ENV DOWNLOADS=/tmp/downloads
    RUN mkdir -p $DOWNLOADS && curl -fsSL https://example.com/a.tgz -o $DOWNLOADS/a.tgz
    RUN tar -xf $DOWNLOADS/a.tgz -C /opt && rm -rf "$DOWNLOADS"
                                            ^^^^^^^^^^^^^^^^^^^ deleted-later: /tmp/downloads stays in the layer of the RUN above.
  `;
});
