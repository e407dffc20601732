import { test } from "vitest";
import { serviceLeavesForeground as rule } from "../../../../server/src/rules/compose/service-leaves-foreground.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("in each form, through shells and what only starts another program", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: debian:13-slim
        command: service nginx start
                 ^^^^^^^^^^^^^^^^^^^ service-leaves-foreground
      b:
        image: debian:13-slim
        command: sh -c "apt-get update && apt-get install -y openssh-server && /usr/sbin/sshd"
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ service-leaves-foreground: sshd goes on in the background, and the container of b ends as soon as it has started.
      c:
        image: example/c:1
        entrypoint: ["tini", "--"]
        command: ["/etc/init.d/cron", "start"]
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ service-leaves-foreground
      d:
        image: node:24
        command: [sh, -c, "node server.js &"]
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ service-leaves-foreground: This goes on in the background, and the container of d ends with the shell that started it.
      e:
        image: redis:8
        command: redis-server --daemonize yes
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ service-leaves-foreground
      f:
        image: example/f:1
        entrypoint: [cron]
                    ^^^^^^ service-leaves-foreground
  `;
});

test("silent where it stays in front, or the image, settings or other programs have a say", () => {
  reportsInCompose(rule)`
    services:
      a: {image: "nginx:1.30", command: [nginx-debug, -g, "daemon off;"]}
      b: {image: "debian:13", command: sh -c "service nginx start && tail -f /dev/null"}
      c: {image: "debian:13", command: sh -c "cron & wait"}
      d: {image: example/nginx, command: nginx}
      e: {image: "nginx:1.30", command: nginx, volumes: ["./nginx.conf:/etc/nginx/nginx.conf"]}
      f: {image: example/f, entrypoint: nginx}
      g: {image: "debian:13", command: [cron], volumes: ["./cron:/usr/local/bin/cron"]}
      h: {image: "debian:13", command: ["./service", nginx, start]}
      i: {image: "debian:13", command: sh -c "$$START"}
      j: {image: "debian:13", command: "cron $OPTIONS"}
      k: {image: "debian:13", command: sh -c "test -f /x || service a start"}
      l: {image: "redis:8", command: redis-server --daemonize no}
  `;
});

test("of an image that is built here too, whose entrypoint is known", () => {
  const dockerfiles = {
    Dockerfile: "FROM debian:13\n",
    "own/Dockerfile": "FROM debian:13\nCOPY cron /usr/sbin/cron\n",
    "given/Dockerfile": 'FROM debian:13\nENTRYPOINT ["/start.sh"]\n',
  };
  reportsInCompose(rule, { dockerfiles })`
    services:
      a:
        build: .
        command: cron
                 ^^^^ service-leaves-foreground
      b: {build: own, command: cron}
      c: {build: given, command: cron}
  `;
});

test("the words that keep it in front, where it is written on one line", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: nginx:1.30
        command: nginx # ours
    ->
    services:
      a:
        image: nginx:1.30
        command: ["nginx", "-g", "daemon off;"] # ours
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      a: {image: "debian:13", command: ["/usr/sbin/sshd", "-e"]}
    ->
    services:
      a: {image: "debian:13", command: ["/usr/sbin/sshd", "-e", "-D"]}
  `;
});
