import { test } from "vitest";
import { readOnlyWithoutTmpfs as rule } from "../../../../server/src/rules/compose/read-only-without-tmpfs.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("of databases and httpd", () => {
  reportsInCompose(rule)`
    services:
      a: {image: "postgres:18", read_only: true, volumes: ["d:/var/lib/postgresql"]}
                                           ^^^^ read-only-without-tmpfs: PostgreSQL has to write in /run/postgresql, and nothing writable is mounted there.
      b: {image: "mysql:8.4", read_only: true, command: [--max-connections=9]}
                                         ^^^^ read-only-without-tmpfs
      c: {image: "httpd:2.4", read_only: true, tmpfs: [/tmp]}
                                         ^^^^ read-only-without-tmpfs
      e: {image: "mariadb:12", read_only: true}
                                          ^^^^ read-only-without-tmpfs: MariaDB has to write in /run/mysqld and /tmp, and nothing writable is mounted there.
      f: {image: "mysql:9", read_only: true, tmpfs: /tmp}
                                       ^^^^ read-only-without-tmpfs: MySQL has to write in /run/mysqld, and nothing writable is mounted there.
    volumes: {d: }
  `;
});

test("not with a place to write, a configuration of its own, or another image", () => {
  reportsInCompose(rule)`
    services:
      a: {image: "nginx:1.30", read_only: true, tmpfs: /var/run}
      b: {image: "nginx:1.30", read_only: true, volumes: ["./nginx.conf:/etc/nginx/nginx.conf"]}
      c: {image: "nginx:1.30", read_only: true, command: [nginx, -g, "pid /tmp/nginx.pid;"]}
      d: {image: "nginx:1.30", read_only: "\${RO}"}
      e: {image: nginxinc/nginx-unprivileged:1.30, read_only: true}
      f: {image: "postgres:18", read_only: true, tmpfs: ["/run/postgresql:mode=775"]}
      g: {image: "postgres:18", read_only: true, volumes: [{type: tmpfs, target: /run}]}
      h: {image: "mysql:8.4", read_only: true, command: [--socket=/tmp/s]}
      i: {image: "redis:8", read_only: true}
      j: {build: ., image: "nginx:1.30", read_only: true}
      k: {image: "nginx:1.30", read_only: true, tmpfs: "\${PLACE}"}
  `;
});

test("of an image that a Dockerfile adds files to", () => {
  const dockerfiles = {
    Dockerfile: "FROM nginx:1.30\nCOPY default.conf /etc/nginx/conf.d/\nCOPY dist /usr/share/nginx/html\n",
    "own/Dockerfile": "FROM nginx:1.30\nCOPY nginx.conf /etc/nginx/\n",
    "all/Dockerfile": "FROM nginx:1.30\nCOPY rootfs/ /\n",
    "run/Dockerfile": "FROM nginx:1.30\nRUN sed -i s,/run/nginx.pid,/tmp/nginx.pid, /etc/nginx/nginx.conf\n",
    "etc/Dockerfile": "FROM nginx:1.30\nCOPY etc /etc/\n",
  };
  reportsInCompose(rule, { dockerfiles })`
    services:
      a: {build: ., read_only: true}
                               ^^^^ read-only-without-tmpfs: nginx has to write in /run and /var/cache/nginx, and nothing writable is mounted there.
      b: {build: own, read_only: true}
      c: {build: all, read_only: true}
      d: {build: run, read_only: true}
      e: {build: etc, read_only: true}
      f: {build: ., read_only: true, tmpfs: [/run, /var/cache/nginx]}
  `;
});

test("a tmpfs is mounted", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: mysql:8.4
        read_only: true
    ->
    services:
      a:
        image: mysql:8.4
        read_only: true
        tmpfs: [/run/mysqld, /tmp]
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: postgres:18
        read_only: true
        tmpfs:
          - /tmp
    ->
    services:
      a:
        image: postgres:18
        read_only: true
        tmpfs:
          - /tmp
          - /run/postgresql
  `;
});
