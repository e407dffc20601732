import { test } from "vitest";
import { secretMountUnread as rule } from "../../../../server/src/rules/dockerfile/secret-mount-unread.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("another id, another target", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN --mount=type=secret,id=token cat /run/secrets/tokn
                                         ^^^^^^^^^^^^^^^^^ secret-mount-unread: No secret is mounted at /run/secrets/tokn.
    RUN --mount=type=secret,id=a,target=/root/.netrc curl --netrc-file /run/secrets/a https://example.com
                                                                       ^^^^^^^^^^^^^^ secret-mount-unread
    RUN --mount=type=secret,id=a,env=A cat /run/secrets/a
                                           ^^^^^^^^^^^^^^ secret-mount-unread
  `;
});

test("not what is mounted, may be mounted, or is no whole name", () => {
  reports(rule)`
    FROM alpine:3.24
    ARG ID=x
    RUN --mount=type=secret,id=a --mount=type=secret,id=b,target=/run/secrets/c cat /run/secrets/a /run/secrets/c
    RUN --mount=type=secret,id=team/npm cat /run/secrets/npm
    RUN --mount=type=secret,id=$ID cat /run/secrets/x
    RUN --mount=type=secret,id=a ls /run/secrets/ && cat /run/secrets/*
    RUN --mount=type=secret,id=a for it in a b; do cat /run/secrets/x$it; done
    RUN --mount=type=secret,target=/run/secrets/d cat /run/secrets/d
    RUN --mount=type=tmpfs,target=/run/secrets --mount=type=secret,id=a cat /run/secrets/z
    RUN cat /run/secrets/kubernetes.io/serviceaccount/token
  `;
});

test("reads the one that is mounted", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24
    RUN --mount=type=secret,id=api_token \
        TOKEN=$(cat /run/secrets/api-token) ./fetch.sh
    ->
    FROM alpine:3.24
    RUN --mount=type=secret,id=api_token \
        TOKEN=$(cat /run/secrets/api_token) ./fetch.sh
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    RUN --mount=type=secret,id=a --mount=type=secret,id=b cat /run/secrets/c
  `;
});

test("in a here-document, and in a folder without its last letter", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN --mount=type=secret,id=token <<EOF
    cat /run/secrets/tokn
        ^^^^^^^^^^^^^^^^^ secret-mount-unread: No secret is mounted at /run/secrets/tokn.
    EOF
    RUN --mount=type=secret,id=token cat /run/secret/token
                                         ^^^^^^^^^^^^^^^^^ secret-mount-unread
    RUN --mount=type=secret,id=token cat /var/run/secrets/token
    RUN --mount=type=secret,id=token ls /srv/run/secrets/other
    RUN --mount=type=secret,id=token <<EOF
    cat /run/secrets/token
    EOF
  `;
});

test("no mount at all", () => {
  reports(rule)`
    FROM node:24-slim
    RUN npm config set //npm.example.com/:_authToken=$(cat /run/secrets/npm) && npm ci
                                                           ^^^^^^^^^^^^^^^^ secret-mount-unread: No secret is mounted at /run/secrets/npm: this RUN has no --mount=type=secret.
    RUN . /run/secrets/env && npm run build
          ^^^^^^^^^^^^^^^^ secret-mount-unread
    RUN if [ -f /run/secrets/npm ]; then cat /run/secrets/npm > ~/.npmrc; fi
    RUN cat /run/secrets/npm > ~/.npmrc || true
    RUN echo 'export TOKEN=$(cat /run/secrets/token)' > /entrypoint.sh
    RUN cat <<EOF > /entrypoint.sh
    cat /run/secrets/token
    EOF
    FROM node:24-slim
    RUN mkdir -p /run/secrets && echo x > /run/secrets/npm && cat /run/secrets/npm
    FROM node:24-slim
    COPY npm /run/secrets/npm
    RUN cat /run/secrets/npm
  `;
  fixes(rule, "unsafe", "Mount npm")`
    FROM node:24-slim
    RUN --mount=type=cache,target=/root/.npm TOKEN=$(cat /run/secrets/npm) npm ci
    ->
    FROM node:24-slim
    RUN --mount=type=secret,id=npm --mount=type=cache,target=/root/.npm TOKEN=$(cat /run/secrets/npm) npm ci
  `;
});
