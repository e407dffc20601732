// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { expect, test } from "vitest";
import { offered, offersAt, rewrites } from "../../../support/refactor.ts";

test("environment as a mapping, with its comments, quotes and what is quoted to stay a text", () => {
  rewrites("Write environment as a mapping")`
    services:
      web:
        image: nginx:1.29
        environment:
        # which one
        - MODE=production # not dev
        - PORT=8080
        - "GREETING=hello: world"
        - 'NAME=it''s'
        - EMPTY=
        - FROM_SHELL
        - URL=http://\${HOST}/x
        - ON<|>=on
    ->
    services:
      web:
        image: nginx:1.29
        environment:
        # which one
          MODE: production # not dev
          PORT: "8080"
          GREETING: "hello: world"
          NAME: 'it''s'
          EMPTY: ""
          FROM_SHELL:
          URL: http://\${HOST}/x
          "ON": "on"
  `;
});

test("environment as a list", () => {
  rewrites("Write environment as a list")`
    services:
      web:
        image: nginx:1.29
        environment:
          MODE: production # not dev

          # a number
          PORT: 8080
          <|>DEBUG: true
          VERSION: "1.0"
          FROM_SHELL:
          NONE: ~
          ADDRESS: 127.0.0.1:80
    ->
    services:
      web:
        image: nginx:1.29
        environment:
          - MODE=production # not dev

          # a number
          - PORT=8080
          - DEBUG=true
          - "VERSION=1.0"
          - FROM_SHELL
          - NONE
          - ADDRESS=127.0.0.1:80
  `;
});

test("labels and arguments in brackets, on several lines", () => {
  rewrites("Write labels as a mapping")`
    services:
      web:
        image: nginx:1.29
        labels: [a=b, # one
          "c=d,e", flag<|>]
    ->
    services:
      web:
        image: nginx:1.29
        labels: {a: b, # one
          c: "d,e", flag: ""}
  `;
  rewrites("Write build.args as a list")`
    services:
      web:
        build: {context: ., args: {<|>A: "1", B: , C: x}}
    ->
    services:
      web:
        build: {context: ., args: ["A=1", B, C=x]}
  `;
});

test("not where the form cannot say the same, or holds what would be lost", () => {
  const none = (strings: TemplateStringsArray) =>
    expect(offered()(strings).filter((it) => /environment|labels/.test(it))).toEqual([]);
  none`
    services:
      web:
        image: nginx:1.29
        environment:
          - \${NAME}=<|>x
  `;
  none`
    services:
      web:
        image: nginx:1.29
        environment:
          - A=1
          - A=<|>2
  `;
  none`
    services:
      web:
        image: nginx:1.29
        environment:
          A: 1.0<|>
  `;
  none`
    services:
      web:
        image: nginx:1.29
        environment:
          A: 0777<|>
          B: 2024-01-01
  `;
  none`
    services:
      web:
        image: nginx:1.29
        environment: !override
          A: b<|>
  `;
  none`
    services:
      web:
        image: nginx:1.29
        environment: &env
          A: b<|>
  `;
  none`
    x-env: &env {A: b}
    services:
      web:
        image: nginx:1.29
        environment:
          <<: *env
          B: c<|>
  `;
  none`
    services:
      web:
        image: nginx:1.29
        environment:
          A: |
            several<|>
            lines
  `;
  none`
    services:
      web:
        image: nginx:1.29
        environment:
          - &a A=b<|>
  `;
});

test("one port in the long form, and all of them", () => {
  rewrites("Write this entry of ports in the long form")`
    services:
      web:
        image: nginx:1.29
        ports:
          - "127.0.0.1:80<|>80:80/udp" # for us
          - 443
    ->
    services:
      web:
        image: nginx:1.29
        ports:
          - target: 80 # for us
            published: "8080"
            host_ip: "127.0.0.1"
            protocol: udp
          - 443
  `;
  rewrites("Write ports in the long form")`
    services:
      web:
        image: nginx:1.29
        po<|>rts: ["8000-8010:80", "[::1]:9:9", 22]
    ->
    services:
      web:
        image: nginx:1.29
        ports: [{target: 80, published: "8000-8010"}, {target: 9, published: "9", host_ip: "::1"}, {target: 22}]
  `;
});

test("ports in the short form", () => {
  rewrites("Write ports in the short form")`
    services:
      web:
        image: nginx:1.29
        <|>ports:
          - target: 80
            published: 8080
            host_ip: 127.0.0.1
            mode: ingress
          # secure
          - {target: 443, protocol: udp, host_ip: "::1"}
    ->
    services:
      web:
        image: nginx:1.29
        ports:
          - "127.0.0.1:8080:80"
          # secure
          - "[::1]::443/udp"
  `;
});

test("no other form for ports with variables, ranges, names and comments inside", () => {
  expect(offered()`
    services:
      web:
        image: nginx:1.29
        ports<|>:
          - "\${PORT:-8080}:80"
          - "3000-3001:3000-3001"
          - "99999:80"
          - target: 80 # why
            published: 80
          - {target: 81, app_protocol: http}
          - {target: 82, mode: host}
  `).toEqual([]);
});

test("volumes in the long form", () => {
  rewrites("Write volumes in the long form")`
    services:
      web:
        image: nginx:1.29
        <|>volumes:
          - ./conf:/etc/nginx:ro # settings
          - data:/data:nocopy
          - /cache
          - "./\${DIR}:/x:Z,rslave"
    volumes:
      data:
    ->
    services:
      web:
        image: nginx:1.29
        volumes:
          - type: bind # settings
            source: ./conf
            target: /etc/nginx
            read_only: true
            bind:
              create_host_path: true
          - type: volume
            source: data
            target: /data
            volume:
              nocopy: true
          - type: volume
            target: /cache
          - type: bind
            source: ./\${DIR}
            target: /x
            bind:
              create_host_path: true
              selinux: Z
              propagation: rslave
    volumes:
      data:
  `;
});

test("volumes in the short form, where it says the same", () => {
  rewrites("Write volumes in the short form")`
    services:
      web:
        image: nginx:1.29
        <|>volumes:
          - type: bind
            source: conf
            target: /etc/nginx
            read_only: true
            bind: {create_host_path: true}
          - {type: volume, source: data, target: /data, volume: {nocopy: true}}
          - {type: bind, source: ./stays, target: /stays}
          - {type: tmpfs, target: /tmp}
    volumes:
      data:
    ->
    services:
      web:
        image: nginx:1.29
        volumes:
          - ./conf:/etc/nginx:ro
          - data:/data:nocopy
          - {type: bind, source: ./stays, target: /stays}
          - {type: tmpfs, target: /tmp}
    volumes:
      data:
  `;
});

test("depends_on, both ways", () => {
  rewrites("Write depends_on with conditions")`
    services:
      web:
        image: nginx:1.29
        depends_on:
          - db<|> # first
      db: {image: "redis:8"}
    ->
    services:
      web:
        image: nginx:1.29
        depends_on:
          db: # first
            condition: service_started
      db: {image: "redis:8"}
  `;
  rewrites("Write depends_on as a list")`
    services:
      web:
        image: nginx:1.29
        depends_on:
          db:
            condition: service_started
          cache<|>: {condition: service_started, required: true}
      db: {image: "redis:8"}
      cache: {image: "redis:8"}
    ->
    services:
      web:
        image: nginx:1.29
        depends_on:
          - db
          - cache
      db: {image: "redis:8"}
      cache: {image: "redis:8"}
  `;
  expect(offered()`
    services:
      web:
        image: nginx:1.29
        depends_on<|>:
          db: {condition: service_healthy}
      db: {image: "redis:8"}
  `).toEqual([]);
});

test("networks, both ways", () => {
  rewrites("Write networks as a mapping")`
    services:
      web:
        image: nginx:1.29
        networks:
        - front<|>
        - back
    networks: {front: , back: }
    ->
    services:
      web:
        image: nginx:1.29
        networks:
          front:
          back:
    networks: {front: , back: }
  `;
  rewrites("Write networks as a list")`
    services:
      web:
        image: nginx:1.29
        networks: {front: {}, back: <|>}
    networks: {front: , back: }
    ->
    services:
      web:
        image: nginx:1.29
        networks: [front, back]
    networks: {front: , back: }
  `;
});

test("build, both ways", () => {
  rewrites("Write build in the long form")`
    services:
      web:
        build: ./web<|> # here
    ->
    services:
      web:
        build: # here
          context: ./web
  `;
  rewrites("Write build in the short form")`
    services:
      web:
        build:
          context: "./web<|>" # here
        image: web
    ->
    services:
      web:
        build: "./web" # here
        image: web
  `;
  expect(offered()`
    services:
      web:
        build<|>: {context: ., target: a}
  `).toEqual(["Write build as a block"]);
});

test("env_file, from one path to a list and further", () => {
  rewrites("Write env_file as a list")`
    services:
      web:
        image: nginx:1.29
        env_file: api.env<|>
    ->
    services:
      web:
        image: nginx:1.29
        env_file:
          - api.env
  `;
  rewrites("Write env_file as one path")`
    services:
      web:
        image: nginx:1.29
        env_file:
          - api.env<|>
        init: true
    ->
    services:
      web:
        image: nginx:1.29
        env_file: api.env
        init: true
  `;
  rewrites("Write this entry of env_file in the long form")`
    services:
      web:
        image: nginx:1.29
        env_file: [a.env, b.env<|>]
    ->
    services:
      web:
        image: nginx:1.29
        env_file: [a.env, {path: b.env, required: true}]
  `;
  rewrites("Write env_file in the short form")`
    services:
      web:
        image: nginx:1.29
        env_file<|>:
          - path: a.env
            required: true
          - {path: b.env, required: false}
    ->
    services:
      web:
        image: nginx:1.29
        env_file:
          - a.env
          - {path: b.env, required: false}
  `;
});

test("secrets and configs, both ways", () => {
  rewrites("Write secrets in the long form")`
    services:
      web:
        image: nginx:1.29
        secrets<|>: [key]
    secrets: {key: {file: ./key}}
    ->
    services:
      web:
        image: nginx:1.29
        secrets: [{source: key}]
    secrets: {key: {file: ./key}}
  `;
  rewrites("Write this entry of configs in the short form")`
    services:
      web:
        image: nginx:1.29
        configs:
          - source: conf<|> # why
    configs: {conf: {file: ./conf}}
    ->
    services:
      web:
        image: nginx:1.29
        configs:
          - conf # why
    configs: {conf: {file: ./conf}}
  `;
});

test("in a JSON file it stays JSON", () => {
  rewrites("Write ports in the long form")`
    {"services": {"web": {"image": "nginx:1.29", "ports"<|>: ["8080:80/udp"]}}}
    ->
    {"services": {"web": {"image": "nginx:1.29", "ports": [{"target": 80, "published": "8080", "protocol": "udp"}]}}}
  `;
  rewrites("Write environment as a mapping")`
    {"services": {"web": {"image": "nginx:1.29", "environment"<|>: ["A=1", "B=x"]}}}
    ->
    {"services": {"web": {"image": "nginx:1.29", "environment": {"A": "1", "B": "x"}}}}
  `;
});

test("nothing in a file that cannot be read to its end", () => {
  expect(offered()`
    services:
      web:
        image: nginx:1.29
        ports: ["80<|>:80"
  `).toEqual([]);
});

test("a folder with a dot in front of its name is a path, as it is to Compose", () => {
  rewrites("Write this entry of volumes in the long form")`
    services:
      web:
        image: nginx:1.27
        volumes:
          - <|>.data:/data
    ->
    services:
      web:
        image: nginx:1.27
        volumes:
          - type: bind
            source: .data
            target: /data
            bind:
              create_host_path: true
  `;
});

test("commands as words and as one text, as Compose takes them apart", () => {
  rewrites("Write command as a list of words")`
    services:
      web:
        image: a:1
        command: serve --name "two words" 'it is' a\ b $$HOME<|> # why
    ->
    services:
      web:
        image: a:1
        command: ["serve", "--name", "two words", "it is", "a b", "$$HOME"] # why
  `;
  rewrites("Write entrypoint as one text")`
    services:
      web:
        image: a:1
        entrypoint:
          - /bin/sh
          - -c
          - echo "$$A" 'b'<|>
          - ""
    ->
    services:
      web:
        image: a:1
        entrypoint: /bin/sh -c "echo \"$$A\" 'b'" ''
  `;
  rewrites("Write command as one text")`
    services:
      web: {image: a:1, command: [echo, "a, b", "# c"<|>]}
    ->
    services:
      web: {image: a:1, command: "echo 'a, b' '# c'"}
  `;
  for (const command of [
    "serve ${PORT}",
    "serve && wait",
    "[serve, '${PORT}']",
    "[]",
    "'it''s not closed: \"'",
    "null",
    "[a, *x]",
    "[a, # b\n      c]",
  ])
    expect(
      offersAt(`services:\n  web:\n    command: ${command}\n`, 22)
        .map((it) => it.title)
        .filter((it) => /^Write command as (?:one text|a list of words)/.test(it)),
      command,
    ).toEqual([]);
});

test("a health check as a text and as a list", () => {
  rewrites("Write test as a list")`
    services:
      web:
        image: a:1
        healthcheck:
          test: curl -f "http://localhost/$\${X}" || exit 1<|>
          interval: 5s
    ->
    services:
      web:
        image: a:1
        healthcheck:
          test: ["CMD-SHELL", "curl -f \"http://localhost/$\${X}\" || exit 1"]
          interval: 5s
  `;
  rewrites("Write test as one text")`
    services:
      web:
        image: a:1
        healthcheck:
          test:
            - CMD-SHELL
            - "true: x"<|>
    ->
    services:
      web:
        image: a:1
        healthcheck:
          test: "true: x"
  `;
  expect(
    offered()`
      services:
        web: {healthcheck: {test<|>: [CMD, "true"]}}
    `,
  ).not.toContain("Write test as one text");
});

test("kernel parameters, further hosts and contexts as lists and as mappings", () => {
  rewrites("Write sysctls as a mapping")`
    services:
      web:
        image: a:1
        sysctls:
          - net.core.somaxconn=1024<|>
          - a.b="c"
    ->
    services:
      web:
        image: a:1
        sysctls:
          net.core.somaxconn: "1024"
          a.b: "\"c\""
  `;
  rewrites("Write extra_hosts as a mapping")`
    services:
      web:
        image: a:1
        extra_hosts:
          - "db:10.0.0.2"<|>
          - six=::1 # IPv6
          - host.docker.internal:host-gateway
    ->
    services:
      web:
        image: a:1
        extra_hosts:
          db: "10.0.0.2"
          six: "::1" # IPv6
          host.docker.internal: host-gateway
  `;
  rewrites("Write build.extra_hosts as a list")`
    services:
      web:
        build:
          context: .
          extra_hosts: {db: 10.0.0.2, six: "::1"<|>}
    ->
    services:
      web:
        build:
          context: .
          extra_hosts: [db:10.0.0.2, "six=::1"]
  `;
  rewrites("Write build.additional_contexts as a list")`
    services:
      web:
        build:
          context: .
          additional_contexts:
            base: docker-image://alpine:3.22<|>
            lib: ./lib
    ->
    services:
      web:
        build:
          context: .
          additional_contexts:
            - base=docker-image://alpine:3.22
            - lib=./lib
  `;
  const forms = offered()`
    services:
      web:
        extra_hosts<|>: [a:1.1.1.1, a:2.2.2.2]
  `;
  expect(forms).not.toContain("Write extra_hosts as a mapping");
});

test("limits, devices, extended services, included files, models and what may be one or several", () => {
  rewrites("Write nofile in the long form")`
    services:
      web:
        image: a:1
        ulimits:
          nofile: 1024<|> # files
    ->
    services:
      web:
        image: a:1
        ulimits:
          nofile: # files
            soft: 1024
            hard: 1024
  `;
  rewrites("Write nofile in the short form")`
    services:
      web: {image: a:1, ulimits: {nofile: {hard: 64, soft: 64<|>}}}
    ->
    services:
      web: {image: a:1, ulimits: {nofile: 64}}
  `;
  rewrites("Write devices in the long form")`
    services:
      web:
        image: a:1
        devices:<|>
          - /dev/a
          - "/dev/b:/dev/c:rw"
    ->
    services:
      web:
        image: a:1
        devices:
          - source: /dev/a
            target: /dev/a
            permissions: rwm
          - source: /dev/b
            target: /dev/c
            permissions: rw
  `;
  rewrites("Write this entry of devices in the short form")`
    services:
      web:
        image: a:1
        devices:
          - source: /dev/b<|>
            target: /dev/b
            permissions: r
    ->
    services:
      web:
        image: a:1
        devices:
          - "/dev/b:/dev/b:r"
  `;
  rewrites("Write extends in the long form")`
    services:
      base: {image: a:1}
      web:
        extends: base<|>
    ->
    services:
      base: {image: a:1}
      web:
        extends:
          service: base
  `;
  rewrites("Write extends in the short form")`
    services:
      base: {image: a:1}
      web:
        extends: {service: base<|>}
    ->
    services:
      base: {image: a:1}
      web:
        extends: base
  `;
  rewrites("Write this entry of include in the long form")`
    include:
      - ./a.yaml<|> # first
      - path: ./b.yaml
    services: {}
    ->
    include:
      - path: ./a.yaml # first
      - path: ./b.yaml
    services: {}
  `;
  rewrites("Write models as a mapping")`
    services:
      web:
        image: a:1
        models:
          - llm<|>
    models: {llm: {model: ai/x}}
    ->
    services:
      web:
        image: a:1
        models:
          llm:
    models: {llm: {model: ai/x}}
  `;
  rewrites("Write tmpfs as a list")`
    services:
      web:
        image: a:1
        tmpfs: /tmp:size=1m<|> # small
    ->
    services:
      web:
        image: a:1
        tmpfs: # small
          - /tmp:size=1m
  `;
  rewrites("Write dns as one text")`
    services:
      web:
        image: a:1
        dns:
          - 8.8.8.8<|>
    ->
    services:
      web:
        image: a:1
        dns: 8.8.8.8
  `;
});
