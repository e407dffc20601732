import { test } from "vitest";
import { mountedConfigUnread as rule } from "../../../../server/src/rules/compose/mounted-config-unread.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("files that the command has to name", () => {
  reportsInCompose(rule)`
    services:
      redis:
        image: redis:8
        command: redis-server --appendonly yes
        volumes: ["./redis.conf:/etc/redis/redis.conf:ro"]
                                ^^^^^^^^^^^^^^^^^^^^^ mounted-config-unread: Redis reads no file that its command does not name.
      postgres:
        image: postgres:18
        volumes: ["./postgresql.conf:/etc/postgresql/postgresql.conf"]
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mounted-config-unread: PostgreSQL reads no file that its command does not name.
      mongo:
        image: mongo:8
        command: --replSet rs0
        volumes: ["./mongod.conf:/etc/mongod.conf"]
                                 ^^^^^^^^^^^^^^^^ mounted-config-unread
      right:
        image: redis:8
        command: ["redis-server", "/conf/redis.conf"]
        volumes: ["./redis.conf:/conf/redis.conf"]
      shell:
        image: redis:8
        command: sh -c "cp /conf/redis.conf /tmp && exec redis-server /tmp/redis.conf"
        volumes: ["./redis.conf:/conf/redis.conf"]
      data:
        image: postgres:17
        volumes: ["./postgresql.conf:/var/lib/postgresql/data/postgresql.conf"]
      scripted:
        image: postgres:17
        volumes: ["./postgresql.conf:/etc/postgresql/postgresql.conf", "./init:/docker-entrypoint-initdb.d"]
      told:
        image: postgres:17
        command: -c config_file=/etc/postgresql/postgresql.conf
        volumes: ["./postgresql.conf:/etc/postgresql/postgresql.conf"]
      built:
        build: .
        volumes: ["./redis.conf:/conf/redis.conf"]
      entrypoint:
        image: redis:8
        entrypoint: /start.sh
        volumes: ["./redis.conf:/conf/redis.conf"]
      stack:
        image: redis/redis-stack-server:7.4.0-v0
        volumes: ["./redis.conf:/redis-stack.conf"]
  `;
});

test("endings that the image does not look for", () => {
  reportsInCompose(rule)`
    services:
      web:
        image: nginx:1.30
        volumes: ["./site.cnf:/etc/nginx/conf.d/site.cnf", "./html:/usr/share/nginx/html"]
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^ mounted-config-unread: nginx reads files of /etc/nginx/conf.d that end with .conf, and not this one.
      db:
        image: mysql:8.4
        volumes: ["./my.conf:/etc/mysql/conf.d/my.conf"]
                             ^^^^^^^^^^^^^^^^^^^^^^^^^ mounted-config-unread: MySQL reads files of /etc/mysql/conf.d that end with .cnf, and not this one.
      included:
        image: nginx:1.30
        volumes: ["./site.conf:/etc/nginx/conf.d/site.conf", "./headers.inc:/etc/nginx/conf.d/headers.inc"]
      right:
        image: mariadb:11.8
        volumes: ["./my.cnf:/etc/mysql/conf.d/my.cnf"]
  `;
});

test("a file beside the one that is read", () => {
  reportsInCompose(rule)`
    services:
      prometheus:
        image: prom/prometheus:v3.7.3
        command: ["--config.file=/etc/prometheus/prometheus.yaml"]
        volumes: ["./p.yml:/etc/prometheus/prometheus.yml"]
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mounted-config-unread: The command takes /etc/prometheus/prometheus.yaml, where nothing is mounted, and not this file.
      promtail:
        image: grafana/promtail:3.1.0
        command: -config.file=/etc/promtail/config.yml
        volumes: ["./promtail.yml:/etc/promtail/promtail.yml"]
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^ mounted-config-unread
      otel:
        image: otel/opentelemetry-collector-contrib:0.107.0
        command: ["--config", "/etc/otel-config.yaml"]
        volumes: ["./otel.yaml:/etc/otel-collector-config.yaml"]
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mounted-config-unread
      mosquitto:
        image: eclipse-mosquitto:2
        volumes: ["./mosquitto.conf:/mosquitto/mosquitto.conf"]
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^ mounted-config-unread: The image takes /mosquitto/config/mosquitto.conf, where nothing is mounted, and not this file.
      rules:
        image: prom/prometheus:v3.7.3
        command: --config.file=/etc/prometheus/prometheus.yml
        volumes: ["./alerts.yml:/etc/prometheus/alerts.yml"]
      folder:
        image: prom/prometheus:v3.7.3
        command: --config.file=/etc/prometheus/other.yml
        volumes: ["./prometheus:/etc/prometheus", "./p.yml:/etc/prometheus/prometheus.yml"]
      both:
        image: grafana/loki:3.1.0
        command: -config.file=/etc/loki/config.yaml -runtime-config.file=/etc/loki/runtime-config.yaml
        volumes: ["./l.yaml:/etc/loki/config.yaml", "./r.yaml:/etc/loki/runtime-config.yaml"]
      right:
        image: eclipse-mosquitto:2
        volumes: ["./mosquitto.conf:/mosquitto/config/mosquitto.conf"]
  `;
});

test("the command names it, or it is mounted there", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      cache:
        image: redis:8
        volumes:
          - ./redis.conf:/etc/redis.conf
    ->
    services:
      cache:
        image: redis:8
        volumes:
          - ./redis.conf:/etc/redis.conf
        command: redis-server /etc/redis.conf
  `;
});

test("files for templates of nginx that are none by their ending", () => {
  reportsInCompose(rule)`
    services:
      web:
        image: nginx:1.29
        volumes:
          - ./site.conf:/etc/nginx/templates/site.conf
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mounted-config-unread: The entrypoint of nginx reads files of /etc/nginx/templates that end with .template, and not this one.
      right:
        image: nginx:1.29
        volumes: ["./site.conf:/etc/nginx/templates/site.conf.template"]
      told:
        image: nginx:1.29
        environment: {NGINX_ENVSUBST_TEMPLATE_SUFFIX: .conf}
        volumes: ["./site.conf:/etc/nginx/templates/site.conf"]
  `;
});
