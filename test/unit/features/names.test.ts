import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { composeLinks } from "../../../server/src/features/links.ts";
import { semanticTokens } from "../../../server/src/features/semantic-tokens.ts";
import { source } from "../../../server/src/text/source.ts";
import { namedProject, placesAt } from "../../support/names.ts";

describe("services", () => {
  test("each way to name one, in the file", () => {
    const places = placesAt({
      "compose.yaml": source`
        services:
          d<|>b:
            image: postgres:18
          a:
            image: a
            depends_on: [db]
            links: ["db:database"]
            volumes_from: [db:ro, "container:db"]
          b:
            extends: db
            depends_on:
              db: {condition: service_healthy}
          c:
            extends: {service: db}
            network_mode: service:db
            uts: service:db
            ipc: "service:db"
            pid: 'service:db'
          d:
            build:
              context: .
              additional_contexts:
                base: service:db
          e:
            build:
              context: .
              additional_contexts: [base=service:db]
          f:
            image: f
            environment:
              DATABASE_URL: postgres://u:p@db:5432/app
              DB_HOST: \${DB_HOST:-db}
              NOTHING: db`,
    });
    expect(places).toEqual([
      "compose.yaml:2 db*",
      "compose.yaml:6 db",
      "compose.yaml:7 db",
      "compose.yaml:8 db",
      "compose.yaml:10 db",
      "compose.yaml:12 db",
      "compose.yaml:14 db",
      "compose.yaml:15 db",
      "compose.yaml:16 db",
      "compose.yaml:17 db",
      "compose.yaml:18 db",
      "compose.yaml:23 db",
      "compose.yaml:27 db",
      "compose.yaml:31 db",
      "compose.yaml:32 db",
    ]);
  });

  test("over override files, files that are included and that others extend", () => {
    const files = {
      "compose.yaml": source`
        include:
          - monitoring/compose.yaml
        services:
          api:
            image: api
            depends_on: [db, grafana]
          db:
            image: postgres:18
          worker:
            extends: {file: common.yaml, service: base}`,
      "compose.override.yaml": source`
        services:
          db:
            ports: ["5432:5432"]`,
      "common.yaml": source`
        services:
          base:
            image: base
            depends_on: [db]`,
      "monitoring/compose.yaml": source`
        services:
          grafana:
            image: grafana/grafana`,
    };
    expect(placesAt({ ...files, "compose.yaml": files["compose.yaml"].replace("[db", "[d<|>b") })).toEqual([
      "compose.override.yaml:2 db*",
      "compose.yaml:7 db*",
      "common.yaml:4 db",
      "compose.yaml:6 db",
    ]);
    expect(placesAt({ ...files, "common.yaml": files["common.yaml"].replace("base:", "ba<|>se:") })).toEqual([
      "common.yaml:2 base*",
      "compose.yaml:10 base",
    ]);
    expect(
      placesAt({
        ...files,
        "monitoring/compose.yaml": files["monitoring/compose.yaml"].replace("grafana:", "gra<|>fana:"),
      }),
    ).toEqual(["monitoring/compose.yaml:2 grafana*", "compose.yaml:6 grafana"]);
  });

  test("over files for other places, and those that COMPOSE_FILE lists, but not over other projects in the folder", () => {
    const web = "services:\n  web: {image: web}\n";
    const files = {
      "compose.yaml": web.replace("web:", "w<|>eb:"),
      "compose.prod.yaml": web,
      "compose.test.yaml": "services:\n  test: {image: test, depends_on: [web]}\n",
      "compose.tools.yaml": "services:\n  tool: {image: tool}\n  web2: {image: web}\n",
    };
    expect(placesAt(files)).toEqual([
      "compose.prod.yaml:2 web*",
      "compose.yaml:2 web*",
      "compose.test.yaml:2 web",
    ]);
    const listed = { ...files, ".env": "COMPOSE_FILE=compose.yaml:compose.test.yaml\n" };
    expect(placesAt(listed)).toEqual(["compose.yaml:2 web*", "compose.test.yaml:2 web"]);
  });

  test("two projects that share a file keep their own names", () => {
    const project = (path: string) =>
      source`
      services:
        web:
          extends: {file: ../shared.yaml, service: web}
          networks: [front]
      networks:
        front:
          name: ` + path;
    const files = {
      "a/compose.yaml": project("a").replace("front:\n", "fr<|>ont:\n"),
      "b/compose.yaml": project("b"),
      "shared.yaml": "services:\n  web:\n    image: web\n    networks: [front]\n",
    };
    expect(placesAt(files)).toEqual([
      "a/compose.yaml:6 front*",
      "a/compose.yaml:4 front",
      "shared.yaml:4 front",
    ]);
  });

  test("hosts are left out where something else may be meant", () => {
    const host = (extra: string) =>
      source`
      services:
        d<|>b:
          image: postgres:18
        web:
          image: web
          environment: [DB_HOST=db]
    ` + extra;
    expect(placesAt({ "compose.yaml": host("") })).toHaveLength(2);
    expect(placesAt({ "compose.yaml": host("    network_mode: host\n") })).toHaveLength(1);
    expect(placesAt({ "compose.yaml": host("    extra_hosts: ['db:10.0.0.1']\n") })).toHaveLength(1);
    expect(
      placesAt({ "compose.yaml": host("  other:\n    image: o\n    container_name: db\n") }),
    ).toHaveLength(1);
  });
});

test("networks, volumes, secrets, configs and models", () => {
  const file = source`
    services:
      api:
        image: api
        networks: [front]
        volumes: [data:/d, ./data:/e, data]
        secrets: [key, {source: key}]
        configs: [{source: settings, target: /s}]
        models: [llm]
        environment:
          KEY_FILE: /run/secrets/key
          OTHER_FILE: /run/secrets/keys
        build:
          context: .
          secrets: [key]
      web:
        image: web
        networks: {front: {aliases: [front]}}
        volumes: [{type: volume, source: data, target: /d}, {type: bind, source: ./data, target: /x}]
        models: {llm: {}}
        credential_spec: {config: settings}
    networks: {front: }
    volumes: {data: }
    secrets: {key: {file: k}}
    configs: {settings: {file: s}}
    models: {llm: {model: ai/x}}`;
  const at = (word: string) =>
    placesAt({ "compose.yaml": file.replace(word, `<|>${word}`), Dockerfile: dockerfile });
  const dockerfile =
    "FROM alpine\nRUN --mount=type=secret,id=key,target=/k true\nRUN --mount=type=secret,id=other true\n";
  expect(at("front]")).toEqual(["compose.yaml:21 front*", "compose.yaml:4 front", "compose.yaml:17 front"]);
  expect(at("data:/d")).toEqual(["compose.yaml:22 data*", "compose.yaml:5 data", "compose.yaml:18 data"]);
  expect(at("key, {")).toEqual([
    "compose.yaml:23 key*",
    "Dockerfile:2 key",
    "compose.yaml:6 key",
    "compose.yaml:6 key",
    "compose.yaml:10 key",
    "compose.yaml:14 key",
  ]);
  expect(at("settings, t")).toEqual([
    "compose.yaml:24 settings*",
    "compose.yaml:7 settings",
    "compose.yaml:20 settings",
  ]);
  expect(at("llm]")).toEqual(["compose.yaml:25 llm*", "compose.yaml:8 llm", "compose.yaml:19 llm"]);
});

test("profiles, and where .env starts them", () => {
  expect(
    placesAt({
      "compose.yaml":
        "services:\n  a:\n    image: a\n    profiles: [de<|>bug, tools]\n  b: {image: b, profiles: [debug]}\n",
      ".env": "COMPOSE_PROFILES=tools,debug\n",
    }),
  ).toEqual([".env:1 debug", "compose.yaml:4 debug", "compose.yaml:5 debug"]);
});

test("anchors and their aliases; one that is set again is another", () => {
  const file = source`
    x-log: &log {driver: json-file}
    services:
      a: {image: a, logging: *log}
      b:
        <<: *log
        image: "*log &log"
      c: {image: c, logging: &log {driver: none}}
      d: {image: d, logging: *log}`;
  expect(placesAt({ "compose.yaml": file.replace("&log", "&lo<|>g") })).toEqual([
    "compose.yaml:1 log*",
    "compose.yaml:3 log",
    "compose.yaml:5 log",
  ]);
  expect(
    placesAt({
      "compose.yaml": file.replace("d: {image: d, logging: *log", "d: {image: d, logging: *lo<|>g"),
    }),
  ).toEqual(["compose.yaml:7 log*", "compose.yaml:8 log"]);
});

test("variables: with operators, inside of each other, in .env and what .env is made of", () => {
  expect(
    placesAt({
      "compose.yaml": source`
        x-common: &common
          image: "app:\${TAG}"
        services:
          a:
            <<: *common
            environment:
              A: $TA<|>G
              B: \${TAG:?needed}
              C: \${OTHER:-\${TAG-x}}
              D: $$TAG
              E: $TAGS
            command: |
              echo \${TAG}
          b: {image: b, env_file: app.env}`,
      "compose.test.yaml": "services: {t: {image: 'test:${TAG}'}}\n",
      ".env": "# TAG\nTAG=1\nFULL=v${TAG}\nRAW='$TAG'\n",
      "app.env": "VERSION=$TAG\n",
    }),
  ).toEqual([
    ".env:2 TAG*",
    ".env:3 TAG",
    "app.env:1 TAG",
    "compose.test.yaml:1 TAG",
    "compose.yaml:2 TAG",
    "compose.yaml:7 TAG",
    "compose.yaml:8 TAG",
    "compose.yaml:9 TAG",
    "compose.yaml:13 TAG",
  ]);
});

test("stages, from the Dockerfile and from services that build it", () => {
  const files = {
    "api/Dockerfile": source`
      FROM golang AS Build
      FROM build AS test
      RUN --mount=type=bind,from=build true
      FROM alpine
      COPY --from=build /a /a
      COPY --from=0 /b /b`,
    "compose.yaml": source`
      services:
        api:
          build: {context: ./api, target: build}
        other:
          build: {context: ./api, target: test}`,
    "compose.override.yaml": "services:\n  api:\n    build:\n      target: build\n",
  };
  const all = [
    "api/Dockerfile:1 Build*",
    "api/Dockerfile:2 build",
    "api/Dockerfile:3 build",
    "api/Dockerfile:5 build",
    "api/Dockerfile:6 0",
    "compose.override.yaml:4 build",
    "compose.yaml:3 build",
  ].toSorted();
  expect(
    placesAt({ ...files, "api/Dockerfile": files["api/Dockerfile"].replace("Build", "Bu<|>ild") }).toSorted(),
  ).toEqual(all);
  expect(
    placesAt({
      ...files,
      "compose.yaml": files["compose.yaml"].replace("target: build", "target: bu<|>ild"),
    }).toSorted(),
  ).toEqual(all);
});

test("build arguments in all stages that declare them, but not where ENV hides them", () => {
  expect(
    placesAt({
      Dockerfile: source`
        ARG VERS<|>ION=1
        FROM alpine:\${VERSION} AS base
        RUN echo $VERSION
        FROM base AS build
        ARG VERSION
        LABEL version="$VERSION" other='$VERSION'
        RUN curl a-\${VERSION}.tgz \\
          # $VERSION
          | sha256sum
        COPY --chown=$VERSION <<EOF /x
        \${VERSION}
        EOF
        CMD echo $VERSION
        FROM build
        RUN echo \${VERSION:-2}
        ENV VERSION=$VERSION
        RUN echo $VERSION`,
      "compose.yaml":
        "services:\n  a:\n    build:\n      context: .\n      args:\n        VERSION: 2\n  b:\n    build:\n      context: .\n      args: [VERSION=3]\n",
    }),
  ).toEqual([
    "Dockerfile:1 VERSION*",
    "Dockerfile:5 VERSION*",
    "Dockerfile:2 VERSION",
    "Dockerfile:6 VERSION",
    "Dockerfile:7 VERSION",
    "Dockerfile:10 VERSION",
    "Dockerfile:11 VERSION",
    "Dockerfile:15 VERSION",
    "Dockerfile:16 VERSION",
    "compose.yaml:6 VERSION",
    "compose.yaml:10 VERSION",
  ]);
});

test("half-typed files", () => {
  for (const text of [
    "services:\n  db:\n  web:\n    depends_on: [d<|>b",
    "services:\n  db:\n  web:\n    depends_on:\n      - d<|>b\n    image: ${\n",
    "services:\n  db\n  d<|>b:\n   - :",
  ])
    expect(() => placesAt({ "compose.yaml": text })).not.toThrow();
  expect(placesAt({ "compose.yaml": "services:\n  db:\n  web:\n    depends_on: [d<|>b" })).toHaveLength(2);
  expect(placesAt({ Dockerfile: "FROM a AS b<|>\nFROM b\nCOPY --from=" })).toHaveLength(2);
});

test("asked from .env", () => {
  const files = {
    "compose.yaml": "services:\n  a: {image: 'a:${TAG}', profiles: [x1]}\n",
    ".env": "TAG=1\nCOMPOSE_PROFILES=x1\n",
  };
  expect(placesAt({ ...files, ".env": "T<|>AG=1\nCOMPOSE_PROFILES=x1\n" })).toEqual([
    ".env:1 TAG*",
    "compose.yaml:2 TAG",
  ]);
  expect(placesAt({ ...files, ".env": "TAG=1\nCOMPOSE_PROFILES=x<|>1\n" })).toEqual([
    ".env:2 x1",
    "compose.yaml:2 x1",
  ]);
});

test("whatever is cut off or left out, something is answered", () => {
  const compose = source`
    include: [{path: more.yaml, env_file: .env}]
    x-a: &a {environment: {DB_HOST: db, "A": "\u0064b"}, depends_on: [db]}
    services:
      db: {<<: *a, image: "postgres:\${TAG:-\${OTHER}}", secrets: [k], volumes: ["data:/d"]}
      web:
        <<: [*a]
        build: {context: ., target: build, args: [V=1, W], additional_contexts: [x=service:db]}
        extends: {file: more.yaml, service: b}
        links: [db:x]
    secrets: {k: {file: k}}
    volumes: {data: }`;
  const dockerfile =
    "ARG V=1\nFROM a:${V} AS build\nARG W\nRUN <<EOF\necho $W\nEOF\nFROM build\nCOPY --from=build --chown=$V a b\n";
  fc.assert(
    fc.property(fc.nat(compose.length), fc.nat(40), fc.nat(dockerfile.length), (at, length, cut) => {
      const text = compose.slice(0, at) + compose.slice(at + length);
      const { table, folder } = namedProject({ "compose.yaml": text, Dockerfile: dockerfile.slice(0, cut) });
      const path = join(folder, "compose.yaml");
      for (const { file, name, span, rewrite } of table.inFile(path)) {
        if (rewrite === "name" && name.kind !== "stage")
          expect(text.slice(span.start, span.end)).toBe(name.text);
        expect(table.at(file, span.start).length).toBeGreaterThan(0);
      }
      let last = 0;
      for (const { span } of semanticTokens(table, path)) {
        expect(span.start).toBeGreaterThanOrEqual(last);
        last = span.end;
      }
      for (const it of table.sources.compose) composeLinks(it, () => true);
    }),
    { numRuns: 150 },
  );
});
