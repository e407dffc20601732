// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { expect, test } from "vitest";
import { offered, offersAt, rewrites, take } from "../../../support/refactor.ts";

test("a mapping of several services becomes an anchor", () => {
  rewrites("Extract logging of 3 services as the anchor &logging")`
    # My project
    name: shop

    # What runs
    services:
      web:
        image: nginx:1.29
        <|>logging:
          driver: json-file
          # not more
          options:
            max-size: 10m
      api:
        image: example/api:1
        logging:
          options: {max-size: 10m}
          driver: "json-file"
        init: true
      db:
        image: redis:8
        logging:
          driver: json-file
          options: # here
            max-size: 10m
      cache:
        image: redis:8
        logging: {driver: json-file, options: {max-size: 10m}}
    ->
    # My project
    name: shop

    x-logging: &logging
      driver: json-file
      # not more
      options:
        max-size: 10m

    # What runs
    services:
      web:
        image: nginx:1.29
        logging: *logging
      api:
        image: example/api:1
        logging: *logging
        init: true
      db:
        image: redis:8
        logging:
          driver: json-file
          options: # here
            max-size: 10m
      cache:
        image: redis:8
        logging: *logging
  `;
});

test("a selected mapping too, and its name is a new one", () => {
  rewrites("Extract deploy as the anchor &deploy-2")`
    x-deploy: &deploy {replicas: 2}
    services:
      web:
        image: nginx:1.29
    <|>    deploy:
          replicas: 3
    <|>    init: true
      api:
        image: example/api:1
        deploy: *deploy
    ->
    x-deploy: &deploy {replicas: 2}
    x-deploy-2: &deploy-2
      replicas: 3

    services:
      web:
        image: nginx:1.29
        deploy: *deploy-2
        init: true
      api:
        image: example/api:1
        deploy: *deploy
  `;
});

test("and is merged into what has more", () => {
  rewrites("Extract environment of 2 services as the anchor &environment, merged with <<")`
    services:
      web:
        image: nginx:1.29
        environment:
          <|>A: a
          B: b
      api:
        image: example/api:1
        environment:
          OWN: c
          B: b
          A: a
    ->
    x-environment: &environment
      A: a
      B: b

    services:
      web:
        image: nginx:1.29
        environment: *environment
      api:
        image: example/api:1
        environment:
          OWN: c
          <<: *environment
  `;
});

test("no anchor of what holds anchors or aliases, or stands once", () => {
  const anchors = (strings: TemplateStringsArray) =>
    offered()(strings).filter((it) => it.startsWith("Extract"));
  expect(anchors`
    services:
      web:
        image: nginx:1.29
        logging<|>: &log
          driver: json-file
      api:
        image: example/api:1
        logging:
          driver: json-file
  `).toEqual([]);
  expect(anchors`
    services:
      web:
        image: nginx:1.29
        logging<|>:
          driver: json-file
  `).toEqual([]);
});

test("an alias is written out", () => {
  rewrites("Write out *logging")`
    x-logging: &logging
        driver: json-file
        options: {max-size: 10m}
    services:
      web:
        image: nginx:1.29
        logging: *log<|>ging # short
        init: true
    ->
    x-logging: &logging
        driver: json-file
        options: {max-size: 10m}
    services:
      web:
        image: nginx:1.29
        logging: # short
            driver: json-file
            options: {max-size: 10m}
        init: true
  `;
  rewrites("Write out *image")`
    x-image: &image nginx:1.29
    services:
      web: {image: *image<|>}
    ->
    x-image: &image nginx:1.29
    services:
      web: {image: nginx:1.29}
  `;
});

test("so is what is merged in, but for what the mapping has itself", () => {
  rewrites("Write out *base")`
    x-base: &base
      restart: always
      init: true
      healthcheck:
        test: |
          one

          two
        interval: 5s
    services:
      web:
        <|><<: *base
        image: nginx:1.29
        init: false
    ->
    x-base: &base
      restart: always
      init: true
      healthcheck:
        test: |
          one

          two
        interval: 5s
    services:
      web:
        restart: always
        healthcheck:
          test: |
            one

            two
          interval: 5s
        image: nginx:1.29
        init: false
  `;
});

test("no alias is written out that holds an anchor", () => {
  expect(offered()`
    x-base: &base
      environment: &env {A: b}
    services:
      web:
        <<: *base<|>
        image: nginx:1.29
      api:
        image: example/api:1
        environment: *env
  `).toEqual([]);
});

test("a health check with the server's own program, or with one that looks at the port", () => {
  rewrites("Add a health check to db")`
    services:
      db<|>:
        image: redis:8
    ->
    services:
      db:
        image: redis:8
        healthcheck:
          test: ["CMD", "redis-cli", "ping"]
          interval: 5s
          timeout: 5s
          retries: 10
  `;
  rewrites("Add a health check to web")`
    services:
      web:
        image: nginx:1.29-alpine<|>
        ports: ["8080:80"]
    ->
    services:
      web:
        image: nginx:1.29-alpine
        ports: ["8080:80"]
        healthcheck:
          test: ["CMD", "nc", "-z", "127.0.0.1", "80"]
          interval: 5s
          timeout: 5s
          retries: 10
  `;
  expect(offered()`
    services:
      db<|>:
        image: redis:8
        healthcheck: {disable: true}
  `).toEqual([]);
});

test("a password goes into a secret or .env, with its value", () => {
  const text =
    "services:\n  db:\n    image: postgres:18\n    environment:\n      POSTGRES_PASSWORD: s3cr3t # psst\n";
  const at = text.indexOf("s3c");
  const taken = (title: string, files = {}) => {
    const offer = offersAt(text, at, { files }).find((it) => it.title.includes(title));
    return offer && take(text, offer, files);
  };
  expect(taken("secret")).toEqual({
    text:
      "services:\n  db:\n    image: postgres:18\n    environment:\n      POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password # psst\n" +
      "    secrets: [postgres_password]\n\nsecrets:\n  postgres_password:\n    file: ./postgres_password.txt\n",
    files: { "postgres_password.txt": "s3cr3t" },
  });
  expect(taken(".env")).toEqual({
    text: text.replace("s3cr3t", "${POSTGRES_PASSWORD}"),
    files: { ".env": "POSTGRES_PASSWORD=s3cr3t\n" },
  });
  expect(taken(".env", { ".env": "A=1" })?.files).toEqual({ ".env": "A=1\nPOSTGRES_PASSWORD=s3cr3t\n" });
});

test("a variable that something else uses is not set", () => {
  rewrites("Move API_TOKEN into .env")`
    services:
      web:
        image: example/web:\${API_TOKEN:-1}
        environment: ["API_TOKEN=a b<|>"]
    ->
    services:
      web:
        image: example/web:\${API_TOKEN:-1}
        environment: ["API_TOKEN=\${WEB_API_TOKEN}"]
  `;
});

test("no password is moved that is no secret, or a variable already", () => {
  expect(
    offered()`
      services:
        web:
          image: example/web:1
          environment:
            API_TOKEN<|>: \${API_TOKEN}
    `.filter((it) => it.startsWith("Move")),
  ).toEqual([]);
});

test("variables of a service go into a file of their own", () => {
  const around = { absent: ["web.env"] };
  rewrites("Move environment of web into web.env", around)`
    services:
      web:
        image: example/web:1
        environment:
          # the mode
          MODE: production # not dev
          TEXT<|>: "a  b"
          QUOTE: it's
        init: true
    ->
    services:
      web:
        image: example/web:1
        env_file: web.env
        init: true
  `;
  rewrites("Move environment of web into web.env", around)`
    services:
      web:
        image: example/web:1
        env_file: a.env
        environment: [A=b<|>]
        init: true
    ->
    services:
      web:
        image: example/web:1
        env_file: [a.env, web.env]
        init: true
  `;
  const text =
    'services:\n  web:\n    image: a:1\n    environment:\n      # one\n      A: "x # y" # two\n      B: z\n';
  const offer = offersAt(text, text.indexOf("A:"), around).find((it) => it.id === "environment-file");
  expect(offer && take(text, offer).files).toEqual({ "web.env": "# one\n# two\nA='x # y'\nB=z\n" });
});

test("not those that are known only when Compose runs", () => {
  expect(
    offered({ absent: ["web.env"] })`
      services:
        web:
          image: example/web:1
          environment: {A: b<|>, C: \${D}}
    `.filter((it) => it.startsWith("Move environment")),
  ).toEqual([]);
});

test("what another file may declare is declared here", () => {
  rewrites("Declare back under networks", { alone: false })`
    services:
      web:
        image: nginx:1.29
        networks: [back<|>]
    ->
    services:
      web:
        image: nginx:1.29
        networks: [back]

    networks:
      back:
  `;
});

test("a password is not moved into a file that other services are given", () => {
  expect(offered()`
    services:
      web: {image: example/web:1, environment: ["API_TOKEN=abc<|>"]}
      other: {image: example/other:1, env_file: [./.env]}
  `).not.toContain("Move API_TOKEN into .env");
  expect(offered()`
    services:
      web: {image: example/web:1, environment: ["API_TOKEN=abc<|>"], env_file: .env}
  `).toContain("Move API_TOKEN into .env");
});

test("the last key of a moved block may have no value", () => {
  rewrites("Extract networks of 2 services")`
    services:
      web:
        image: a
        netwo<|>rks:
          front:
          back:
      api:
        image: b
        networks:
          front:
          back:

    networks:
      front:
      back:
    ->
    x-networks: &networks
      front:
      back:

    services:
      web:
        image: a
        networks: *networks
      api:
        image: b
        networks: *networks

    networks:
      front:
      back:
  `;
  rewrites("Write out *nets")`
    x-nets: &nets
      front:
      back:
    services:
      web:
        image: a
        networks: *ne<|>ts
    networks: {front: , back: }
    ->
    x-nets: &nets
      front:
      back:
    services:
      web:
        image: a
        networks:
          front:
          back:
    networks: {front: , back: }
  `;
});

test("a merge key with its tag is written out as a whole", () => {
  rewrites("Write out *base")`
    x-base: &base
      restart: always
      tty: true
    services:
      web:
        !!merge <<: *ba<|>se
        image: a
    ->
    x-base: &base
      restart: always
      tty: true
    services:
      web:
        restart: always
        tty: true
        image: a
  `;
});
