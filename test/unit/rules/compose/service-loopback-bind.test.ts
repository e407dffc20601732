import { expect, test } from "vitest";
import { serviceLoopbackBind as rule } from "../../../../server/src/rules/compose/service-loopback-bind.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  foundInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("by what the server does, by what it is told, and behind a script", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: python:3.14
        command: python manage.py runserver
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^ service-loopback-bind: python runserver listens on 127.0.0.1 unless it is told otherwise, so nothing answers at the published port of a.
        ports: ["8000:8000"]
      b:
        image: python:3.14
        command: sh -c "python manage.py migrate && python manage.py runserver 127.0.0.1:8000"
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ service-loopback-bind: python runserver is told to listen on the loopback interface, so nothing answers at the published port of b.
        ports: ["8001:8000"]
      c:
        image: python:3.14
        command: ["poetry", "run", "uvicorn", "main:app", "--host", "localhost"]
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ service-loopback-bind
        ports: ["8002:8000"]
  `;
});

test("silent where it may be reached, or nothing is published", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: python:3.14
        command: uvicorn main:app
      b:
        image: python:3.14
        command: uvicorn main:app
        environment: {UVICORN_HOST: 0.0.0.0}
        ports: ["8000:8000"]
      c:
        image: python:3.14
        command: uvicorn main:app
        network_mode: host
        ports: ["8000:8000"]
      d:
        image: example/api:1
        command: uvicorn main:app
        ports: ["8001:8000"]
      e:
        image: node:24
        command: npx vite
        ports: ["5173:5173"]
      f:
        image: python:3.14
        command: sh -c "export UVICORN_HOST=0.0.0.0; uvicorn main:app"
        ports: ["8003:8000"]
      g:
        image: python:3.14
        command: python manage.py runserver 0.0.0.0:8000
        ports: ["8004:8000"]
      h:
        image: python:3.14
        command: uvicorn main:app
        env_file: missing.env
        ports: ["8005:8000"]
  `;
});

test("the option that it lacks", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: python:3.14
        command: uvicorn main:app --reload
        ports: ["8000:8000"]
    ->
    services:
      a:
        image: python:3.14
        command: ["uvicorn", "main:app", "--reload", "--host", "0.0.0.0"]
        ports: ["8000:8000"]
  `;
});

test("silent where a hidden file of a mounted folder may say it", () => {
  const text = `
    services:
      a:
        image: python:3.14
        command: flask run
        volumes: [".:/app"]
        ports: ["5000:5000"]
  `;
  const found = (absent: readonly string[]) => foundInCompose(rule, text, { absent }).map((it) => it.message);
  expect(found([".flaskenv", ".env", "./.flaskenv", "./.env"])).toHaveLength(1);
  expect(found([])).toEqual([]);
});

test("databases that are told to, whatever else is known of their images", () => {
  reportsInCompose(rule)`
    services:
      mongo:
        image: mongo:7
        command: mongod --replSet rs0 --bind_ip 127.0.0.1
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ service-loopback-bind: mongod is told to listen on the loopback interface, so nothing answers at the published port of mongo.
        ports: ["27017:27017"]
      redis:
        image: redis:7
        command: redis-server --bind 127.0.0.1
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ service-loopback-bind
        ports: ["6379:6379"]
      postgres:
        image: postgres:17
        command: -c listen_addresses=localhost
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ service-loopback-bind
        ports: ["5432:5432"]
      all:
        image: postgres:17
        command: postgres -c listen_addresses='*' -c max_connections=200
        ports: ["5433:5432"]
      default:
        image: mysql:8.4
        command: --max-connections=200
        ports: ["3306:3306"]
      several:
        image: mongo:7
        command: mongod --bind_ip localhost,mongo
        ports: ["27018:27017"]
  `;
});

test("an option of any program for the address", () => {
  reportsInCompose(rule)`
    services:
      agent:
        image: grafana/agent:v0.44.3
        command: ["-config.file=/etc/agent.yaml", "-server.http.address=127.0.0.1:9091"]
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ service-loopback-bind: agent is told to listen on 127.0.0.1:9091, so nothing answers at its published port.
        ports: ["9191:9091"]
      own:
        image: example/own
        command: /serve --listen localhost:8080
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ service-loopback-bind
        ports: ["80:8080"]
  `;
});

test("not of what is asked elsewhere, another port, or one that is told twice", () => {
  reportsInCompose(rule)`
    services:
      upstream: {image: example/a, command: --upstream-address=127.0.0.1:8080, ports: ["80:8080"]}
      http: {image: example/a, command: --http-target=127.0.0.1:8080, ports: ["80:8080"]}
      other: {image: example/a, command: --listen=127.0.0.1:9000, ports: ["80:8080"]}
      twice: {image: example/a, command: "--listen=127.0.0.1:8080 --listen=0.0.0.0:8080", ports: ["80:8080"]}
      all: {image: example/a, command: "--listen=0.0.0.0:8080", ports: ["80:8080"]}
      host: {image: example/a, command: "--listen=127.0.0.1:8080", network_mode: host}
      unknown: {image: example/a, command: "--listen=\${HOST}:8080", ports: ["80:8080"]}
  `;
});
