import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { directoryAlreadyThere as rule } from "../../../../server/src/rules/dockerfile/directory-already-there.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";
import { modelOf } from "../../../support/model.ts";

test("made by WORKDIR, COPY, a command, or the base image", () => {
  reports(rule)`
    FROM debian:trixie-slim
    WORKDIR /app
    RUN mkdir /app
              ^^^^ directory-already-there: /app is there already, and mkdir fails for that.
    COPY a.conf /etc/app/
    RUN mkdir -v /etc/app/
                 ^^^^^^^^^ directory-already-there
    RUN mkdir logs && mkdir logs
                            ^^^^ directory-already-there: /app/logs is there already, and mkdir fails for that.
    RUN mkdir /tmp; echo done
              ^^^^ directory-already-there
  `;
});

test("not with -p, of what may not be there, or where failing was thought of", () => {
  for (const command of [
    "mkdir -p /app",
    "mkdir --parents /app",
    "mkdir new",
    "mkdir $DIR",
    "mkdir /app || true",
    "[ -d /app ] || mkdir /app",
    "if [ ! -d /app ]; then mkdir /app; fi",
    "rm -rf /app/x && mkdir x",
    "touch old && rm old && mkdir old",
    "cd /srv && mkdir app",
  ])
    expect(check(`FROM debian:trixie-slim\nWORKDIR /app\nRUN ${command}\n`), command).toEqual([]);
  expect(check("FROM example/base\nRUN mkdir /data\n")).toEqual([]);
});

test("adds -p", () => {
  fixes(rule, "safe", "Add -p")`
    FROM alpine:3.24
    WORKDIR /app
    RUN mkdir /app && touch x
    ->
    FROM alpine:3.24
    WORKDIR /app
    RUN mkdir -p /app && touch x
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    WORKDIR /app
    RUN mkdir -m 700 /app
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    COPY <<E /app
    E
    RUN mkdir /app
  `;
});

function check(text: string) {
  return checkDockerfile(modelOf(text), { rules: [rule] });
}
