import { test } from "vitest";
import { nginxBlockMisplaced as rule } from "../../../../server/src/rules/dockerfile/nginx-block-misplaced.ts";
import { expectProblems, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const whole = "user nginx;\nevents { worker_connections 1024; }\nhttp { server { listen 80; } }\n";
const site = "upstream api { server api:80; }\nserver { listen 80; location / { proxy_pass http://api; } }\n";
const around = (files: Readonly<Record<string, string>>) => ({ context: contextOf(files) });

test("a whole configuration among the sites, and a site in its place", () => {
  reports(rule, around({ "nginx/app.conf": "http { }\n" }))`
    FROM nginx:1.29
    COPY nginx/app.conf /etc/nginx/conf.d/
         ^^^^^^^^^^^^^^ nginx-block-misplaced: nginx takes the files of this folder into http, where no http may stand.
  `;
  reports(rule, around({ "nginx.conf": site }))`
    FROM nginx:alpine AS base
    COPY nginx.conf /etc/nginx/
         ^^^^^^^^^^ nginx-block-misplaced: nginx.conf needs events and http, and this begins with upstream.
    FROM base
    EXPOSE 80
  `;
});

test.each([
  ["at its place", { "nginx.conf": whole }, "COPY nginx.conf /etc/nginx/nginx.conf"],
  ["a site among the sites", { "nginx.conf": site }, "COPY nginx.conf /etc/nginx/conf.d/default.conf"],
  [
    "another whole one beside",
    { "a.conf": "events { }\n", "nginx.conf": whole },
    "COPY a.conf /etc/nginx/conf.d/a.conf\nCOPY nginx.conf /etc/nginx/nginx.conf",
  ],
  [
    "includes",
    { "nginx.conf": "include /etc/nginx/events.conf;\nserver { }\n" },
    "COPY nginx.conf /etc/nginx/nginx.conf",
  ],
  [
    "a template",
    { "nginx.conf": "{{ events }}\nhttp { }\n" },
    "COPY nginx.conf /etc/nginx/conf.d/default.conf",
  ],
  ["nothing but comments", { "nginx.conf": "# events { }\n" }, "COPY nginx.conf /etc/nginx/nginx.conf"],
  [
    "changed",
    { "nginx.conf": whole },
    "COPY nginx.conf /etc/nginx/conf.d/default.conf\nRUN mv /etc/nginx/conf.d/default.conf /etc/nginx/nginx.conf",
  ],
  [
    "another start",
    { "nginx.conf": whole },
    'COPY nginx.conf /etc/nginx/conf.d/default.conf\nCMD ["nginx", "-c", "/etc/nginx/conf.d/default.conf"]',
  ],
])("silent: %s", (_, files, lines) => {
  expectProblems(rule, `FROM nginx:1.29-alpine\n${lines}\n`, around(files as Record<string, string>));
});
