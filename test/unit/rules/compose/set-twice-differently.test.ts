import { test } from "vitest";
import { setTwiceDifferently as rule } from "../../../../server/src/rules/compose/set-twice-differently.ts";
import { reportsInCompose } from "../../../support/compose.ts";

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
