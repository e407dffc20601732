import { test } from "vitest";
import { engineSocketMounted as rule } from "../../../../server/src/rules/compose/engine-socket-mounted.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("short and long, rootless, of other engines, on Windows", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        volumes:
          - /run/docker.sock:/var/run/docker.sock
            ^^^^^^^^^^^^^^^^ engine-socket-mounted: Whoever gets into a can command the engine, and has the host with it.
          - type: bind
            source: /run/podman/podman.sock
                    ^^^^^^^^^^^^^^^^^^^^^^^ engine-socket-mounted
            target: /var/run/docker.sock
          - "\${XDG_RUNTIME_DIR}/docker.sock:/var/run/docker.sock"
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ engine-socket-mounted
          - type: npipe
            source: //./pipe/docker_engine
                    ^^^^^^^^^^^^^^^^^^^^^^ engine-socket-mounted
            target: //./pipe/docker_engine
  `;
});

test("not other sockets, folders, volumes, nor for a proxy", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        volumes:
          - /run/mysqld/mysqld.sock:/run/mysqld/mysqld.sock
          - ./docker.sock.d:/etc/docker.sock.d
          - docker:/var/run/docker.sock
          - "\${SOCKET}:/var/run/docker.sock"
      b:
        image: lscr.io/linuxserver/socket-proxy:1.26.2
        volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]
    volumes: {docker: {}}
  `;
});
