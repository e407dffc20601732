import { test } from "vitest";
import { privilegedService as rule } from "../../../../server/src/rules/compose/privileged-service.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("in any spelling, once for what services share, and not where a variable decides", () => {
  reportsInCompose(rule)`
    x-all: &all
      privileged: True
                  ^^^^ privileged-service: Whoever gets into a has all rights of the host.
    services:
      a: {image: a, <<: *all}
      b: {image: b, <<: *all}
      c:
        image: c
        privileged: "true"
                    ^^^^^^ privileged-service
      d: {image: d, privileged: false}
      e: {image: e, privileged: "\${PRIVILEGED}"}
      f: {image: f, privileged: !reset null}
      g: {image: g, privileged:}
  `;
});

test("not for an engine in a container", () => {
  reportsInCompose(rule)`
    services:
      a: {image: "docker:27-dind", privileged: true}
      b: {image: "docker:dind", privileged: true}
      c: {image: "moby/buildkit:v0.16.0", privileged: true}
      d: {image: "docker:27-dind-rootless", privileged: true}
                                                        ^^^^ privileged-service
      e: {image: "docker:27-cli", privileged: true}
                                              ^^^^ privileged-service
  `;
});
