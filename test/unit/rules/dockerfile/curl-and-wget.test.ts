import { test } from "vitest";
import { curlAndWget as rule } from "../../../../server/src/rules/dockerfile/curl-and-wget.ts";
import { reports } from "../../../support/check.ts";

test("each RUN that uses the other one", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN wget https://example.com/a
    RUN curl https://example.com/b && curl https://example.com/c
        ^^^^ curl-and-wget: This stage downloads with wget already.
    RUN echo hello
    RUN wget https://example.com/d
        ^^^^ curl-and-wget: This stage downloads with curl already.
    FROM debian:trixie-slim
    RUN wget https://example.com/a && /usr/bin/curl https://example.com/b
                                      ^^^^^^^^^^^^^ curl-and-wget
  `;
});

test("not in another stage, in a trigger, or in the place of the other", () => {
  reports(rule)`
    FROM debian:trixie-slim AS one
    RUN curl https://example.com/a
    FROM debian:trixie-slim AS two
    RUN wget https://example.com/a
    ONBUILD RUN curl https://example.com/a
    FROM debian:trixie-slim
    RUN curl -fsSLO https://example.com/a || wget https://example.com/a
    RUN apt-get update && apt-get install -y curl wget
    RUN wget --version
  `;
});
