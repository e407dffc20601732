import { test } from "vitest";
import { nginxDirectiveSplit as rule } from "../../../../server/src/rules/dockerfile/nginx-directive-split.ts";
import { fixes, reports } from "../../../support/check.ts";

test("in both forms", () => {
  fixes(rule, "unsafe")`
    FROM nginx:1.29
    CMD nginx -g daemon off;
    ->
    FROM nginx:1.29
    CMD nginx -g 'daemon off;';
  `;
  fixes(rule, "unsafe")`
    FROM debian:trixie
    RUN apt-get update && apt-get install -y nginx
    ENTRYPOINT ["/usr/sbin/nginx", "-c", "/etc/nginx/nginx.conf", "-g", "daemon", "off;"]
    ->
    FROM debian:trixie
    RUN apt-get update && apt-get install -y nginx
    ENTRYPOINT ["/usr/sbin/nginx", "-c", "/etc/nginx/nginx.conf", "-g", "daemon off;"]
  `;
});

test("not one word, nor the words of another program", () => {
  reports(rule)`
    FROM nginx:1.29
    CMD ["nginx", "-g", "daemon off;"]
  `;
  reports(rule)`
    FROM nginx:1.29
    CMD nginx -g "daemon off;"
  `;
  reports(rule)`
    FROM nginx:1.29
    CMD ["nginx", "-g daemon off;"]
  `;
  reports(rule)`
    FROM alpine:3.24
    CMD ["server", "-g", "daemon", "off;"]
  `;
});
