import { describe, expect, test } from "vitest";
import { source } from "../../../server/src/text/source.ts";
import { renamed } from "../../support/names.ts";

const compose = (text: string, name: string) => renamed({ "compose.yaml": text }, name);

test("a service, with quotes and the rest of each value kept, and as a host", () => {
  expect(
    compose(
      source`
        services:
          "d<|>b": {image: postgres:18}
          web:
            image: web
            depends_on: ['db']
            links: ["db:other"]
            environment:
              URL: "postgres://\${USER}:x@db:5432/db"
              DB_HOST: \${DB_HOST:-db} # db`,
      "database",
    ),
  ).toEqual({
    "compose.yaml": source`
      services:
        "database": {image: postgres:18}
        web:
          image: web
          depends_on: ['database']
          links: ["database:other"]
          environment:
            URL: "postgres://\${USER}:x@database:5432/db"
            DB_HOST: \${DB_HOST:-database} # db`,
  });
});

test("names that YAML would take for something else get quotes", () => {
  const text = "services:\n  d<|>b: {image: a}\n  b: {image: a, depends_on: [db], links: ['db']}\n";
  expect(compose(text, "1.5")).toEqual({
    "compose.yaml":
      'services:\n  "1.5": {image: a}\n  b: {image: a, depends_on: ["1.5"], links: [\'1.5\']}\n',
  });
  expect(compose(text, "true")).toEqual({
    "compose.yaml":
      'services:\n  "true": {image: a}\n  b: {image: a, depends_on: ["true"], links: [\'true\']}\n',
  });
  expect(compose(text, "a1")).toEqual({
    "compose.yaml": "services:\n  a1: {image: a}\n  b: {image: a, depends_on: [a1], links: ['a1']}\n",
  });
});

test("variables with their operators and their entry in .env, anchors, and secrets with their paths", () => {
  expect(
    renamed(
      {
        "compose.yaml": "services:\n  a:\n    image: a:${T<|>AG:-1}\n    command: $TAG ${X:+${TAG}} $$TAG\n",
        ".env": "export TAG = 2\nB=${TAG}\n",
      },
      "VERSION",
    ),
  ).toEqual({
    "compose.yaml":
      "services:\n  a:\n    image: a:${VERSION:-1}\n    command: $VERSION ${X:+${VERSION}} $$TAG\n",
    ".env": "export VERSION = 2\nB=${VERSION}\n",
  });
  expect(compose("x-a: &<|>a {image: a}\nservices: {b: *a, c: {<<: [*a]}}\n", "base")).toEqual({
    "compose.yaml": "x-a: &base {image: a}\nservices: {b: *base, c: {<<: [*base]}}\n",
  });
  expect(
    compose(
      "services:\n  a: {image: a, secrets: [k], environment: {K_FILE: /run/secrets/k}}\nsecrets: {<|>k: {file: k}}\n",
      "key",
    ),
  ).toEqual({
    "compose.yaml":
      "services:\n  a: {image: a, secrets: [key], environment: {K_FILE: /run/secrets/key}}\nsecrets: {key: {file: k}}\n",
  });
});

test("a stage and an argument, in the Dockerfile and the Compose files that build it", () => {
  const files = {
    Dockerfile:
      "FROM golang AS build\nARG VERSION=1\nRUN echo ${VERSION:-2}\nFROM scratch\nCOPY --from=build --chmod=1 /a /a\n",
    "compose.yaml": "services:\n  a:\n    build: {context: ., target: build, args: {VERSION: 3}}\n",
  };
  expect(
    renamed({ ...files, Dockerfile: files.Dockerfile.replace("=build", "=bu<|>ild") }, "compile"),
  ).toEqual({
    Dockerfile: files.Dockerfile.replaceAll("build", "compile"),
    "compose.yaml": files["compose.yaml"].replace("target: build", "target: compile"),
  });
  expect(
    renamed({ ...files, "compose.yaml": files["compose.yaml"].replace("{VERSION", "{V<|>ERSION") }, "GO"),
  ).toEqual({
    Dockerfile: files.Dockerfile.replaceAll("VERSION", "GO"),
    "compose.yaml": files["compose.yaml"].replace("VERSION", "GO"),
  });
});

test("hosts in configurations that a service mounts, and files that are not this project's", () => {
  const files = {
    "compose.yaml": source`
      services:
        proxy:
          image: nginx
          volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro", "./conf:/etc/caddy", ".:/app"]
        api: {image: api}`,
    "nginx.conf":
      "upstream api { server api:8080; } # api:8080\n# api:1\nproxy_pass http://api;\nserver other-api:80;\n",
    "conf/Caddyfile": "reverse_proxy api:8080 api.example.com:80\n",
    "unused.conf": "server api:8080;\n",
  };
  expect(
    renamed({ ...files, "compose.yaml": files["compose.yaml"].replace("api:", "a<|>pi:") }, "shop"),
  ).toEqual({
    "compose.yaml": files["compose.yaml"].replace("api:", "shop:"),
    "nginx.conf":
      "upstream api { server shop:8080; } # api:8080\n# api:1\nproxy_pass http://api;\nserver other-api:80;\n",
    "conf/Caddyfile": "reverse_proxy shop:8080 api.example.com:80\n",
  });
});

describe("refused, with a sentence", () => {
  const services = "services:\n  d<|>b: {image: a}\n  web: {image: a, container_name: shop}\n";

  test("names that are none, or are taken", () => {
    expect(compose(services, "my db")).toBe(
      "`my db` is no name for a service: it has letters, digits, `.`, `_` and `-`.",
    );
    expect(compose(services, "web")).toBe("There is a service `web` already. Choose another name.");
    expect(compose(services, "shop")).toBe(
      "Another container is found as `shop` already. Choose another name.",
    );
    expect(compose(`${services}  x: {image: a, environment: {DB_HOST: db}}\n`, "a.b")).toBe(
      "`a.b` is no name for a host, as which this service is used: it has letters, digits and `-`.",
    );
    const dockerfile = "FROM golang AS bu<|>ild\nFROM alpine\nARG A\nENV B=1\nRUN $A\n";
    expect(renamed({ Dockerfile: dockerfile }, "1a")).toMatch("a letter in front");
    expect(renamed({ Dockerfile: dockerfile }, "Alpine")).toBe(
      "There is a stage `Alpine` already. Choose another name.",
    );
    expect(renamed({ Dockerfile: dockerfile }, "scratch")).toMatch("means something else");
    const argument = dockerfile.replace("<|>", "").replace("ARG A", "ARG <|>A");
    expect(renamed({ Dockerfile: argument }, "B")).toBe(
      "`B` is declared in this Dockerfile already. Choose another name.",
    );
    expect(renamed({ Dockerfile: argument }, "TARGETARCH")).toMatch("BuildKit itself sets `TARGETARCH`");
    expect(compose("x-a: &<|>a {image: a}\nx-b: &b {image: a}\nservices: {b: *a, c: *b}\n", "b")).toBe(
      "There is an anchor `b` already. Choose another name.",
    );
    expect(compose("services: {a: {image: 'a:${<|>TAG}$OTHER'}}\n", "OTHER")).toBe(
      "There is a variable `OTHER` already. Choose another name.",
    );
  });

  test("names that stand for something else too", () => {
    expect(
      compose(
        "x-name: &name db\nservices:\n  d<|>b: {image: a}\n  b: {image: a, depends_on: [*name]}\n",
        "x",
      ),
    ).toBe(
      "The service `db` cannot be renamed: the anchor `&name` makes this value stand for others too (compose.yaml:1).",
    );
    expect(
      renamed(
        {
          "compose.yaml": "services:\n  d<|>b: {image: a}\n  b: {image: a, depends_on: ['${DB}']}\n",
          ".env": "DB=db\n",
        },
        "x",
      ),
    ).toBe(
      "The service `db` cannot be renamed: `db` is what the variable `DB` gives there, so both have to be changed by hand (compose.yaml:3).",
    );
    expect(
      compose("services: {a: {image: a, networks: [back]}}\nnetworks: {b<|>ack: {external: true}}\n", "x"),
    ).toMatch(
      "this network is external, so `back` is what it is called there: write `name: back` into it first",
    );
    expect(compose("services: {a: {image: a, networks: [de<|>fault]}}\n", "x")).toMatch(
      "It cannot be renamed.",
    );
    expect(renamed({ Dockerfile: "ARG B=build\nFROM golang AS bui<|>ld\nFROM $B\n" }, "x")).toBe(
      "The stage `build` cannot be renamed: `$B` stands for it there (Dockerfile:3).",
    );
    expect(renamed({ Dockerfile: "FROM golang AS build\nFROM alpine\nCOPY --from=<|>0 a b\n" }, "x")).toBe(
      "The stage is named by its number here. Rename it where its name stands (Dockerfile:1).",
    );
    expect(renamed({ Dockerfile: "FROM golang\nFROM alpine\nCOPY --from=<|>0 a b\n" }, "x")).toMatch(
      "Give it one with `AS`",
    );
    expect(renamed({ Dockerfile: "FROM golang\nENV <|>A=1\n" }, "x")).toMatch(
      "programs in the image see this variable",
    );
    expect(renamed({ Dockerfile: "FROM golang\nARG <|>A\nRUN A=2; echo $A\n" }, "x")).toMatch(
      "sets `A` by itself too",
    );
    expect(renamed({ Dockerfile: "FROM golang\nARG <|>TARGETARCH\n" }, "x")).toMatch("BuildKit itself sets");
    expect(
      renamed({ "compose.yaml": "services: {a: {image: 'a:${<|>TAG}', environment: [TAG]}}\n" }, "x"),
    ).toBe(
      "The variable `TAG` cannot be renamed: the container of `a` is given it under this name (compose.yaml:1).",
    );
    expect(
      renamed(
        { "compose.yaml": "services: {a: {image: 'a:${<|>TAG}', env_file: .env}}\n", ".env": "TAG=1\n" },
        "x",
      ),
    ).toBe(
      "The variable `TAG` cannot be renamed: the container of `a` is given this file, and sees it under this name (.env:1).",
    );
    expect(compose("services: {a: {image: 'a:${COMPOSE<|>_PROJECT_NAME}'}}\n", "x")).toMatch(
      "Compose itself reads",
    );
  });

  test("a list that is used for two kinds of thing", () => {
    expect(
      compose(
        "x-both: &both [back]\nservices:\n  ba<|>ck: {image: a}\n  b: {image: a, depends_on: *both, networks: *both}\nnetworks: {back: }\n",
        "x",
      ),
    ).toBe(
      "The service `back` cannot be renamed alone: `back` means several things (compose.yaml:1): a service, a network.",
    );
  });

  test("where nothing has a name", () => {
    expect(compose("services:\n  a: {image: <|>a, environment: {DB_HOST: db.example.com}}\n", "x")).toBe(
      "Nothing has a name here.",
    );
    expect(compose("services:\n  a: {image: a, environment: {DB_HOST: d<|>b.example.com}}\n", "x")).toBe(
      "Nothing has a name here.",
    );
  });
});

test("no name that means another thing to Compose, the shell or the network", () => {
  const compose = "services:\n  a: {image: 'x:${TAG}'}\n  b: {image: y}\nx-c: &c {d: e}\nx-f: *c\n";
  const at = (word: string) => ({ "compose.yaml": compose.replace(word, `${word}<|>`), ".env": "TAG=1\n" });
  expect(renamed(at("TAG"), "HOME")).toBe(
    "The shell sets `HOME`, and goes before `.env`. Choose another name.",
  );
  expect(renamed(at("  a"), "B")).toBe("Another container is found as `B` already. Choose another name.");
  expect(renamed(at("&c"), "a.b")).toBe(
    "`a.b` is no name for an anchor: it has letters, digits, `_` and `-`.",
  );
});

test("a service is a host in commands, health checks, labels and lists", () => {
  const text = source`
    services:
      api<|>:
        image: a
        healthcheck:
          test: ["CMD-SHELL", "curl -f http://api:8080/health || exit 1"]
      checked:
        image: a
        healthcheck: {test: curl -fs http://localhost:80 && nc -z api 8080}
      waits:
        image: a
        entrypoint: ["/wait-for-it.sh", "api:8080", "--"]
        command: >
          sh -c "until curl
          http://api:8080/; do sleep 1; done; echo $$HOME"
      proxied:
        image: a
        labels:
          - traefik.http.services.x.loadbalancer.server.url=http://api:8080
          - com.example.note=http://api:8080
      asks:
        image: a
        command: [pg_isready, -h, api, "--user=api"]
        environment:
          KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://api:9092,OUTSIDE://localhost:29092
          KAFKA_CONTROLLER_QUORUM_VOTERS: 1@api:9093,2@other:9093
          KAFKA_BOOTSTRAP_SERVERS: api:9092
          discovery.seed_hosts: api,es02
          ZOO_SERVERS: server.1=api:2888:3888;2181
          IMAGE: api:1234
          NAME: api:16
      not:
        image: api
        command: chown api:1000 /data
        user: api:1000
        entrypoint: docker run api:1000
  `;
  const renamedText = renamed({ "compose.yaml": text }, "web");
  expect(renamedText).toEqual({
    "compose.yaml": text
      .replace("api<|>", "web")
      .replaceAll("http://api:8080/", "http://web:8080/")
      .replace("server.url=http://api", "server.url=http://web")
      .replace("-z api", "-z web")
      .replace('"api:8080"', '"web:8080"')
      .replace("-h, api", "-h, web")
      .replace("PLAINTEXT://api", "PLAINTEXT://web")
      .replace("1@api", "1@web")
      .replace("SERVERS: api", "SERVERS: web")
      .replace("hosts: api", "hosts: web")
      .replace("1=api", "1=web"),
  });
});

test("names that labels give to Traefik, in every label and file", () => {
  const files = {
    "compose.yaml": source`
      services:
        api:
          image: a
          labels:
            - traefik.http.routers.api.rule=Host(\`x\`)
            - traefik.http.routers.api.service=Main
            - "traefik.http.routers.api.middlewares=login@docker, other@file,zip"
            - traefik.http.services.ma<|>in.loadbalancer.server.port=80
            - traefik.http.services.main.loadbalancer.sticky=true
    `,
    "compose.override.yaml": source`
      services:
        api:
          labels:
            traefik.http.routers.second.service: main@docker
            traefik.http.middlewares.login.chain.middlewares: zip
            traefik.http.middlewares.zip.compress: "true"
    `,
  };
  expect(renamed(files, "web")).toEqual({
    "compose.yaml": files["compose.yaml"]
      .replace("service=Main", "service=web")
      .replace("ma<|>in", "web")
      .replace("services.main", "services.web"),
    "compose.override.yaml": files["compose.override.yaml"].replace("main@", "web@"),
  });
  const zip = { ...files, "compose.yaml": files["compose.yaml"].replace("<|>", "").replace("zip", "z<|>ip") };
  expect(renamed(zip, "gzip")).toEqual({
    "compose.yaml": files["compose.yaml"].replace("<|>", "").replace("zip", "gzip"),
    "compose.override.yaml": files["compose.override.yaml"].replaceAll("zip", "gzip"),
  });
  expect(renamed(zip, "login")).toBe(
    "There is a middleware of Traefik `login` already. Choose another name.",
  );
  expect(renamed(zip, "a.b")).toContain("is no name for a middleware of Traefik");
});

test("a service is a host in its own variables, and in configurations without a port", () => {
  const files = {
    "compose.yaml":
      "services:\n  kafka<|>:\n    image: k\n    environment: {SELF_URL: 'http://kafka:8080/'}\n  web: {image: nginx, volumes: ['./nginx.conf:/etc/nginx/nginx.conf']}\n",
    "nginx.conf":
      "location / { proxy_pass http://kafka/x; }\nlocation /y { proxy_pass http://kafka.org/kafka; }\n",
  };
  expect(renamed(files, "queue")).toMatchObject({
    "compose.yaml": expect.stringContaining("SELF_URL: 'http://queue:8080/'"),
    "nginx.conf":
      "location / { proxy_pass http://queue/x; }\nlocation /y { proxy_pass http://kafka.org/kafka; }\n",
  });
  const own = { ...files, "nginx.conf": "upstream kafka { server kafka:80; }\nproxy_pass http://kafka;\n" };
  expect(renamed(own, "queue")).toMatchObject({
    "nginx.conf": "upstream kafka { server queue:80; }\nproxy_pass http://kafka;\n",
  });
});

test("a variable of a file that includes others is one in these too, before their own", () => {
  const files = {
    "compose.yaml": "include: [part/compose.yaml]\nservices:\n  a: {image: 'a:${T<|>AG}'}\n",
    "part/compose.yaml": "services:\n  b: {image: 'b:${TAG}-${OWN}'}\n",
    ".env": "TAG=1\n",
    "part/.env": "TAG=2\nOWN=3\n",
  };
  expect(renamed(files, "VERSION")).toEqual({
    "compose.yaml": files["compose.yaml"].replace("T<|>AG", "VERSION"),
    "part/compose.yaml": files["part/compose.yaml"].replace("TAG", "VERSION"),
    ".env": "VERSION=1\n",
  });
});

test("a variable that a secret or config is made of, and of a file whose service is extended", () => {
  const files = {
    "compose.yaml": source`
      services:
        web:
          image: web:\${TAG}
          secrets: [token]
        kid:
          extends: {file: parts/base.yaml, service: base}
      secrets:
        token: {environment: TOKEN}
      configs:
        c: {environment: "TOKEN"}`,
    "parts/base.yaml": "services:\n  base:\n    image: base:${TAG}\n",
    ".env": "TAG=1\nTOKEN=x\n",
  };
  const env = (text: string) => ({ ...files, ".env": text });
  expect(renamed(env("TAG=1\nTOK<|>EN=x\n"), "SECRET")).toEqual({
    ".env": "TAG=1\nSECRET=x\n",
    "compose.yaml": files["compose.yaml"].replaceAll("TOKEN", "SECRET"),
  });
  expect(renamed(env("T<|>AG=1\nTOKEN=x\n"), "VERSION")).toEqual({
    ".env": "VERSION=1\nTOKEN=x\n",
    "compose.yaml": files["compose.yaml"].replace("TAG", "VERSION"),
    "parts/base.yaml": files["parts/base.yaml"].replace("TAG", "VERSION"),
  });
});

test("over two folders that are opened, from either side", () => {
  const files = {
    "shop/compose.yaml":
      "include: [../base/compose.yaml]\nservices:\n  web: {image: 'w:1', depends_on: [db]}\n",
    "base/compose.yaml": "services:\n  d<|>b: {image: 'd:1'}\n",
  };
  expect(renamed(files, "store", ["shop", "base"])).toEqual({
    "shop/compose.yaml": files["shop/compose.yaml"].replace("[db]", "[store]"),
    "base/compose.yaml": files["base/compose.yaml"].replace("d<|>b", "store"),
  });
});

test("in further documents of a file too", () => {
  const text = source`
    services:
      db: {image: x:1}
      api:
        image: y:1
        depends_on: [db]
    ---
    services:
      api:
        depends_on: [d<|>b]
        environment: [URL=http://db:80]
        networks: [front]
    networks: {front: }
  `;
  const plain = text.replace("<|>", "");
  expect(renamed({ "compose.yaml": text }, "store")).toEqual({
    "compose.yaml": plain.replaceAll("db", "store"),
  });
  expect(renamed({ "compose.yaml": plain.replace("[front]", "[fr<|>ont]") }, "back")).toEqual({
    "compose.yaml": plain.replaceAll("front", "back"),
  });
});

describe("here-documents", () => {
  const text = 'FROM alpine\nCOPY <<A <<-"B<|>" /x/\nB\nA\n\tthere\n\tB\nRUN <<B\ntrue\nB\n';

  test("its word and the line that closes it, and no other of the same name", () => {
    expect(renamed({ Dockerfile: text }, "END")).toEqual({
      Dockerfile: 'FROM alpine\nCOPY <<A <<-"END" /x/\nB\nA\n\tthere\n\tEND\nRUN <<B\ntrue\nB\n',
    });
  });

  test("not to a line of it, nor to what is no word", () => {
    expect(renamed({ Dockerfile: text }, "there")).toContain("would end it");
    expect(renamed({ Dockerfile: text }, "a b")).toContain("is no name for a here-document");
  });
});
