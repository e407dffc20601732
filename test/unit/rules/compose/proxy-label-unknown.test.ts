import { expect, test } from "vitest";
import { proxyLabelUnknown as rule } from "../../../../server/src/rules/compose/proxy-label-unknown.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  foundInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("services, middlewares of chains and entry points, in lists and of each protocol", () => {
  reportsInCompose(rule)`
    services:
      proxy:
        image: traefik:3
        command: ["--entryPoints.web.address=:80", "--entrypoints.websecure.address=:443", "--ping"]
        volumes: [/var/run/docker.sock:/var/run/docker.sock:ro, acme:/acme]
      api:
        image: api
        labels:
          - traefik.enable=true
          - traefik.http.routers.api.entryPoints=web, websecrue
                                                      ^^^^^^^^^ proxy-label-unknown: No argument of Traefik declares the entry point websecrue; did you mean websecure?
          - traefik.http.routers.api.service=backned
                                             ^^^^^^^ proxy-label-unknown: No label declares the service backned; did you mean backend?
          - traefik.http.services.Backend.loadbalancer.server.port=8080
          - traefik.http.middlewares.all.chain.middlewares=auth@docker,strip
                                                                       ^^^^^ proxy-label-unknown: No label declares the middleware strip; a container of another project may.
      db:
        image: db
        labels:
          traefik.tcp.routers.db.service: backend
                                          ^^^^^^^ proxy-label-unknown: No label declares the service backend; a container of another project may.
          traefik.http.middlewares.auth.basicauth.users: x
          traefik.tcp.routers.db.entrypoints: traefik
          traefik.http.middlewares.down.errors.service: bakend
                                                        ^^^^^^ proxy-label-unknown: No label declares the service bakend; did you mean backend?
    volumes: {acme: }
  `;
});

test("a slip and an entry point are certain, what another project may declare is a hint", () => {
  const text = `services:
  proxy: {image: "traefik:3", command: --entrypoints.web.address=:80}
  api:
    image: a
    labels:
      traefik.http.routers.a.entrypoints: other
      traefik.http.routers.a.middlewares: lgoin,authelia@docker
      traefik.http.middlewares.login.compress: "true"
`;
  const severities = foundInCompose(rule, text, {}).map((it) => [
    text.slice(it.span.start, it.span.end),
    it.severity,
  ]);
  expect(severities).toEqual([
    ["other", "warning"],
    ["lgoin", "warning"],
    ["authelia", "hint"],
  ]);
});

test("not what comes from elsewhere, what Traefik makes and what may be declared by a variable", () => {
  reportsInCompose(rule)`
    services:
      proxy: {image: "traefik:v3.6", command: --entrypoints.web.address=:80}
      my_api:
        image: api
        labels:
          - traefik.http.routers.a.service=api@internal
          - traefik.http.routers.a.middlewares=auth@file,"\${MORE}"
          - traefik.http.routers.b.service=my-api-shop
          - traefik.http.routers.c.service=C
          - traefik.http.services.c.loadbalancer.server.port=80
          - other.http.routers.c.service=x
  `;
  reportsInCompose(rule)`
    services:
      proxy: {image: "traefik:v3.6"}
      api:
        image: api
        labels: ["traefik.http.routers.a.middlewares=x", "traefik.http.middlewares.\${NAME}.headers.x=y"]
  `;
});

test("not without Traefik in the project, nor of its version 1", () => {
  for (const image of ["nginx", "traefik:1.7", "traefik:v1.7-alpine"])
    expectComposeProblems(
      rule,
      `services:\n  proxy: {image: "${image}"}\n  api: {image: a, labels: {traefik.http.routers.a.middlewares: x}}\n`,
    );
});

test("not entry points that a file, another image or the environment may give", () => {
  for (const proxy of [
    "image: traefik:3",
    "image: traefik:3, command: --ping",
    "image: traefik:3, command: --entrypoints.web.address=:80, volumes: ['./traefik.yml:/etc/traefik/traefik.yml']",
    "image: traefik:3, command: --entrypoints.web.address=:80, volumes: ['./traefik:/etc/traefik']",
    "image: traefik:3, command: --entrypoints.web.address=:80 --configFile=/x.yml",
    "image: traefik:3, command: --entrypoints.web.address=:80, environment: [TRAEFIK_ENTRYPOINTS_Y_ADDRESS=x]",
    "image: traefik:3, command: --entrypoints.web.address=:80 $MORE",
    "build: ., image: traefik:3, command: --entrypoints.web.address=:80",
  ])
    expectComposeProblems(
      rule,
      `services:\n  proxy: {${proxy}}\n  api: {image: a, labels: {traefik.http.routers.a.entrypoints: y}}\n`,
    );
});

test("what is near is offered", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      proxy: {image: "traefik:3"}
      api: {image: a, labels: ["traefik.http.routers.a.middlewares=lgoin@docker", "traefik.http.middlewares.login.compress=true"]}
    ->
    services:
      proxy: {image: "traefik:3"}
      api: {image: a, labels: ["traefik.http.routers.a.middlewares=login@docker", "traefik.http.middlewares.login.compress=true"]}
  `;
});

test("a network that the engine knows by another name, unless a file undoes that it is external", () => {
  reportsInCompose(rule)`
    services:
      proxy: {image: "traefik:v3.6", networks: [web, back], command: --providers.docker}
      api:
        image: example/api
        networks: [web, back]
        labels:
          traefik.docker.network: web
                                  ^^^ proxy-label-unknown: The engine knows the network web as PROJECT_web, with the name of the project; Traefik takes any network of api instead.
    networks: {web: {}, back: {}}
  `;
  reportsInCompose(rule)`
    services:
      proxy: {image: "traefik:v3.6", networks: [a, b, c], command: --providers.docker}
      api: {image: example/api, networks: [a, b], labels: {traefik.docker.network: a}}
      web: {image: example/web, networks: [a, b], labels: {traefik.docker.network: b}}
      jobs: {image: example/jobs, networks: [b, c], labels: {traefik.docker.network: called}}
    networks: {a: {external: true}, b: {external: false}, c: {name: called}}
  `;
});

test("resolvers of certificates, which arguments declare", () => {
  reportsInCompose(rule)`
    services:
      proxy:
        image: traefik:v3.6
        command:
          - --providers.docker
          - --entrypoints.web.address=:80
          - --certificatesResolvers.le.acme.storage=/acme.json
      api:
        image: example/api:1.4
        labels:
          - traefik.http.routers.a.tls.certresolver=le
          - traefik.http.routers.b.tls.certresolver=letsencrypt
                                                    ^^^^^^^^^^^ proxy-label-unknown: No argument of Traefik declares the certificate resolver letsencrypt.
          - traefik.http.routers.c.tls.certresolver=\${RESOLVER}
  `;
  reportsInCompose(rule)`
    services:
      proxy: {image: "traefik:v3.6", volumes: ["./traefik.yml:/etc/traefik/traefik.yml"]}
      api: {image: "example/api:1.4", labels: [traefik.http.routers.b.tls.certresolver=letsencrypt]}
  `;
  // Production has another Traefik.
  reportsInCompose(rule)`
    services:
      proxy: {image: "traefik:v3.6", command: --providers.docker --entrypoints.web.address=:80}
      api: {image: "example/api:1.4", labels: [traefik.http.routers.b.tls.certresolver=le]}
  `;
});
