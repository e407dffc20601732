import { expect, test } from "vitest";
import { secretFileCopied as rule } from "../../../../server/src/rules/dockerfile/secret-file-copied.ts";
import { expectProblems, ignoreFileFixed, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const key = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n";
const files = {
  ".env": "A=b",
  ".env.example": "A=",
  ".npmrc": "//registry.npmjs.org/:_authToken=npm_abc\n",
  "certs/ca.pem": "-----BEGIN CERTIFICATE-----\n",
  "certs/site.pem": key,
  "home/.aws/credentials": "[default]\n",
  "site.pem": key,
  "src/main.js": "",
};

test("in folders, behind patterns, and by the text", () => {
  reports(rule, { context: contextOf(files) })`
    FROM node:24-alpine
    COPY . /a/
         ^ secret-file-copied: This copies .env, a file of environment variables, into the image.
    COPY src certs /b/
             ^^^^^ secret-file-copied: This copies certs/site.pem, a private key, into the image.
    ADD home/ /c/
        ^^^^^ secret-file-copied: This copies home/.aws/credentials, a file of AWS credentials, into the image.
    COPY .npmrc /d/
         ^^^^^^ secret-file-copied: This copies .npmrc, a file with a token of a registry, into the image.
    COPY *.pem /e/
         ^^^^^ secret-file-copied: This copies site.pem, a private key, into the image.
  `;
});

test("not what the ignore file keeps out, nor names that say it themselves", () => {
  const ignore = ".env\n*.pem\n**/.aws\n.npmrc\n";
  reports(rule, { context: contextOf({ ...files, ".dockerignore": ignore }) })`
    FROM node:24-alpine
    COPY . /a/
    COPY home src /b/
    COPY .env /c/
  `;
});

test("not the defaults in .env where secrets stand in .env.local", () => {
  const shared = { ".env": "APP_ENV=dev\n", "composer.json": "{}" };
  const context = contextOf({ ...shared, ".dockerignore": "vendor/\n.env.local\n" });
  reports(rule, { context })`
    FROM php:8.4-apache
    COPY . ./
  `;
  const careless = contextOf({ ...shared, ".dockerignore": "vendor/\n.env.*\n" });
  reports(rule, { context: careless })`
    FROM php:8.4-apache
    COPY . ./
         ^ secret-file-copied
  `;
});

test("not in a stage that is not shipped, and not without a context", () => {
  reports(rule, { context: contextOf(files) })`
    FROM node:24-alpine AS build
    COPY . /a/
    FROM node:24-alpine
    COPY --exclude=.env . /a/
    COPY --from=build /a/src /a/
  `;
  reports(rule)`
    FROM node:24-alpine
    COPY . /a/
  `;
});

test("not certificates, examples and an .npmrc that takes its token from a variable", () => {
  const npmrc = "//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n";
  reports(rule, {
    context: contextOf({ ".npmrc": npmrc, ".env.example": "", "ca.pem": "-----BEGIN CERTIFICATE-----" }),
  })`
    FROM node:24-alpine
    COPY . /a/
  `;
});

test("not what stands beside a Dockerfile in a folder that nothing shows to be the context", () => {
  const files = { ".env": "A=b", "Dockerfile.dev": "", "entry.sh": "" };
  reports(rule, { context: contextOf(files) })`
    FROM node:24-alpine
    COPY . /a/
  `;
  reports(rule, { context: contextOf(files, "given") })`
    FROM node:24-alpine
    COPY . /a/
         ^ secret-file-copied
  `;
});

const write = (text: string, files: Readonly<Record<string, string>>) =>
  ignoreFileFixed(rule, text, { context: contextOf(files) });

test("keeps all that comes along out of the build", () => {
  const text = "FROM python:3.14-slim\nCOPY . /a/\n";
  expect(write(text, files)).toEqual([
    "Create .dockerignore with .env, .npmrc and site.pem",
    "# Secrets stay out of the image.\n.env\n.npmrc\nsite.pem\n",
  ]);
  expect(write(text, { ...files, ".dockerignore": "*.pem\n!.git\n" })).toEqual([
    "Add .env and .npmrc to .dockerignore",
    "*.pem\n!.git\n.env\n.npmrc\n",
  ]);
  expect(write("FROM alpine:3.24\nCOPY home /a/\n", files)[1]).toContain("\nhome/.aws/credentials\n");
  expect(write(text, { "src/a.py": "", "README.md": "", "[x].pem": key, "#y.pem": key })[1]).toContain(
    "\n\\[x\\].pem\n/#y.pem\n",
  );
});

test("not what the Dockerfile names, reads, or copies a folder for", () => {
  offersNothing(rule, { context: contextOf(files) })`
    FROM node:24-alpine
    COPY .npmrc /a/
    COPY *.pem /b/
    COPY certs /etc/nginx/certs
  `;
  offersNothing(rule, { context: contextOf({ ".npmrc": files[".npmrc"], "package.json": "{}" }) })`
    FROM node:24-alpine
    COPY . /a/
    RUN npm ci
  `;
  offersNothing(rule, { context: contextOf({ ".env": "A=b", "server.js": "", "package.json": "{}" }) })`
    FROM node:24-alpine
    COPY . .
    CMD ["node", "--env-file=.env", "server.js"]
  `;
  offersNothing(rule, { context: contextOf({ ".env": "A=b", ".dockerignore": "x\n!.env\n" }) })`
    FROM node:24-alpine
    COPY . .
  `;
});

test("by what is in the file", () => {
  const context = contextOf({
    "settings.xml": "<settings><server><password>hunter2hunter2</password></server></settings>",
    "maven/settings.xml": "<settings><server><password>${env.TOKEN}</password></server></settings>",
    "service-account.json":
      '{ "type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\nMII" }',
    "config/credentials.json": '{ "type": "none" }',
    "config/master.key": "0123456789abcdef0123456789abcdef\n",
  });
  reports(rule, { context })`
    FROM alpine:3.24
    COPY settings.xml /root/.m2/
         ^^^^^^^^^^^^ secret-file-copied: This copies settings.xml, a file with a password, into the image.
    COPY maven/settings.xml /root/.m2/
    COPY service-account.json /sa.json
         ^^^^^^^^^^^^^^^^^^^^ secret-file-copied: This copies service-account.json, a key of a Google service account, into the image.
    COPY config/credentials.json /c.json
    COPY config/master.key /app/config/
         ^^^^^^^^^^^^^^^^^ secret-file-copied: This copies config/master.key, the master key of Rails, into the image.
  `;
});

test("files of tools with a password or a token in them", () => {
  const secret: Record<string, string> = {
    "nuget.config": '<add key="ClearTextPassword" value="p4Kz93Lm0Qw" />',
    "pip.conf": "[global]\nindex-url = https://ci:Zx9kQ2mL8v@nexus.corp.example/simple",
    "gradle.properties": "org.gradle.caching=true\nnexusPassword=Lk2mQ9zXv7",
    "auth.json":
      '{"http-basic": {"repo.packagist.com": {"username": "token", "password": "a92kfl0qmzx81b"}}}',
    ".yarnrc.yml": "npmAuthToken: 9f8a7d6c5b4e3f2a1b0c",
    netrc: "machine artifacts.corp login ci password Kq82mzLx0v",
    kubeconfig: "users:\n- user:\n    client-key-data: LS0tLS1CRUdJTiBSU0Eg",
    "appsettings.json": '{"C": "Server=db.corp.net;User Id=sa;Password=Kq82mzLx0v;"}',
    ".cargo/credentials.toml": '[registry]\ntoken = "cioKq82mzLx0vZx81kQpLm29v"',
    "application-prod.yml": "spring:\n  datasource:\n    password: Kq82mzLx0v",
  };
  const plain: Record<string, string> = {
    "nuget.config": '<add key="ClearTextPassword" value="%NUGET_PAT%" />',
    "pip.conf": "[global]\nindex-url = https://nexus.corp.example/simple",
    "gradle.properties": "org.gradle.caching=true\nnexusPassword=changeme\nsigning.password=",
    "auth.json": '{"http-basic": {}}',
    ".yarnrc.yml": 'npmAuthToken: "${NPM_TOKEN:-}"',
    netrc: "machine a login b password $P",
    kubeconfig: "users: []",
    "appsettings.json": '{"C": "Server=localhost;User Id=sa;Password=Kq82mzLx0v;"}',
    "application-prod.yml": "spring:\n  datasource:\n    password: ${DB_PASSWORD}",
  };
  for (const [files, isTold] of [
    [secret, true],
    [plain, false],
  ] as const)
    for (const [name, text] of Object.entries(files)) {
      const marks = isTold ? `     ${"^".repeat(name.length)} secret-file-copied\n` : "";
      expectProblems(rule, `FROM alpine:3.24\nCOPY ${name} /x\n${marks}`, {
        context: contextOf({ [name]: text }),
      });
    }
});
