import { describe, expect, test } from "vitest";
import { wrongDataPath } from "../../../../server/src/rules/compose/wrong-data-path.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(wrongDataPath, wrongDataPath.docs.bad);
  expectComposeProblems(wrongDataPath, wrongDataPath.docs.good);
});

describe("which version a tag is of", () => {
  const text = (image: string, path: string) =>
    `services:\n  db:\n    image: ${image}\n    volumes: [pg:${path}]\nvolumes: {pg: }\n`;
  const at = (image: string, path: string, label: string) =>
    text(image, path).replace("]\n", `]\n${" ".repeat(17)}${"^".repeat(path.length)} ${label}\n`);

  test.each([
    "postgres:18",
    "postgres:18.1-alpine3.22",
    "postgres",
    "postgres:latest",
    "postgres:alpine",
    "postgres:19beta1",
  ])("18 or later: %s", (image) => {
    expectComposeProblems(wrongDataPath, at(image, "/var/lib/postgresql/data", "wrong-data-path"));
    expectComposeProblems(wrongDataPath, text(image, "/var/lib/postgresql"));
  });

  test.each([
    "postgres:17",
    "postgres:9.6",
    "docker.io/library/postgres:16-alpine",
    "postgres:13.4-bullseye",
    "timescale/timescaledb:2.17.0-pg16",
  ])("17 or earlier: %s", (image) => {
    expectComposeProblems(wrongDataPath, at(image, "/var/lib/postgresql", "wrong-data-path"));
    expectComposeProblems(wrongDataPath, text(image, "/var/lib/postgresql/data"));
  });

  test.each([
    "postgres:custom",
    "postgis/postgis:latest",
    `postgres@sha256:${"a".repeat(64)}`,
    "example/postgres:18",
    "postgres:bullseye",
    "postgres:$PG",
  ])("not known: %s", (image) => {
    for (const path of ["/var/lib/postgresql", "/var/lib/postgresql/data"]) {
      expectComposeProblems(wrongDataPath, text(image, path));
    }
  });
});

test("a version by variable is known by .env, or by its default", () => {
  reportsInCompose(wrongDataPath, { env: { PG_TAG: "17", NEW: "18" } })`
    services:
      a:
        image: postgres:\${NEW:-17}
        volumes: ["pg:/var/lib/postgresql/data/"]
                      ^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-data-path
      b:
        image: postgres:\${PG_TAG}
        volumes: ["pg:/var/lib/postgresql/data"]
      c:
        image: postgres:\${PG:-18}
        volumes: ["pg:/var/lib/postgresql/data"]
                      ^^^^^^^^^^^^^^^^^^^^^^^^ wrong-data-path
      d:
        image: postgres:\${PG:-17}
        volumes: ["pg:/var/lib/postgresql/data"]
      e:
        image: \${PG_IMAGE:-postgres:latest}
        volumes: ["pg:/var/lib/postgresql/data"]
                      ^^^^^^^^^^^^^^^^^^^^^^^^ wrong-data-path
      f:
        image: \${PG_IMAGE}
        volumes: ["pg:/var/lib/postgresql/data"]
    volumes: {pg: }
  `;
});

test("PGDATA decides where the data is", () => {
  reportsInCompose(wrongDataPath, {
    files: { "db.env": "PGDATA=/var/lib/postgresql/data\n", "other.env": "A=1\n" },
  })`
    services:
      own:
        image: postgres:18
        environment: {PGDATA: /var/lib/postgresql/data/pgdata}
        volumes: ["pg:/var/lib/postgresql/data"]
      file:
        image: postgres:18
        env_file: db.env
        volumes: ["pg:/var/lib/postgresql/data"]
      unreadable:
        image: postgres:18
        env_file: [./other.env, missing.env]
        volumes: ["pg:/var/lib/postgresql/data"]
      readable:
        image: postgres:18
        env_file: [{path: ./other.env}]
        volumes: ["pg:/var/lib/postgresql/data"]
                      ^^^^^^^^^^^^^^^^^^^^^^^^ wrong-data-path
    volumes: {pg: }
  `;
});

test("not for what is built, for tmpfs, or with the right mount below", () => {
  reportsInCompose(wrongDataPath)`
    services:
      built:
        build: .
        image: postgres:18
        volumes: ["pg:/var/lib/postgresql/data"]
      scratch:
        image: postgres:18
        volumes: [{type: tmpfs, target: /var/lib/postgresql/data}]
      elsewhere:
        image: postgres:17
        command: [postgres, -c, data_directory=/var/lib/postgresql/main]
        volumes: ["pg:/var/lib/postgresql"]
      wrapped:
        image: postgres:18
        entrypoint: /run.sh
        volumes: ["pg:/var/lib/postgresql/data"]
      both:
        image: postgres:17
        volumes: ["old:/var/lib/postgresql", "pg:/var/lib/postgresql/data"]
    volumes: {pg: , old: }
  `;
});

test("a place that is not known may be the right one", () => {
  reportsInCompose(wrongDataPath)`
    services:
      may:
        image: postgres:17
        volumes: ["old:/var/lib/postgresql", "pg:\${DATA:-/var/lib/postgresql/data}"]
      elsewhere:
        image: postgres:17
        volumes: ["old:/var/lib/postgresql", "pg:/backup/\${DATA}"]
                       ^^^^^^^^^^^^^^^^^^^ wrong-data-path
    volumes: {pg: , old: }
  `;
});

test("the path moves, source and options stay", () => {
  fixesInCompose(wrongDataPath, "safe")`
    services:
      db:
        image: postgres:18
        volumes:
          - "\${DATA:-./data}:/var/lib/postgresql/data:z" # kept
    ->
    services:
      db:
        image: postgres:18
        volumes:
          - "\${DATA:-./data}:/var/lib/postgresql:z" # kept
  `;
  fixesInCompose(wrongDataPath, "safe")`
    services:
      db:
        image: postgres:16
        volumes:
          - source: d
            target: /var/lib/postgresql
            type: volume
    volumes:
      d:
    ->
    services:
      db:
        image: postgres:16
        volumes:
          - source: d
            target: /var/lib/postgresql/data
            type: volume
    volumes:
      d:
  `;
});

test("no fix where a variable gives the path, or something is mounted at the right one", () => {
  const titles = offeredInCompose(wrongDataPath, { env: { DIR: "/var/lib/postgresql/data" } })`
    services:
      a:
        image: postgres:18
        volumes: ["pg:\${DIR}"]
      b:
        image: postgres:18
        volumes: ["pg:/var/lib/postgresql/data", "old:/var/lib/postgresql"]
    volumes: {pg: , old: }
  `;
  expect(titles).toEqual([[], []]);
});

test("only where the image's own entrypoint starts the server", () => {
  reportsInCompose(wrongDataPath)`
    services:
      options:
        image: postgres:18
        command: -c max_connections=200
        volumes: ["pg:/var/lib/postgresql/data"]
                      ^^^^^^^^^^^^^^^^^^^^^^^^ wrong-data-path
      server:
        image: postgres:16
        command: ["postgres", "-c", "shared_buffers=1GB"]
        volumes: ["pg:/var/lib/postgresql"]
                      ^^^^^^^^^^^^^^^^^^^ wrong-data-path
      line:
        image: postgres:18
        command: postgres -c fsync=off
        volumes: ["pg:/var/lib/postgresql/data"]
                      ^^^^^^^^^^^^^^^^^^^^^^^^ wrong-data-path
      backup:
        image: postgres:16
        command: ["pg_dump", "-h", "server"]
        volumes: ["pg:/var/lib/postgresql"]
      idle:
        image: postgres:18
        command: sleep infinity
        volumes: ["pg:/var/lib/postgresql/data"]
      checksums:
        image: postgres:18
        command: postgres_checksums
        volumes: ["pg:/var/lib/postgresql/data"]
      own:
        image: postgres:18
        entrypoint: ["pg_ctl", "start"]
        volumes: ["pg:/var/lib/postgresql/data"]
    volumes: {pg: }
  `;
});

test("images that are built on PostgreSQL", () => {
  const dockerfiles = { "db/Dockerfile": "FROM postgres:18\nCOPY init.sql /docker-entrypoint-initdb.d/\n" };
  reportsInCompose(wrongDataPath, { dockerfiles })`
    services:
      vector:
        image: pgvector/pgvector:0.8.1-pg18-trixie
        volumes: ["vector:/var/lib/postgresql/data"]
                          ^^^^^^^^^^^^^^^^^^^^^^^^ wrong-data-path
      old:
        image: pgvector/pgvector:pg17
        volumes: ["old:/var/lib/postgresql/data"]
      own:
        build: ./db
        volumes: ["own:/var/lib/postgresql/data"]
                       ^^^^^^^^^^^^^^^^^^^^^^^^ wrong-data-path
  `;
});

test("InfluxDB at the place of another version", () => {
  reportsInCompose(wrongDataPath)`
    services:
      two:
        image: influxdb:2.7-alpine
        environment: {DOCKER_INFLUXDB_INIT_MODE: setup}
        volumes: ["two:/var/lib/influxdb"]
                       ^^^^^^^^^^^^^^^^^ wrong-data-path: InfluxDB 2 keeps its data in /var/lib/influxdb2, in a volume of its own that is lost with the container.
      one:
        image: influxdb:1.8
        volumes: ["one:/var/lib/influxdb2"]
                       ^^^^^^^^^^^^^^^^^^ wrong-data-path
      right: {image: "influxdb:2", volumes: ["a:/var/lib/influxdb2", "b:/var/lib/influxdb"]}
      old: {image: "influxdb:1.8", volumes: ["old:/var/lib/influxdb"]}
      latest: {image: influxdb, volumes: ["latest:/var/lib/influxdb"]}
      three: {image: "influxdb:3-core", volumes: ["three:/var/lib/influxdb"]}
      upgraded: {image: "influxdb:2.7", environment: {DOCKER_INFLUXDB_INIT_MODE: upgrade}, volumes: ["u:/var/lib/influxdb"]}
      told: {image: "influxdb:2.7", environment: {INFLUXD_ENGINE_PATH: /var/lib/influxdb/engine}, volumes: ["t:/var/lib/influxdb"]}
      started: {image: "influxdb:2.7", command: influxd --engine-path /var/lib/influxdb, volumes: ["s:/var/lib/influxdb"]}
  `;
});

test("volumes of applications at a place that their images do not use", () => {
  reportsInCompose(wrongDataPath)`
    services:
      jenkins:
        image: jenkins/jenkins:lts-jdk21
        environment: {JAVA_OPTS: -Djenkins.install.runSetupWizard=false}
        volumes: ["jenkins:/var/lib/jenkins", "/var/run/docker.sock:/var/run/docker.sock"]
                           ^^^^^^^^^^^^^^^^ wrong-data-path: Jenkins keeps its data in /var/jenkins_home, so this volume stays empty, and the data are lost with the container.
      grafana:
        image: grafana/grafana-oss:12.2.0
        volumes: ["grafana:/usr/share/grafana/data", "./provisioning:/etc/grafana/provisioning"]
                           ^^^^^^^^^^^^^^^^^^^^^^^ wrong-data-path
      prometheus:
        image: prom/prometheus:v3.7.1
        command: [--config.file=/etc/prometheus/prometheus.yml, --storage.tsdb.retention.time=15d]
        volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml", "metrics:/var/lib/prometheus"]
                                                                              ^^^^^^^^^^^^^^^^^^^ wrong-data-path
      gitea:
        image: gitea/gitea:1.24
        volumes: ["gitea:/var/lib/gitea"]
                         ^^^^^^^^^^^^^^ wrong-data-path
      rootless:
        image: gitea/gitea:1.24-rootless
        volumes: ["rootless:/data", "conf:/etc/gitea-old"]
                            ^^^^^ wrong-data-path
  `;
});

test("volumes of applications are left alone where the data may be elsewhere, or are kept", () => {
  reportsInCompose(wrongDataPath)`
    services:
      right: {image: jenkins/jenkins, volumes: ["a:/var/jenkins_home", "b:/var/lib/jenkins"]}
      above: {image: jenkins/jenkins, volumes: ["a:/var", "b:/var/lib/jenkins"]}
      jobs: {image: jenkins/jenkins, volumes: ["a:/var/jenkins_home/jobs", "b:/var/lib/jenkins"]}
      folder: {image: jenkins/jenkins, volumes: ["./jenkins:/var/lib/jenkins"]}
      tools: {image: jenkins/jenkins, volumes: ["a:/opt/tools"]}
      moved: {image: jenkins/jenkins, environment: [JENKINS_HOME=/var/lib/jenkins], volumes: ["a:/var/lib/jenkins"]}
      option: {image: jenkins/jenkins, environment: {JAVA_OPTS: -DJENKINS_HOME=/jenkins}, volumes: ["a:/jenkins"]}
      built: {build: ./jenkins, volumes: ["a:/var/lib/jenkins"]}
      agent: {image: jenkins/inbound-agent, volumes: ["a:/home/jenkins"]}
      path: {image: prom/prometheus, command: --storage.tsdb.path=/var/lib/prometheus, volumes: ["a:/var/lib/prometheus"]}
      unknown: {image: prom/prometheus, command: "\${ARGUMENTS}", volumes: ["a:/var/lib/prometheus"]}
      targets: {image: prom/prometheus, volumes: ["a:/data"]}
      ini: {image: grafana/grafana, volumes: ["./grafana.ini:/etc/grafana/grafana.ini", "a:/grafana"]}
      paths: {image: grafana/grafana, environment: {GF_PATHS_DATA: /grafana}, volumes: ["a:/grafana"]}
      git: {image: "gitea/gitea:1.24", environment: {GITEA__repository__ROOT: /gitea}, volumes: ["a:/gitea"]}
      root: {image: "gitea/gitea:1.24", volumes: ["a:/data"]}
  `;
});

test("the volume of an application is mounted where its image looks", () => {
  fixesInCompose(wrongDataPath, "unsafe")`
    services:
      jenkins:
        image: jenkins/jenkins:lts
        volumes:
          - jenkins:/var/lib/jenkins
    ->
    services:
      jenkins:
        image: jenkins/jenkins:lts
        volumes:
          - jenkins:/var/jenkins_home
  `;
});
