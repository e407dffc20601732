import { test } from "vitest";
import { healthcheckHostPort as rule } from "../../../../server/src/rules/compose/healthcheck-host-port.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not where the container may listen there", () => {
  reportsInCompose(rule)`
    services:
      same:
        image: nginx:1.30
        ports: ["8080:8080"]
        healthcheck: {test: "curl localhost:8080"}
      both:
        image: nginx:1.30
        ports: ["8080:80", "9090:8080"]
        healthcheck: {test: "curl localhost:8080"}
      configured:
        image: nginx:1.30
        ports: ["8080:80"]
        volumes: ["./conf:/etc/nginx/conf.d"]
        healthcheck: {test: "curl localhost:8080"}
      unknown:
        image: example/app:1
        ports: ["8080:80"]
        healthcheck: {test: "curl localhost:8080"}
      told:
        image: httpd:2.4
        environment: {MANAGEMENT: "8080"}
        ports: ["8080:80"]
        healthcheck: {test: "curl localhost:8080"}
      other:
        image: nginx:1.30
        ports: ["8080:80"]
        healthcheck: {test: "curl http://api:8080"}
      off:
        image: nginx:1.30
        ports: ["8080:80"]
        healthcheck: {disable: true, test: "curl localhost:8080"}
  `;
});

test("asks the port of the container", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      web:
        image: nginx:1.30
        ports: ["8080:80"]
        healthcheck:
          test: ["CMD", "curl", "-f", "http://127.0.0.1:8080/ready"]
    ->
    services:
      web:
        image: nginx:1.30
        ports: ["8080:80"]
        healthcheck:
          test: ["CMD", "curl", "-f", "http://127.0.0.1:80/ready"]
  `;
});
