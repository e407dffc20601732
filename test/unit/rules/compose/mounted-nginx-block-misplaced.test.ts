import { test } from "vitest";
import { mountedNginxBlockMisplaced as rule } from "../../../../server/src/rules/compose/mounted-nginx-block-misplaced.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

const files = {
  "nginx.conf": "events { }\nhttp { server { listen 80; } }\n",
  "site.conf": "server { listen 80; }\n",
};

test("both ways, in the short and the long form", () => {
  reportsInCompose(rule, { files })`
    services:
      a:
        image: nginx:alpine
        volumes:
          - ./nginx.conf:/etc/nginx/conf.d/default.conf
            ^^^^^^^^^^^^ mounted-nginx-block-misplaced: nginx takes the files of this folder into http, where no events may stand.
      b:
        image: nginxinc/nginx-unprivileged:1.29
        volumes:
          - type: bind
            source: ./site.conf
                    ^^^^^^^^^^^ mounted-nginx-block-misplaced: nginx.conf needs events and http, and this begins with server.
            target: /etc/nginx/nginx.conf
  `;
});

test.each([
  "    volumes: ['./nginx.conf:/etc/nginx/nginx.conf', './site.conf:/etc/nginx/conf.d/default.conf']",
  "    command: nginx -c /etc/nginx/conf.d/default.conf\n    volumes: ['./nginx.conf:/etc/nginx/conf.d/default.conf']",
  "    volumes: ['./nginx.conf:/etc/nginx/conf.d/default.conf', 'main:/etc/nginx']",
  "    volumes: ['./missing.conf:/etc/nginx/nginx.conf']",
])("silent for %s", (lines) => {
  expectComposeProblems(rule, `services:\n  a:\n    image: nginx:alpine\n${lines}\nvolumes: { main: }\n`, {
    files,
  });
});

test("silent for an image of one's own", () => {
  reportsInCompose(rule, { files })`
    services:
      a:
        image: example/nginx:1
        volumes:
          - ./nginx.conf:/etc/nginx/conf.d/default.conf
  `;
});
