import { expect, test } from "vitest";
import { consecutiveRuns as rule } from "../../../../server/src/rules/dockerfile/consecutive-runs.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("single commands with the same flags, comments between them or not", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN /a.sh
    # a comment

    RUN /b.sh
    ^^^ consecutive-runs: This RUN and the one above are a layer each.
    RUN /c.sh
    ^^^ consecutive-runs
    RUN a && b
    RUN c
    RUN d
    ^^^ consecutive-runs
    WORKDIR /
    RUN --mount=type=secret,id=x e
    RUN --mount=type=secret,id=x f
    ^^^ consecutive-runs
  `;
});

test("not with other flags, several commands, or something between", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN a
    WORKDIR /
    RUN b
    RUN --mount=type=secret,id=x c
    RUN --mount=type=secret,id=y d
    RUN e; f
    RUN g
    RUN h | i
  `;
});

test("not in a stage that is not shipped, and not behind a RUN that only changes its shell", () => {
  reports(rule)`
    FROM debian:trixie-slim AS build
    RUN a
    RUN b
    FROM debian:trixie-slim
    RUN cd /srv
    RUN ls
    COPY --from=build /a /a
  `;
});

test("joined with &&, comments kept, blank lines taken away", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN mkdir -p \
          /var/lib/app
    # for the service

    RUN chown www-data \
          /var/lib/app
    ->
    FROM debian:trixie-slim
    RUN mkdir -p \
          /var/lib/app && \
    # for the service
        chown www-data \
          /var/lib/app
  `;
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN --network=none a
    RUN --network=none b
    ->
    FROM debian:trixie-slim
    RUN --network=none a && \
        b
  `;
});

test("nothing to offer where joining would change what the commands do", () => {
  for (const [one, other] of [
    ["a > /x &", "b"],
    ["a", "! b"],
    ["a # why", "b"],
    ["(a)", "b"],
    ["exit 0", "b"],
    ['["a"]', "b"],
    ["a;", "b"],
    ["$COMMAND", "b"],
  ]) {
    const text = ["FROM debian:trixie-slim", `RUN ${one}`, `RUN ${other}`, ""].join("\n");
    const problems = problemsOf(rule)(Object.assign([text], { raw: [text] }));
    expect(problems.map((it) => it.fixes)).toEqual([[]]);
  }
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN a
    # hadolint ignore=DL3018
    RUN b
  `;
});

test("not an update apart from the installation, which is a mistake of its own", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update
    RUN apt-get install -y curl
    RUN curl -V
    ^^^ consecutive-runs
    RUN apt-get update
    ^^^ consecutive-runs
    RUN dpkg --configure -a
    ^^^ consecutive-runs
    RUN apt-get update
    RUN apt-get install -y wget
  `;
});
