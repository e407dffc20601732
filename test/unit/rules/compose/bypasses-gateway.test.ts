import { test } from "vitest";
import { bypassesGateway as rule } from "../../../../server/src/rules/compose/bypasses-gateway.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not what is on the host alone, or behind nothing", () => {
  reportsInCompose(rule)`
    services:
      gateway: {image: "traefik:v3", ports: ["80:80"], depends_on: [a, b], environment: {API_URL: "http://c:80"}}
      inner: {image: "nginx:1.29", depends_on: [d]}
      a: {image: a, ports: ["127.0.0.1:81:80"]}
      b: {image: b, expose: [80]}
      c: {image: c, ports: ["82:80"]}
                           ^^^^^^^^^ bypasses-gateway: c is behind gateway, and can be reached past it.
      d: {image: d, ports: ["83:80"]}
  `;
});

test("the ports go", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      web: {image: "caddy:2", ports: ["80:80"], depends_on: [a]}
      a:
        image: a
        ports:
          - 81:80
    ->
    services:
      web: {image: "caddy:2", ports: ["80:80"], depends_on: [a]}
      a:
        image: a
  `;
});

test("also of what its configuration passes requests to", () => {
  reportsInCompose(rule, { files: { Caddyfile: "example.com\nreverse_proxy api:80\n" } })`
    services:
      edge: {image: "caddy:2", ports: ["443:443"], volumes: ["./Caddyfile:/etc/caddy/Caddyfile"]}
      api: {image: a, ports: ["8080:80"]}
                             ^^^^^^^^^^^ bypasses-gateway
      other: {image: b, ports: ["8081:80"]}
  `;
});

test("only ports that the configuration passes requests to", () => {
  reportsInCompose(rule, {
    files: { Caddyfile: "a.example.com {\n  reverse_proxy git:3000\n  reverse_proxy web:80\n}\n" },
  })`
    services:
      edge: {image: "caddy:2", ports: ["443:443"], volumes: ["./Caddyfile:/etc/caddy/Caddyfile"], depends_on: [git, web, mail]}
      git: {image: gitea, ports: ["2222:22"]}
      web: {image: web, ports: ["9229:9229", "8080:80"]}
                               ^^^^^^^^^^^^^^^^^^^^^^^^ bypasses-gateway
      mail: {image: mail, ports: ["25:25"]}
  `;
});

test("not a database that is waited for, nor what a server of files alone depends on", () => {
  reportsInCompose(rule)`
    services:
      edge: {image: "nginx:1.29", ports: ["80:80"], depends_on: [db, cache, git]}
      git: {image: gitea, ports: ["2200:22"]}
      db: {image: "postgres:18", ports: ["5432:5432"]}
      cache: {image: "redis:8", ports: ["6379:6379"]}
      pages: {image: "nginx:1.29", ports: ["81:80"], depends_on: [api], volumes: ["./public:/usr/share/nginx/html:ro"]}
      api: {image: api, ports: ["3000:3000"]}
  `;
});
