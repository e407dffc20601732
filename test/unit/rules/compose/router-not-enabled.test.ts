import { test } from "vitest";
import { routerNotEnabled as rule } from "../../../../server/src/rules/compose/router-not-enabled.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not where it is enabled, switched off, or the default is another", () => {
  reportsInCompose(rule)`
    services:
      proxy: {image: "traefik:v3.6", command: ["--providers.docker", "--providers.docker.exposedbydefault=false"]}
      a: {image: a, labels: {traefik.enable: true, traefik.http.routers.a.rule: x}}
      b: {image: b, labels: ["traefik.enable=false", "traefik.http.routers.b.rule=x"]}
      c: {image: c, labels: {traefik.http.services.c.loadbalancer.server.port: 80}}
      d: {image: d, labels: ["traefik.enable=\${ON}", "traefik.http.routers.d.rule=x"]}
  `;
  reportsInCompose(rule)`
    services:
      proxy: {image: "traefik:v3.6", command: ["--providers.docker"]}
      a: {image: a, labels: {traefik.http.routers.a.rule: x}}
  `;
});

test("the label is added in each form", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      proxy: {image: "traefik:v3.6", environment: {TRAEFIK_PROVIDERS_DOCKER_EXPOSEDBYDEFAULT: "false"}}
      a:
        image: a
        labels:
          traefik.http.routers.a.rule: x
    ->
    services:
      proxy: {image: "traefik:v3.6", environment: {TRAEFIK_PROVIDERS_DOCKER_EXPOSEDBYDEFAULT: "false"}}
      a:
        image: a
        labels:
          traefik.http.routers.a.rule: x
          traefik.enable: "true"
  `;
});
