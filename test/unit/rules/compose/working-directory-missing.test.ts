import { test } from "vitest";
import { workingDirectoryMissing as rule } from "../../../../server/src/rules/compose/working-directory-missing.ts";
import { fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

const files = {
  "package.json": "{}",
  "app.py": "",
  "worker/jobs.py": "",
  "api/go.mod": "module api\n",
  "requirements.txt": "flask\n",
};

test("Node, Python, Go, behind a shell and behind an installation", () => {
  reportsInCompose(rule, { files })`
    services:
      a:
        image: node:24-alpine
        command: sh -c "npm install && npm run dev"
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ working-directory-missing: npm install needs package.json, which is mounted in /usr/src/app: the container starts in /.
        volumes: [".:/usr/src/app"]
      b:
        image: python:3.14-slim
        command: ["python", "app.py"]
                 ^^^^^^^^^^^^^^^^^^^^ working-directory-missing
        volumes:
          - type: bind
            source: .
            target: /code
          - cache:/root/.cache
      c:
        image: golang:1.27
        command: go run .
        volumes: ["./api:/src"]
      d:
        image: golang:1.27
        command: go test ./...
                 ^^^^^^^^^^^^^ working-directory-missing: go test needs go.mod, which is mounted in /src: the container starts in /go.
        volumes: ["./api:/src"]
      e:
        image: python:3.14
        command: bash -c "pip install -r requirements.txt && python app.py"
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ working-directory-missing: pip install -r needs requirements.txt, which is mounted in /code: the container starts in /.
        volumes: [".:/code"]
    volumes: {cache: }
  `;
});

test("silent where it starts there, looks there, or gets it otherwise", () => {
  reportsInCompose(rule, { files, dockerfiles: { Dockerfile: "FROM node:24\nWORKDIR /app\n" } })`
    services:
      a: {image: "node:24", command: npm start, working_dir: /app, volumes: [".:/app"]}
      b: {image: "node:24", command: npm --prefix /app start, volumes: [".:/app"]}
      c: {image: "node:24", command: sh -c "cd /app && npm start", volumes: [".:/app"]}
      d: {image: "python:3.14", command: python /code/app.py, volumes: [".:/code"]}
      e: {image: "python:3.14", command: python app.py, volumes: ["./app.py:/app.py"]}
      f: {image: "golang:1.27", command: go test ./..., volumes: ["./api:/go"]}
      g: {build: ., command: npm start, volumes: [".:/app"]}
      h: {image: example/node, command: npm start, volumes: [".:/app"]}
      i: {image: "node:24", command: npm start, volumes: ["data:/app"]}
      j: {image: "python:3.14", command: python other.py, volumes: [".:/code"]}
      k: {image: "node:24", command: npm install -g serve, volumes: [".:/app"]}
      l: {image: "node:24", command: "\${CMD:-npm start} x", volumes: [".:/app"]}
      m: {image: "node:24", command: sh -c "git clone x . && npm start", volumes: [".:/app"]}
      n: {image: "php:8.4-apache", command: composer install, volumes: [".:/var/www/html"]}
    volumes: {data: }
  `;
});

test("the fix says where", () => {
  fixesInCompose(rule, "unsafe", "", { files })`
    services:
      web:
        image: node:24
        command: npm start
        volumes:
          - .:/app
    ->
    services:
      web:
        image: node:24
        command: npm start
        volumes:
          - .:/app
        working_dir: /app
  `;
});
