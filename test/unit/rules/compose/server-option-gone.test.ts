import { expect, test } from "vitest";
import { serverOptionGone as rule } from "../../../../server/src/rules/compose/server-option-gone.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  problemsInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("only of a version that has it no more", () => {
  reportsInCompose(rule)`
    services:
      a: {image: mysql:8.0, command: --default-authentication-plugin=mysql_native_password}
      b: {image: mysql:5.7, command: [--query-cache-size=0, --innodb-large-prefix=1]}
      c: {image: mysql/mysql-server, command: --default-authentication-plugin=mysql_native_password}
      d: {image: "mysql:\${MYSQL}", command: --default-authentication-plugin=mysql_native_password}
      e: {image: mysql:8, command: [mysqld, --character-set-server=utf8mb4, --default_authentication_plugin=mysql_native_password]}
                                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ server-option-gone: MySQL 8.4 and later do not start with --default_authentication_plugin.
      f: {image: mysql, command: sh -c "x --default-authentication-plugin=a"}
      g: {image: mysql, entrypoint: run, command: --default-authentication-plugin=a}
      h: {image: "mongo:4.4", command: mongod --smallfiles --replSet rs0}
                                              ^^^^^^^^^^^^ server-option-gone: MongoDB 4.2 and later do not start with --smallfiles.
      i: {image: "mongo:4.0", command: mongod --smallfiles}
      j: {image: mysql:8.4, command: --loose-default-authentication-plugin=a --expire_logs_days_x=1}
      k: {image: mariadb:11, command: --expire-logs-days=3}
  `;
});

test("options of Traefik 1", () => {
  reportsInCompose(rule)`
    services:
      a: {image: traefik, command: "-c /dev/null --web --docker --logLevel=INFO"}
                                                 ^^^^^ server-option-gone: Traefik 2.0 and later do not start with --web.
                                                       ^^^^^^^^ server-option-gone: Traefik 2.0 and later do not start with --docker.
                                                                ^^^^^^^^^^ server-option-gone: Traefik 2.0 and later do not start with --logLevel.
      b: {image: "traefik:v2.11", command: [traefik, --docker.watch, "--api"]}
                                                     ^^^^^^^^ server-option-gone
      c: {image: "traefik:v3.1", command: ["--providers.docker.swarmmode=true", "--log.level=INFO"]}
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ server-option-gone: Traefik 3.0 and later do not start with --providers.docker.swarmmode.
      d: {image: "traefik:v1.7-alpine", command: "--docker --web"}
      e: {image: "traefik:v2.10", command: "--providers.docker.swarmMode --providers.file.directory=/x --api.dashboard"}
      f: {image: "traefik:maroilles", command: "--docker"}
  `;
});

test("options of Prometheus 1, with one dash", () => {
  reportsInCompose(rule)`
    services:
      a: {image: prom/prometheus, command: ["-config.file=/p.yml", "-storage.local.path=/prometheus"]}
                                             ^^^^^^^^^^^^ server-option-gone: Prometheus 2.0 and later do not start with -config.file.
                                                                    ^^^^^^^^^^^^^^^^^^^ server-option-gone: Prometheus 2.0 and later do not start with -storage.local.path.
      b: {image: "prom/prometheus:v1.8.2", command: ["-config.file=/p.yml"]}
      c: {image: "prom/prometheus:v3.5.0", command: ["--config.file=/p.yml", "--storage.tsdb.path=/prometheus"]}
      d: {image: example/prometheus, command: ["-config.file=/p.yml"]}
      e: {image: prom/prometheus, entrypoint: run, command: ["-config.file=/p.yml"]}
  `;
});

test("those of Alertmanager and node_exporter", () => {
  reportsInCompose(rule)`
    services:
      a: {image: prom/alertmanager, command: ["-config.file=/a.yml", "-storage.path=/alertmanager", "-mesh.peer=b"]}
                                               ^^^^^^^^^^^^ server-option-gone: Alertmanager 0.13 and later do not start with -config.file.
                                                                      ^^^^^^^^^^^^^ server-option-gone
                                                                                                     ^^^^^^^^^^ server-option-gone
      b: {image: "prom/alertmanager:v0.12.0", command: ["-config.file=/a.yml"]}
      c: {image: "prom/alertmanager:v0.27.0", command: ["--config.file=/a.yml"]}
      d: {image: "prom/node-exporter:v1.8.2", command: "-collector.procfs /host/proc"}
                                                        ^^^^^^^^^^^^^^^^^ server-option-gone: node_exporter 0.15 and later do not start with -collector.procfs.
      e: {image: "prom/node-exporter:v0.14.0", command: "-collector.procfs /host/proc"}
      f: {image: prom/node-exporter, command: "--path.procfs /host/proc"}
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: prom/node-exporter:v1.8.2
        command:
          - '-collector.sysfs=/host/sys'
    ->
    services:
      a:
        image: prom/node-exporter:v1.8.2
        command:
          - '--path.sysfs=/host/sys'
  `;
});

test("writes two dashes", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: prom/prometheus:v2.55.0
        command:
          - '-config.file=/etc/prometheus/prometheus.yml'
    ->
    services:
      a:
        image: prom/prometheus:v2.55.0
        command:
          - '--config.file=/etc/prometheus/prometheus.yml'
  `;
});

test("the plugin is switched on by its own option", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      db:
        image: mysql:8.4-oracle
        command:
          - --max-connections=500
          - --default-authentication-plugin=mysql_native_password
    ->
    services:
      db:
        image: mysql:8.4-oracle
        command:
          - --max-connections=500
          - --mysql-native-password=ON
  `;
});

test("an option that came in the place of another has gone too", () => {
  reportsInCompose(rule)`
    services:
      a: {image: mysql:9.1, command: --mysql-native-password=ON}
                                     ^^^^^^^^^^^^^^^^^^^^^^^ server-option-gone: MySQL 9.0 and later do not start with --mysql-native-password.
      b: {image: mysql:lts, command: --mysql_native_password=ON}
                                     ^^^^^^^^^^^^^^^^^^^^^^^ server-option-gone
      c: {image: mysql:8, command: --mysql-native-password=ON}
      d: {image: mysql:8.4, command: [mysqld, --skip-ssl, --skip-character-set-client-handshake]}
                                              ^^^^^^^^^^ server-option-gone: MySQL 8.4 and later do not start with --skip-ssl.
                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ server-option-gone
      e: {image: mysql:8.0, command: [--skip-ssl, --skip-host-cache, --skip-character-set-client-handshake]}
      f: {image: mongo:7, command: mongod --journal --bind_ip_all}
                                          ^^^^^^^^^ server-option-gone: MongoDB 6.1 and later do not start with --journal.
      g: {image: mongo:6.0, command: mongod --journal --journalCommitInterval 100}
  `;
});

test("nothing takes the plugin's place in MySQL 9", () => {
  const [problem] = problemsInCompose(rule)`
    services:
      db:
        image: mysql
        command: --default-authentication-plugin=mysql_native_password
  `;
  expect(problem?.message).toContain("8.4");
  expect(problem?.fixes).toEqual([]);
});

test("the cache of hosts is switched off by its size", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      db:
        image: mysql:9
        command: [--skip-host-cache, --skip-name-resolve]
    ->
    services:
      db:
        image: mysql:9
        command: [--host-cache-size=0, --skip-name-resolve]
  `;
});
