import { test } from "vitest";
import { cloneWithHistory as rule } from "../../../../server/src/rules/dockerfile/clone-with-history.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";

test("a clone that stays, whole", () => {
  reports(rule)`
    FROM debian:trixie
    WORKDIR /srv
    RUN git clone https://github.com/example/site.git
        ^^^^^^^^^ clone-with-history: All of the history of this repository stays in the image, in /srv/site/.git.
    RUN git clone -b v2 --recursive git@github.com:example/two.git two && pip install -r two/requirements.txt
        ^^^^^^^^^ clone-with-history: All of the history of this repository stays in the image, in /srv/two/.git.
  `;
});

test("not a shallow one, a removed one, one that something asks, or one in another stage", () => {
  reports(rule)`
    FROM debian:trixie AS builder
    RUN git clone https://github.com/example/tool
    FROM debian:trixie
    RUN git clone --depth 1 https://github.com/example/a && git clone --filter=blob:none https://github.com/example/b
    RUN --mount=type=cache,target=/src git clone https://github.com/example/a /src/a
    RUN git clone $ADDRESS /opt/x && git clone /local/repository /opt/y
  `;
  for (const behind of [
    "cd /opt/a && git checkout 1a2b3c4",
    "rm -rf /opt/a/.git",
    "make -C /opt/a install",
    "pip install /opt/a",
    "rm -rf /opt/*",
  ])
    expectProblems(
      rule,
      `FROM debian:trixie\nRUN git clone https://github.com/example/a /opt/a\nRUN ${behind}\n`,
    );
  reports(rule)`
    FROM debian:trixie AS dev
    RUN git clone https://github.com/example/a /opt/a
  `;
});

test("fetches the last commit alone", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie
    RUN git clone --branch v2.1 https://github.com/example/tool /opt/tool
    ->
    FROM debian:trixie
    RUN git clone --depth 1 --branch v2.1 https://github.com/example/tool /opt/tool
  `;
});
