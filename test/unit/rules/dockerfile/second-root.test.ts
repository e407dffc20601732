import { test } from "vitest";
import { secondRoot as rule } from "../../../../server/src/rules/dockerfile/second-root.ts";
import { reports } from "../../../support/check.ts";

test("in each spelling", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN useradd -ou 0 toor
                    ^ second-root
    RUN useradd --uid=0 -o -d /root admin
                ^^^^^^^ second-root: 0 is the id of root, so admin has all rights of root.
    RUN usermod -o -u 0 app
                      ^ second-root
  `;
});

test("not for root itself, other ids, nor where it would fail", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN useradd -o -u 1000 a && useradd -u 0 b && usermod -o -u 0 root && useradd -o -u "$ID" c
    RUN useradd -u 10 -o -g 0 d
  `;
});
