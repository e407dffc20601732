import { test } from "vitest";
import { mountedSecretKept as rule } from "../../../../server/src/rules/dockerfile/mounted-secret-kept.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("copied, printed and piped into a file", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN --mount=type=secret,id=key,target=/tmp/key cp /tmp/key /root/.ssh/id_rsa && chmod 600 /root/.ssh/id_rsa
                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mounted-secret-kept: This leaves the mounted secret in /root/.ssh/id_rsa, in the layer of this RUN.
    RUN --mount=type=secret,id=npm echo "//registry.npmjs.org/:_authToken=$(cat /run/secrets/npm)" > ~/.npmrc && npm ci
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mounted-secret-kept
    RUN --mount=type=secret,id=k,env=API_KEY echo "API_KEY=$API_KEY" >> /etc/environment
                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mounted-secret-kept
    RUN --mount=type=secret,id=c cat /run/secrets/c | tee /app/config.json
                                 ^^^^^^^^^^^^^^^^^^ mounted-secret-kept: This leaves the mounted secret in /app/config.json, in the layer of this RUN.
    RUN --mount=type=secret,id=t T=$(cat /run/secrets/t) && printf 'machine a login b password %s' "$T" > /root/.netrc
                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mounted-secret-kept
  `;
});

test("handed to what keeps it in its configuration", () => {
  reports(rule)`
    FROM golang:1.27
    RUN --mount=type=secret,id=gh,env=GH git config --global url."https://x:$GH@github.com/".insteadOf https://github.com/
                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mounted-secret-kept: This leaves the mounted secret in git's configuration, in the layer of this RUN.
    RUN --mount=type=secret,id=T,env=T npm config set //npm.pkg.github.com/:_authToken=$T && npm ci
                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mounted-secret-kept
    RUN --mount=type=secret,id=T,env=T composer config --global github-oauth.github.com "$T"
                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mounted-secret-kept
  `;
});

test("not what is removed, only read, in another mount, in an unshipped stage, or public", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    RUN --mount=type=secret,id=gh,env=GH git config --global url."https://x:$GH@github.com/".insteadOf https://github.com/
    FROM alpine:3.24
    RUN --mount=type=secret,id=t echo "//r/:_authToken=$(cat /run/secrets/t)" > .npmrc && npm ci && rm -f .npmrc
    RUN --mount=type=secret,id=t cp /run/secrets/t ~/.ssh/id_rsa && git clone git@a:b && rm -rf ~/.ssh
    RUN --mount=type=secret,id=t trap 'rm -f ~/.netrc' EXIT; cp /run/secrets/t ~/.netrc; make
    RUN --mount=type=secret,id=t,env=T echo '//r/:_authToken=\${T}' > .npmrc && npm ci
    RUN --mount=type=secret,id=t,env=T npm config set '//r/:_authToken=\${T}' && npm ci
    RUN --mount=type=secret,id=t T=$(cat /run/secrets/t) && echo "\${#T} letters" > /length
    RUN --mount=type=secret,id=t curl -H "Authorization: Bearer $(cat /run/secrets/t)" https://a.example/x -o /x
    RUN --mount=type=secret,id=t --mount=type=tmpfs,target=/root cat /run/secrets/t > /root/.netrc
    RUN --mount=type=secret,id=t cat /run/secrets/t > /dev/null
    RUN --mount=type=secret,id=corp_ca cp /run/secrets/corp_ca /usr/local/share/ca-certificates/corp.crt
    RUN --mount=type=secret,id=t,env=T git config --global url."https://x:$T@a/".insteadOf https://a/ && make && git config --global --unset-all url."https://x:$T@a/".insteadOf
    RUN --mount=type=secret,id=t,env=T docker login -u a -p $T r.example && docker logout r.example
    RUN cp /run/secrets/t /x
  `;
});

test("removes the file in the same RUN", () => {
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    RUN --mount=type=secret,id=npmrc cat /run/secrets/npmrc > .npmrc && npm ci
    ->
    FROM node:24-alpine
    RUN --mount=type=secret,id=npmrc cat /run/secrets/npmrc > .npmrc && npm ci && rm .npmrc
  `;
  offersNothing(rule)`
    FROM node:24-alpine
    RUN --mount=type=secret,id=t,env=T npm config set //r/:_authToken=$T
  `;
  offersNothing(rule)`
    FROM node:24-alpine
    RUN --mount=type=secret,id=npmrc cd /app && cat /run/secrets/npmrc > .npmrc && npm ci
  `;
});
