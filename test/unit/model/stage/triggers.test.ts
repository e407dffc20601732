import { test } from "vitest";
import { pathNeverProduced } from "../../../../server/src/rules/dockerfile/path-never-produced.ts";
import { userUnknownToImage } from "../../../../server/src/rules/dockerfile/user-unknown-to-image.ts";
import { reports } from "../../../support/check.ts";
import { answers } from "../../../support/stage-questions.ts";

test("what ONBUILD of the stage below can change is not known", () => {
  answers({
    "user? app": "?",
    "user? root": "yes",
    "path /out/api": "?",
    user: "?",
    workdir: "?",
    "variable A": "?",
    "variable B": "2",
    ports: "80/tcp",
    command: "?",
    entrypoint: "none",
  })`
    FROM alpine:3.24 AS base
    ENV A=1 B=2
    EXPOSE 80
    CMD ["old"]
    ONBUILD RUN adduser -D app
    ONBUILD USER app
    ONBUILD WORKDIR /app
    ONBUILD ENV A=3
    ONBUILD CMD ["new"]
    FROM base
  `;
});

test("nor the directory that ONBUILD WORKDIR makes; the rest stays", () => {
  answers({ "path /build/app": "?", "user? app": "no", "tool curl": "no", user: "root (root)" })`
    FROM alpine:3.24 AS base
    ONBUILD WORKDIR /build/app
    FROM base
  `;
});

test("not for the stage itself, and not for a stage two steps up", () => {
  answers({ "user? app": "no", workdir: "/" })`
    FROM alpine:3.24
    ONBUILD RUN adduser -D app
    ONBUILD WORKDIR /app
  `;
  answers({ "user? app": "?" })`
    FROM alpine:3.24 AS one
    ONBUILD RUN adduser -D app
    FROM one AS two
    FROM two
  `;
  answers({ "user? app": "no" })`
    FROM alpine:3.24 AS one
    FROM one AS two
    ONBUILD LABEL a=b
    FROM two
  `;
});

test("rules are silent about what a trigger may bring", () => {
  reports(userUnknownToImage)`
    FROM alpine:3.24 AS base
    ONBUILD RUN adduser -D app
    FROM base
    USER app
    FROM alpine:3.24 AS other
    ONBUILD EXPOSE 80
    FROM other
    USER app
         ^^^ user-unknown-to-image
  `;
  reports(pathNeverProduced)`
    FROM alpine:3.24 AS base
    ONBUILD COPY . /src
    FROM base AS build
    RUN mkdir /out
    FROM scratch
    COPY --from=build /src/api /api
    COPY --from=base /src/api /api
                     ^^^^^^^^ path-never-produced
  `;
});
