import { test } from "vitest";
import { setTwiceDifferently as rule } from "../../../../server/src/rules/compose/set-twice-differently.ts";
import { source } from "../../../../server/src/text/source.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("numbers and sizes", () => {
  reportsInCompose(rule)`
    services:
      api:
        image: x
        cpus: 1
        mem_limit: 512m
        deploy:
          resources:
            limits:
              cpus: "2"
                    ^^^ set-twice-differently: \`cpus\` sets this to 1.
              memory: 1g
                      ^^ set-twice-differently: \`mem_limit\` sets this to 512m.
  `;
});

test("beside limits that set other things alone", () => {
  reportsInCompose(rule)`
    services:
      api:
        image: x
        mem_limit: 512m
                   ^^^^ set-twice-differently: \`deploy.resources.limits\` has no \`memory\`, which Compose takes for zero: one limit has two values.
        mem_reservation: 256m
        pids_limit: 0
        deploy:
          resources:
            limits:
              cpus: "1"
  `;
  fixesInCompose(rule, "safe")`
    services:
      api:
        image: x
        cpus: 0.5
        deploy:
          resources:
            limits:
              memory: 1g
    ->
    services:
      api:
        image: x
        cpus: 0.5
        deploy:
          resources:
            limits:
              memory: 1g
              cpus: 0.5
  `;
});

test("silent where another file or the service that is extended may set it", () => {
  const text = source`
    services:
      base:
        image: x
        deploy: {resources: {limits: {memory: 1g}}}
      api:
        extends: base
        mem_limit: 1g
        deploy: {resources: {limits: {cpus: "1"}}}
  `;
  expectComposeProblems(rule, text);
  reportsInCompose(rule, { alone: false })`
    services:
      api: {image: x, mem_limit: 1g, deploy: {resources: {limits: {cpus: "1"}}}}
  `;
});

test("silent where they are the same in another way, or not known", () => {
  reportsInCompose(rule)`
    services:
      api:
        image: x
        scale: 2
        cpus: 1
        mem_limit: 1g
        mem_reservation: \${MEMORY}
        deploy:
          replicas: "2"
          resources:
            limits: {cpus: "1.0", memory: 1024m}
            reservations: {memory: 1g}
  `;
});
