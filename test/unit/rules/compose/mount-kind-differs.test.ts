import { test } from "vitest";
import { mountKindDiffers as rule } from "../../../../server/src/rules/compose/mount-kind-differs.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

const files = {
  "site.conf": "server {}",
  "init.sql": "select 1;",
  "nginx/a.conf": "server {}",
  "html/a.html": "",
};

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad, { files });
  expectComposeProblems(rule, rule.docs.good, { files });
});

test("files over folders, and folders over files", () => {
  reportsInCompose(rule, { files })`
    services:
      web:
        image: nginx:1.30-alpine
        volumes:
          - ./nginx:/etc/nginx/nginx.conf:ro
                    ^^^^^^^^^^^^^^^^^^^^^ mount-kind-differs: ./nginx is a folder, and /etc/nginx/nginx.conf a file of the image: the engine mounts neither over the other.
      db:
        image: postgres:18
        volumes:
          - ./init.sql:/docker-entrypoint-initdb.d
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ mount-kind-differs: ./init.sql is a file, and /docker-entrypoint-initdb.d a folder of the image: the engine mounts neither over the other.
      metrics:
        image: prom/prometheus:v3.7.3
        volumes:
          - {type: bind, source: ./html, target: /etc/prometheus/prometheus.yml}
                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mount-kind-differs
  `;
});

test("not where both are the same, it is not known what is there, or another mount decides", () => {
  reportsInCompose(rule, { files })`
    services:
      a:
        image: nginx:1.30
        volumes:
          - ./nginx:/etc/nginx/conf.d
          - ./html:/usr/share/nginx/html/
          - ./unknown:/etc/nginx/nginx.conf
          - ./site.conf:/etc/nginx/templates
      b:
        image: example/nginx
        volumes: ["./site.conf:/etc/nginx/conf.d"]
      c:
        build: .
        image: nginx
        volumes: ["./site.conf:/etc/nginx/conf.d"]
      d:
        image: nginx:1.30
        volumes: ["./nginx:/etc/nginx", "./nginx:/etc/nginx/nginx.conf"]
  `;
});

test("it is mounted into the folder", () => {
  fixesInCompose(rule, "unsafe", "", { files })`
    services:
      db:
        image: mysql:8.4
        volumes:
          - ./init.sql:/docker-entrypoint-initdb.d/
    ->
    services:
      db:
        image: mysql:8.4
        volumes:
          - ./init.sql:/docker-entrypoint-initdb.d/init.sql
  `;
});

test("folders that the Dockerfile of a service makes", () => {
  const dockerfiles = {
    Dockerfile:
      "FROM alpine:3.24\nWORKDIR /srv/app\nRUN mkdir -p /data && touch /file && rm -rf /gone && mkdir /gone && rm -r /gone\n",
  };
  reportsInCompose(rule, { files, dockerfiles })`
    services:
      a:
        build: .
        volumes:
          - ./site.conf:/srv/app
                        ^^^^^^^^ mount-kind-differs: ./site.conf is a file, and /srv/app a folder of the image: the engine mounts neither over the other.
          - ./init.sql:/data/
                       ^^^^^^ mount-kind-differs
          - ./site.conf:/srv/app/site.conf
          - ./site.conf:/gone
          - ./site.conf:/file
          - ./html:/srv/app/html
      b:
        build: .
        volumes: ["./html:/srv", "./site.conf:/srv/app"]
  `;
});
