import { expect, test } from "vitest";
import { mountHidesArtifact as rule } from "../../../../server/src/rules/compose/mount-hides-artifact.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";
import { contextOf } from "../../../support/model.ts";

const around = {
  dockerfiles: {
    Dockerfile:
      'FROM golang:1.27 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /out/api .\nFROM alpine:3.24\nWORKDIR /app\nCOPY --from=build /out/api /app/api\nCMD ["./api"]\n',
    "plain/Dockerfile": 'FROM alpine:3.24\nWORKDIR /app\nCOPY api /app/api\nCMD ["./api"]\n',
  },
  absent: ["api"],
};

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad, around);
  expectComposeProblems(rule, rule.docs.good, around);
});

test("also where the service says what is started", () => {
  reportsInCompose(rule, around)`
    services:
      a: {build: ., command: /app/api -v, volumes: ["./:/app/"]}
                                                     ^^^^^^^^ mount-hides-artifact
      b: {build: ., command: sleep 9, volumes: [".:/app"]}
  `;
});

test("not where the folder may have it, or nothing is hidden", () => {
  reportsInCompose(rule, { ...around, absent: [] })`
    services:
      a: {build: ., volumes: [".:/app"]}
  `;
  reportsInCompose(rule, around)`
    services:
      b: {build: ., volumes: ["data:/app", ".:/src"]}
      c: {build: plain, volumes: [".:/app"]}
      d: {build: ., volumes: [".:\${TARGET}"]}
      e: {build: ., volumes: ["./api:/app/api"]}
      f: {build: ., volumes: [".:/app", "/app/api"]}
      g: {image: g, volumes: [".:/app"]}
    volumes: {data: {}}
  `;
});

test("the mount goes", () => {
  fixesInCompose(rule, "unsafe", "", around)`
    services:
      a:
        build: .
        volumes:
          - .:/app
          - ./b:/b
    ->
    services:
      a:
        build: .
        volumes:
          - ./b:/b
  `;
  fixesInCompose(rule, "unsafe", "", around)`
    services:
      a:
        build: .
        volumes: ["./b:/b", ".:/app"]
    ->
    services:
      a:
        build: .
        volumes: ["./b:/b"]
  `;
});

const node = {
  dockerfiles: {
    Dockerfile:
      'FROM node:24-alpine\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nEXPOSE 3000\nCMD ["npm", "start"]\n',
    "stages/Dockerfile":
      "FROM node:24 AS deps\nWORKDIR /deps\nCOPY package.json ./\nRUN npm install\nFROM node:24-slim AS dev\nWORKDIR /app\nCOPY --from=deps /deps ./\nCMD npx nodemon server.js\nFROM dev\nENV NODE_PATH=/deps\n",
    "moved/Dockerfile":
      'FROM node:24\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci && mv node_modules /node_modules\nCMD ["npm", "start"]\n',
    "own/Dockerfile":
      'FROM node:24\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\nENTRYPOINT ["./entrypoint.sh"]\nCMD ["npm", "start"]\n',
  },
  files: {
    "package.json":
      '{"scripts": {"start": "node server.js", "dev": "nodemon server.js", "fresh": "npm install && nodemon x.js"}, "dependencies": {"express": "5"}, "devDependencies": {"nodemon": "3"}}',
    "alone/package.json": '{"scripts": {"start": "node server.js"}}',
    "pnp/package.json": '{"scripts": {"start": "node server.js"}, "dependencies": {"express": "5"}}',
    "pnp/.yarnrc.yml": "enableTelemetry: false\n",
  },
  absent: ["node_modules", "alone/node_modules", "pnp/node_modules", "dist/main.js", ".pnp.js", ".pnp.cjs"],
};

test("dependencies that only the image has", () => {
  reportsInCompose(rule, node)`
    services:
      a:
        build: .
        volumes: [".:/app"]
                   ^^^^^^ mount-hides-artifact: This hides /app/node_modules, which npm has installed and the service needs.
      b:
        build: .
        command: npm run dev
        volumes: [{type: bind, source: ., target: /app/}]
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mount-hides-artifact
      c:
        build: .
        command: ["./wait-for-it.sh", "db:5432", "--", "sh", "-c", "sleep 1; exec npx nodemon server.js"]
        volumes: [".:/app"]
                   ^^^^^^ mount-hides-artifact
      d:
        build: {context: stages, target: dev}
        volumes: [".:/app"]
                   ^^^^^^ mount-hides-artifact: This hides /app/node_modules, which the stage deps has installed and the service needs.
  `;
});

test("not where they are brought back, found elsewhere or installed at the start", () => {
  reportsInCompose(rule, node)`
    services:
      a: {build: ., volumes: [".:/app", "/app/node_modules"]}
      b: {build: ., volumes: [".:/app", "modules:/app/node_modules/"]}
      d: {build: ., command: npm run fresh, volumes: [".:/app"]}
      e: {build: stages, volumes: [".:/app"]}
      f: {build: moved, volumes: [".:/app"]}
      g: {build: own, volumes: [".:/app"]}
      h: {build: ., command: sleep infinity, volumes: [".:/app"]}
      i: {build: ., volumes: ["./alone:/app"]}
      j: {build: ., volumes: ["./pnp:/app"]}
      k: {build: ., volumes: ["./src:/app/src"]}
      l: {build: ., volumes: [".:/app"], environment: {NODE_PATH: /deps}}
      m: {build: ., command: npm run dev -w web, volumes: [".:/app"]}
      n: {build: ., command: ./start.sh, volumes: [".:/app"]}
      o: {build: ., command: "npm --prefix web start", volumes: [".:/app"]}
      p: {build: ., volumes: [".:/app"], working_dir: "\${DIR}"}
      q: {build: ., volumes: [".:/app"], post_start: [{command: npm install}]}
    volumes: {modules: {}}
  `;
  reportsInCompose(rule, node)`
    services:
      a: {build: ., command: 'sh -c "npm install && npm start"', volumes: [".:/app"]}
  `;
});

test("not where another service with the folder may install them", () => {
  reportsInCompose(rule, node)`
    services:
      install: {image: "node:24", command: npm install, volumes: [".:/src"]}
      web: {build: ., volumes: [".:/app"]}
  `;
});

test("what a build of the image has made, and what it has put elsewhere", () => {
  reportsInCompose(rule, node)`
    services:
      a:
        build: .
        command: node dist/main
        volumes: [".:/app", "/app/node_modules"]
                   ^^^^^^ mount-hides-artifact: This hides /app/dist/main.js, which the image has built and the service starts.
      b: {build: ., command: node lib/main.js, volumes: [".:/app", "/app/node_modules"]}
  `;
  reportsInCompose(rule, node)`
    services:
      b: {build: ., command: 'sh -c "npm run build && node dist/main"', volumes: [".:/app", "/app/node_modules"]}
  `;
});

test("not what the build certainly makes elsewhere", () => {
  const files = {
    "package.json": '{"scripts": {"build": "tsc"}}',
    "tsconfig.json": '{"compilerOptions": {"rootDir": "src", "outDir": "build"}}',
    "src/index.ts": "",
  };
  const elsewhere = {
    dockerfiles: {
      Dockerfile:
        'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "dist/index.js"]\n',
    },
    files,
    context: contextOf(files),
    absent: ["dist/index.js", "build/index.js"],
  };
  reportsInCompose(rule, elsewhere)`
    services:
      a: {build: ., volumes: [".:/app", "/app/node_modules"]}
      b:
        build: .
        command: node build/index.js
        volumes: [".:/app", "/app/node_modules"]
                   ^^^^^^ mount-hides-artifact: This hides /app/build/index.js, which the image has built and the service starts.
  `;
});

test("virtual environments, jars and assemblies, and programs found on PATH", () => {
  const others = {
    dockerfiles: {
      "venv/Dockerfile":
        'FROM python:3.14-slim\nWORKDIR /app\nRUN python -m venv .venv\nENV PATH="/app/.venv/bin:$PATH"\nRUN pip install gunicorn\nCMD ["gunicorn", "app:app"]\n',
      "opt/Dockerfile":
        'FROM python:3.14-slim\nWORKDIR /app\nRUN python -m venv /opt/venv\nENV PATH="/opt/venv/bin:$PATH"\nCMD ["gunicorn", "app:app"]\n',
      "poetry/Dockerfile":
        'FROM python:3.14-slim\nWORKDIR /app\nRUN poetry config virtualenvs.in-project true && poetry install\nCMD ["/app/.venv/bin/python", "app.py"]\n',
      "jar/Dockerfile":
        'FROM maven:3.9 AS build\nRUN mvn package\nFROM eclipse-temurin:25-jre\nWORKDIR /app\nCOPY --from=build /target/*.jar app.jar\nENTRYPOINT ["java", "-Xmx1g", "-jar", "app.jar"]\n',
      "net/Dockerfile":
        'FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nRUN dotnet publish -o /out\nFROM mcr.microsoft.com/dotnet/aspnet:10.0\nWORKDIR /app\nCOPY --from=build /out .\nENTRYPOINT ["dotnet", "Api.dll"]\n',
      "path/Dockerfile":
        'FROM golang:1.27\nWORKDIR /app\nCOPY . .\nRUN go build -o api .\nENV PATH=/app:$PATH\nCMD ["api"]\n',
      "php/Dockerfile":
        "FROM php:8.4-fpm\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nRUN composer install\n",
    },
    files: { "public/index.php": "<?php require __DIR__.'/../vendor/autoload.php';" },
    absent: [".venv", "app.jar", "Api.dll", "api", "vendor"],
  };
  reportsInCompose(rule, others)`
    services:
      a:
        build: venv
        volumes: ["./:/app"]
                   ^^^^^^^ mount-hides-artifact: This hides /app/.venv, which python has installed and the service needs.
      b: {build: opt, volumes: [".:/app"]}
      c:
        build: poetry
        volumes: [".:/app"]
                   ^^^^^^ mount-hides-artifact: This hides /app/.venv, which poetry has installed and the service needs.
      d:
        build: path
        volumes: [".:/app"]
                   ^^^^^^ mount-hides-artifact: This hides /app/api, which the image has built and the service starts.
      e: {build: venv, command: poetry run gunicorn, volumes: [".:/app"]}
      f: {build: venv, command: /usr/bin/gunicorn app, volumes: [".:/app"]}
      g:
        build: php
        volumes: [".:/var/www/html"]
                   ^^^^^^^^^^^^^^^ mount-hides-artifact: This hides /var/www/html/vendor, which Composer has installed and the service needs.
  `;
});

test("the image's directory is kept in a volume", () => {
  fixesInCompose(rule, "unsafe", "in a volume", node)`
    services:
      a:
        build: .
        volumes:
          - .:/app # sources
    ->
    services:
      a:
        build: .
        volumes:
          - .:/app # sources
          - /app/node_modules
  `;
  expect(offeredInCompose(rule, node)`
    services:
      a: {build: ., volumes: [".:/app"]}
  `).toEqual([["Keep the image's node_modules in a volume"]]);
});
