import { test } from "vitest";
import { browserVariableLate as rule } from "../../../../server/src/rules/dockerfile/browser-variable-late.ts";
import { expectProblems, reports } from "../../../support/check.ts";

test("in several forms, with a configuration of nginx", () => {
  reports(rule)`
    FROM node:24 AS build
    ENV REACT_APP_API=/api
    RUN npm run build
    FROM nginx:alpine
    COPY nginx.conf /etc/nginx/conf.d/default.conf
    COPY --from=build /app/build /usr/share/nginx/html
    ENV REACT_APP_API=/api PORT=80 REACT_APP_KEY=1
        ^^^^^^^^^^^^^ browser-variable-late: REACT_APP_API is read when the project is built, and this stage only serves the result.
                                   ^^^^^^^^^^^^^ browser-variable-late
    CMD ["nginx", "-g", "daemon off;"]
  `;
});

test.each([
  ["a script", "FROM nginx:alpine\nCOPY env.sh /docker-entrypoint.d/\nENV VITE_A=1"],
  ["a template", "FROM nginx:alpine\nCOPY default.conf.template /etc/nginx/templates/\nENV VITE_A=1"],
  ["a start of its own", 'FROM nginx:alpine\nENV VITE_A=1\nENTRYPOINT ["/start"]'],
  ["a program", "FROM node:24\nENV VITE_A=1\nCMD npm start"],
  ["Caddy's configuration", "FROM caddy:2\nCOPY Caddyfile /etc/caddy/\nENV VITE_A=1"],
  ["an image that is not known", "FROM example.com/nginx\nENV VITE_A=1"],
  ["another name", "FROM nginx:alpine\nENV NGINX_PORT=80"],
  ["not the last stage", "FROM nginx:alpine AS web\nENV VITE_A=1\nFROM alpine:3.24"],
])("silent: %s", (_, text) => {
  expectProblems(rule, `${text}\n`);
});
