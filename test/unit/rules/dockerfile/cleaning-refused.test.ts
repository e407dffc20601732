import { expect, test } from "vitest";
import { cleaningRefused as rule } from "../../../../server/src/rules/dockerfile/cleaning-refused.ts";
import { fixes, problemsOf, reports } from "../../../support/check.ts";

test("what npm, dnf and yum do not clean without another word", () => {
  reports(rule)`
    FROM node:22
    RUN npm ci && npm cache clean
                  ^^^^^^^^^^^^^^^ cleaning-refused: npm does not empty its cache without --force.
    RUN npm cache clear --silent
        ^^^^^^^^^^^^^^^ cleaning-refused
    RUN ["npm", "cache", "clean"]
         ^^^^^^^^^^^^^^^^^^^^^^^ cleaning-refused
    FROM fedora:42
    RUN dnf install -y git && dnf clean
                              ^^^^^^^^^ cleaning-refused: dnf clean has to be told what to clean.
    RUN yum -q clean
        ^^^^^^^^^^^^ cleaning-refused
  `;
});

test("not with it, nor where it may be said elsewhere or fail", () => {
  reports(rule)`
    FROM node:22
    RUN npm cache clean --force && npm cache clean -f && npm --f cache clean && npm cache verify && npm cache clean lodash
    RUN npm_config_force=true npm cache clean
    RUN npm cache clean $OPTIONS
    RUN if [ -n "$CLEAN" ]; then npm cache clean; fi
    ENV NPM_CONFIG_FORCE=true
    RUN npm cache clean
    FROM node:6
    RUN npm cache clean
    FROM fedora:42
    RUN dnf clean all && dnf clean packages && microdnf clean
    FROM debian:trixie-slim
    RUN apt-get clean
  `;
});

test("an error only where the build certainly ends", () => {
  const severities = problemsOf(rule)`
    FROM node:22
    RUN npm cache clean
    RUN npm cache clean || true
    RUN npm cache clean; ls
  `.map((it) => it.severity);
  expect(severities).toEqual(["error", "warning", "warning"]);
});

test("the missing word", () => {
  fixes(rule, "safe")`
    FROM node:22
    RUN npm cache clean
    RUN ["npm", "cache", "clean"]
    FROM fedora:42
    RUN dnf clean && ls
    ->
    FROM node:22
    RUN npm cache clean --force
    RUN ["npm", "cache", "clean", "--force"]
    FROM fedora:42
    RUN dnf clean all && ls
  `;
});
