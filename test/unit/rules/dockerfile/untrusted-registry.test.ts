import { test } from "vitest";
import { untrustedRegistry as rule } from "../../../../server/src/rules/dockerfile/untrusted-registry.ts";
import { reports } from "../../../support/check.ts";

const trusting = (...trustedRegistries: string[]) => ({
  policy: { trustedRegistries, labels: {}, strictLabels: false },
});

test("what is not on the list", () => {
  reports(rule, trusting("docker.io"))`
    FROM random.com/debian
         ^^^^^^^^^^^^^^^^^ untrusted-registry: random.com is no registry that the project trusts.
    FROM localhost:5000/debian:13
         ^^^^^^^^^^^^^^^^^^^^^^^^ untrusted-registry
  `;
  reports(rule, trusting("*.random.com", "x.com"))`
    FROM y.com/debian:13
         ^^^^^^^^^^^^^^^ untrusted-registry
    FROM debian:13
         ^^^^^^^^^ untrusted-registry: docker.io is no registry that the project trusts.
    FROM random.com/debian:13
         ^^^^^^^^^^^^^^^^^^^^ untrusted-registry
    FROM foo.random.com.evil.com/debian:13
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ untrusted-registry
  `;
});

test("not what is, stages, scratch, contexts and variables without a value", () => {
  reports(rule, trusting("x.com", "random.com", "*.example.com"))`
    ARG BASE
    FROM random.com/foo:1 AS builder
    FROM builder AS other
    FROM scratch
    FROM deep.down.example.com/a:1
    FROM $BASE
  `;
  reports(rule, { ...trusting("x.com"), contexts: ["shared"] })`
    FROM shared
  `;
});

test("each way to write Docker Hub, any registry, and no policy", () => {
  for (const inputs of [trusting("docker.io"), trusting("hub.docker.com"), trusting("*"), trusting(), {}]) {
    reports(rule, inputs)`
      FROM ubuntu:24.04 AS one
      FROM team/ubuntu:24.04 AS two
      FROM docker.io/team/ubuntu:24.04 AS three
    `;
  }
});

test("what COPY and a mount take files from", () => {
  reports(rule, trusting("x.com"))`
    FROM x.com/base:1 AS builder
    FROM scratch
    COPY --from=y.com/team/tools:2 /bin/tool /bin/
                ^^^^^^^^^^^^^^^^^^ untrusted-registry: y.com is no registry that the project trusts.
    COPY --from=busybox /bin/busybox /bin/
                ^^^^^^^ untrusted-registry: docker.io is no registry that the project trusts.
    RUN --mount=type=bind,from=tools:2,target=/tools ["/tools/run"]
                               ^^^^^^^ untrusted-registry
    ONBUILD COPY --from=y.com/a:1 /a /a
                        ^^^^^^^^^ untrusted-registry
    COPY --from=builder /a /a
    COPY --from=0 /b /b
    COPY --from=x.com/team/tools:2 /c /c
    COPY --from=assets /d /d
    COPY --from=$IMAGE /e /e
    RUN --mount=type=cache,target=/f ["/f"]
  `;
});
