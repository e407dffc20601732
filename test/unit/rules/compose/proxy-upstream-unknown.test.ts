import { test } from "vitest";
import { proxyUpstreamUnknown as rule } from "../../../../server/src/rules/compose/proxy-upstream-unknown.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

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
