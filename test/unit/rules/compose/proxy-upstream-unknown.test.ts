import { expect, test } from "vitest";
import { checkCompose } from "../../../../server/src/rules/check.ts";
import { proxyUpstreamUnknown as rule } from "../../../../server/src/rules/compose/proxy-upstream-unknown.ts";
import {
  composeOf,
  expectComposeProblems,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

const around = {
  files: { "nginx.conf": "server {\n  location / {\n    proxy_pass http://coments:8181;\n  }\n}\n" },
};

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad, around);
  expectComposeProblems(rule, rule.docs.good, around);
});

test("not names that may be known, nor other files and servers", () => {
  const conf = [
    "upstream app { server web:8080; }",
    "upstream pool {",
    "  server web:8080;",
    "}",
    "# proxy_pass http://gone:80;",
    "proxy_pass http://pool:80;",
    "proxy_pass http://pool;",
    "proxy_pass http://api.example.com:443;",
    "proxy_pass http://$backend:80;",
    "proxy_pass http://127.0.0.1:80;",
    "server_name web;",
    "fastcgi_pass php:9000;",
  ].join("\n");
  reportsInCompose(rule, { files: { "a.conf": conf, "nginx.conf": around.files["nginx.conf"] } })`
    services:
      a: {image: "nginx:1.29", volumes: ["./a.conf:/etc/nginx/nginx.conf"]}
      b: {image: "nginx:1.29", volumes: ["./nginx.conf:/etc/nginx/snippets/x.conf"]}
      c: {image: "caddy:2", volumes: ["./nginx.conf:/etc/nginx/nginx.conf"]}
      d: {image: "nginx:1.29", network_mode: host, volumes: ["./nginx.conf:/etc/nginx/nginx.conf"]}
      e: {image: "nginx:1.29", volumes: ["./missing.conf:/etc/nginx/nginx.conf"]}
      web: {image: web}
      fpm: {image: php, networks: {default: {aliases: [php]}}}
  `;
  expectComposeProblems(rule, rule.docs.bad.replace(/\n.*\^.*/, ""), { ...around, alone: false });
});

test("a host without a port, where the file is all that nginx reads", () => {
  const files = { "a.conf": "server { location / { proxy_pass http://elsewhere; } }\n" };
  reportsInCompose(rule, { files })`
    services:
      a: {image: "nginx:1.29", volumes: ["./a.conf:/etc/nginx/nginx.conf"]}
                                          ^^^^^^^^ proxy-upstream-unknown: Line 1 of ./a.conf passes requests to elsewhere, and nothing in this project has that name.
      b: {image: "nginx:1.29", volumes: ["./a.conf:/etc/nginx/nginx.conf", "./more:/etc/nginx/more"]}
  `;
});

test("a group of servers may stand in another file of the same folder", () => {
  const files = {
    "edge/a.conf": "server { location / { proxy_pass http://pool; } }\n",
    "edge/b.conf": "upstream pool { server wbe:80; }\n",
  };
  reportsInCompose(rule, { files })`
    services:
      a: {image: "nginx:1.29", volumes: ["./edge:/etc/nginx/conf.d:ro"]}
                                          ^^^^^^ proxy-upstream-unknown: Line 1 of ./edge/b.conf passes requests to wbe, and nothing in this project has that name; did you mean web?
      web: {image: web}
  `;
});

const dockerfiles = {
  "api/Dockerfile": 'FROM scratch\nEXPOSE 8181\nCMD ["/api"]\n',
  "silent/Dockerfile": 'FROM scratch\nCMD ["/api"]\n',
};

test.each([
  [
    "nginx",
    "/etc/nginx/conf.d/default.conf",
    "location / { proxy_pass http://api:8080; proxy_pass http://api:8181; }",
  ],
  ["caddy", "/etc/caddy/Caddyfile", "example.com {\n  reverse_proxy api:8080\n}\n"],
  ["haproxy", "/usr/local/etc/haproxy/haproxy.cfg", "backend b\n  server a api:8080\n"],
  ["traefik", "/etc/traefik/dynamic/a.yml", 'servers:\n  - url: "http://api:8080"\n'],
])("a port that the service does not expose: %s", (image, target, text) => {
  const compose = `services:
  gateway: {image: "${image}:1", volumes: ["./conf:${target}"]}
  api: {build: api}
`;
  const project = composeOf(compose, { dockerfiles, files: { conf: text } }, "open");
  const found = checkCompose(project, { rules: [rule] });
  expect(found.map((it) => it.message)).toEqual([
    `Line ${image === "nginx" ? 1 : 2} of ./conf passes requests to api:8080, and api exposes 8181.`,
  ]);
  expect(found[0]?.fixes.map((it) => it.title)).toEqual(["Replace 8080 with 8181 in ./conf"]);
});

test("not a port that the service may listen on all the same", () => {
  const files = { conf: "location / { proxy_pass http://api:8080; }", "api.env": "" };
  reportsInCompose(rule, { dockerfiles, files })`
    services:
      gateway: {image: "nginx:1.29", volumes: ["./conf:/etc/nginx/conf.d/a.conf"]}
      api: {build: api, environment: [PORT=8080]}
  `;
  reportsInCompose(rule, { dockerfiles, files })`
    services:
      gateway: {image: "nginx:1.29", volumes: ["./conf:/etc/nginx/conf.d/a.conf"]}
      api: {build: silent}
  `;
  reportsInCompose(rule, { dockerfiles, files })`
    services:
      gateway: {image: "nginx:1.29", volumes: ["./conf:/etc/nginx/conf.d/a.conf"]}
      api: {build: api, command: [--port, "8080"]}
  `;
  expect(offeredInCompose(rule, { dockerfiles, files })`
    services:
      gateway: {image: "nginx:1.29", volumes: ["./conf:/etc/nginx/conf.d/a.conf"]}
      api: {build: api, env_file: missing.env}
  `).toEqual([]);
});

test("not a group of servers that an included file or an image of one's own may name", () => {
  const conf = "server { location / { proxy_pass http://pool; } }\n";
  const files = {
    "edge/nginx.conf": "include /etc/nginx/mime.types;\ninclude conf.d/*.conf;\ninclude shared/pools;\n",
    "edge/conf.d/a.conf": conf,
    "a.conf": conf,
  };
  reportsInCompose(rule, { files })`
    services:
      a: {image: "nginx:1.29", volumes: ["./edge:/etc/nginx:ro"]}
      b: {image: "registry.example.com/team/nginx:4", volumes: ["./a.conf:/etc/nginx/conf.d/a.conf"]}
      c: {image: "nginxinc/nginx-unprivileged:1.29", volumes: ["./a.conf:/etc/nginx/conf.d/a.conf"]}
                                                                ^^^^^^^^ proxy-upstream-unknown
  `;
});

test("on a network with a name of its own only what is near", () => {
  const files = {
    "a.conf": "server { location / { proxy_pass http://elsewhere:80; proxy_pass http://wbe:80; } }\n",
  };
  reportsInCompose(rule, { files })`
    services:
      a: {image: "nginx:1.29", volumes: ["./a.conf:/etc/nginx/conf.d/a.conf"]}
                                          ^^^^^^^^ proxy-upstream-unknown: Line 1 of ./a.conf passes requests to wbe, and nothing in this project has that name; did you mean web?
      web: {image: web}
    networks: {default: {name: shared}}
  `;
});

test("a configuration that is given as a config", () => {
  const files = { "ng.conf": "server { location / { proxy_pass http://coments:8181; } }\n" };
  reportsInCompose(rule, { files })`
    services:
      gateway:
        image: nginx:1.30
        configs:
          - source: site
                    ^^^^ proxy-upstream-unknown: Line 1 of ./ng.conf passes requests to coments, and nothing in this project has that name; did you mean comments?
            target: /etc/nginx/conf.d/default.conf
      comments: {image: a}
    configs:
      site: {file: ./ng.conf}
  `;
});

test("what Prometheus is to scrape, and is no proxy", () => {
  const text =
    "scrape_configs:\n  - job_name: node\n    static_configs:\n      - targets: ['node_exporter:9100', 'grafana:3001', 'other:9091']\n";
  reportsInCompose(rule, { files: { "prometheus.yml": text } })`
    services:
      prometheus:
        image: prom/prometheus:v3.5.0
        volumes:
          - ./prometheus.yml:/etc/prometheus/prometheus.yml
            ^^^^^^^^^^^^^^^^ proxy-upstream-unknown: Line 4 of ./prometheus.yml scrapes node_exporter, and nothing in this project has that name; did you mean node-exporter?
            ^^^^^^^^^^^^^^^^ proxy-upstream-unknown: Line 4 of ./prometheus.yml scrapes other:9091, and other listens on 9100.
      node-exporter:
        image: prom/node-exporter:v1.9.1
      grafana:
        image: grafana/grafana:12.3
      other:
        image: python:3.14
        command: python -m http.server 9100
  `;
});

test("a configuration that stands in the Compose file", () => {
  reportsInCompose(rule)`
    services:
      gateway:
        image: caddy:2
        configs: [{source: site, target: /etc/caddy/Caddyfile}]
                           ^^^^ proxy-upstream-unknown: Line 2 of the config site passes requests to nextclod, and nothing in this project has that name; did you mean nextcloud?
      nextcloud:
        image: nextcloud:31-fpm
    configs:
      site:
        content: |
          :80 {
            php_fastcgi nextclod:9000
          }
  `;
});
