import { expect, test } from "vitest";
import { copyAllWithoutDockerignore as rule } from "../../../../server/src/rules/dockerfile/copy-all-without-dockerignore.ts";
import { source } from "../../../../server/src/text/source.ts";
import { ignoreFileFixed, offersNothing, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const files = { ".git/HEAD": "", ".venv/pyvenv.cfg": "", ".env": "A=b", "main.py": "" };

test("the first of a file", () => {
  reports(rule, { context: contextOf(files) })`
    FROM python:3.14-slim AS build
    COPY main.py /a/
    COPY ./ /src/
         ^^ copy-all-without-dockerignore: Without an ignore file this copies .git, .venv and .env too.
    FROM python:3.14-slim
    COPY . .
  `;
});

test("not without such files, or where only some are copied", () => {
  reports(rule, { context: contextOf({ "main.py": "", target: "a file" }) })`
    FROM python:3.14-slim
    COPY . .
  `;
  reports(rule, { context: contextOf(files) })`
    FROM python:3.14-slim
    COPY main.py src/ ./
    COPY --exclude=.git . .
    COPY --from=nginx:1.29 . .
  `;
  reports(rule)`
    FROM python:3.14-slim
    COPY . .
  `;
});

test("folders that an ignore file forgets, but not what it speaks of or the build needs", () => {
  const forgets = { ...files, "package.json": "{}", "node_modules/a.js": "" };
  reports(rule, {
    context: contextOf({ ...forgets, ".dockerignore": "# .venv is copied\n.env\n.gitignore\n" }),
  })`
    FROM node:24-alpine
    COPY . .
         ^ copy-all-without-dockerignore: This copies .git and node_modules too, which the ignore file does not keep out.
    RUN npm ci
  `;
  reports(rule, { context: contextOf({ ...forgets, ".dockerignore": ".venv\n.git/objects\n" }) })`
    FROM node:24-alpine
    COPY . .
    CMD ["node", "server.js"]
  `;
  reports(rule, { context: contextOf({ ...files, ".dockerignore": ".venv\n!.git\n" }) })`
    FROM python:3.14-slim
    COPY . .
  `;
  reports(rule, { context: contextOf({ ...files, ".dockerignore": "*\n!main.py\n" }) })`
    FROM python:3.14-slim
    COPY . .
  `;
  const [problem] = problemsOf(rule, { context: contextOf({ ...files, ".dockerignore": "" }) })`
    FROM python:3.14-slim
    COPY . .
  `;
  expect(problem?.aliases).toEqual(["S6470", "S51"]);
});

test("not the history where git is asked for it, nor what the file speaks of", () => {
  reports(rule, { context: contextOf({ ".git/HEAD": "", ".env": "", "main.go": "", "go.mod": "" }) })`
    FROM golang:1.27
    COPY . .
    RUN go build -ldflags "-X main.version=$(git describe)" .
    RUN . ./.env && env
  `;
});

const write = (text: string, tree: Readonly<Record<string, string>>) =>
  ignoreFileFixed(rule, text, { context: contextOf(tree) });

test("writes an ignore file of what is there and no image needs", () => {
  const node = source`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run build
    CMD ["node", "dist/server.js"]
  `;
  const tree = {
    ".git/HEAD": "",
    ".gitignore": "node_modules/\ndist/\n",
    ".github/workflows/build.yaml": "",
    "compose.yaml": "",
    Dockerfile: "",
    "build/webpack.js": "",
    "dist/server.js": "",
    "node_modules/a.js": "",
    "package.json": '{ "scripts": { "build": "node build/webpack.js" } }',
    "package-lock.json": "{}",
  };
  expect(write(node, tree)).toEqual([
    "Create .dockerignore with .git, .github and 4 more",
    source`
      # What only people and tools around the build need.
      .git
      .github
      Dockerfile*
      compose*.yaml

      # Installed or built anew inside the image.
      **/node_modules
      dist
    `,
  ]);
  const rust = "FROM rust:1.91\nCOPY . .\nRUN cargo build --release\n";
  expect(write(rust, { "Cargo.toml": "", "target/release/a": "", "src/main.rs": "" })[1]).toBe(source`
    # Installed or built anew inside the image.
    target
  `);
});

test("leaves in what the Dockerfile takes by name, or may run with", () => {
  const text = source`
    FROM eclipse-temurin:25 AS build
    COPY . .
    RUN --mount=type=bind,source=.env,target=/x true
    COPY compose.yaml /a/
    RUN mvn package
    FROM eclipse-temurin:25
    COPY target/*.jar /app.jar
  `;
  const tree = {
    ".git/HEAD": "",
    ".env": "",
    "compose.yaml": "",
    "node_modules/a.js": "",
    "pom.xml": "<project/>",
    "target/a.jar": "",
  };
  expect(write(text, tree)).toEqual([
    "Create .dockerignore with .git",
    "# What only people and tools around the build need.\n.git\n",
  ]);
  offersNothing(rule, { context: contextOf({ "node_modules/a.js": "", "package.json": "{}" }) })`
    FROM node:24-alpine
    COPY . .
    CMD ["node", "server.js"]
  `;
  offersNothing(rule, {
    context: contextOf({ ".git/HEAD": "", "setup.py": "use_scm_version: setuptools_scm" }),
  })`
    FROM python:3.14-slim
    COPY . .
    RUN pip install .
  `;
  // What JAR_FILE is, nobody knows.
  const open = "FROM maven:3\nARG JAR_FILE\nCOPY . .\nRUN mvn package\nCOPY $JAR_FILE /app.jar\n";
  expect(write(open, tree)[1]).not.toContain("target");
});

test("its own where other Dockerfiles use the context", () => {
  const text = "FROM python:3.14-slim\nCOPY . .\n";
  const titleWith = (others: Readonly<Record<string, string>>) =>
    write(text, { ...files, Dockerfile: "", ...others })[0];
  expect(titleWith({})).toBe("Create .dockerignore with .git, .env and 2 more");
  expect(titleWith({ "docs/Dockerfile.md": "" })).toMatch(/^Create \.dockerignore /);
  expect(titleWith({ "Dockerfile.dev": "" })).toMatch(/^Create Dockerfile\.dockerignore /);
  expect(titleWith({ "api.Dockerfile": "" })).toMatch(/^Create Dockerfile\.dockerignore /);
});

test("extends one at its end as it is written, and leaves exceptions alone", () => {
  const text = "FROM node:24-alpine\nCOPY . .\nRUN npm ci\n";
  const tree = { ".git/HEAD": "", "node_modules/a.js": "", "package.json": "{}", Dockerfile: "" };
  expect(write(text, { ...tree, ".dockerignore": "# Logs\r\n*.log" })).toEqual([
    "Add .git and node_modules to .dockerignore",
    "# Logs\r\n*.log\r\n.git\r\n**/node_modules\r\n",
  ]);
  expect(write(text, { ...tree, "Dockerfile.dockerignore": "*.log\n" })).toEqual([
    "Add .git and node_modules to Dockerfile.dockerignore",
    "*.log\n.git\n**/node_modules\n",
  ]);
});

test("not where Podman has its own ignore file", () => {
  reports(rule, { context: contextOf({ ...files, ".containerignore": "" }) })`
    FROM python:3.14-slim
    COPY . .
  `;
});
