import { test } from "vitest";
import { bracketsForBraces as rule } from "../../../../server/src/rules/dockerfile/brackets-for-braces.ts";
import { fixes, reports } from "../../../support/check.ts";

test("a part of a path, and an ending", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && rm -rf /var/lib/apt/lists/* /var/[log,tmp]/*
                                                      ^^^^^^^^^^^^^^^^ brackets-for-braces: [log,tmp] stands for one character, and for none of these names.
    RUN mkdir -p $HOME/[data,logs]
                 ^^^^^^^^^^^^^^^^^ brackets-for-braces
    RUN cp *.[pyc,pyo] /srv/
           ^^^^^^^^^^^ brackets-for-braces
  `;
});

test("not characters, ranges, what is quoted and what others read", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN rm -rf /srv/[a,b,c]/* /srv/[a-z,A-Z]/x /srv/[abc] /srv/[!log,tmp] /srv/[ab,cd]* /srv/x[ab,cd]
    RUN rm -rf "/var/[log,tmp]/" /var/\[log,tmp\]/a /var/{log,tmp}/*
    RUN cp lib.so.[01,23] /srv/
    RUN find / -name *.[pyc,pyo] -delete
    RUN echo [log,tmp]
  `;
});

test("writes a path for each name", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN rm -rf /tmp/a /var/[log,tmp]/* && true
    ->
    FROM debian:trixie-slim
    RUN rm -rf /tmp/a /var/log/* /var/tmp/* && true
  `;
});
