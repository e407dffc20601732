import { test } from "vitest";
import { manifestPartMissing as rule } from "../../../../server/src/rules/dockerfile/manifest-part-missing.ts";
import { expectProblems, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const around = (files: Readonly<Record<string, string>>) => ({ context: contextOf(files) });

const go = {
  "go.mod":
    "module a\n\nrequire b v0.0.0\n\nrequire (\n\tc v1.0.0 // indirect\n)\n\nreplace (\n\tb => ../b\n\tc v1.0.0 => ./c // local\n)\n",
  "c/go.mod": "",
};

test("replacements of required modules", () => {
  reports(rule, around(go))`
    FROM golang:1.27
    WORKDIR /src/a
    COPY go.mod .
    COPY c/go.mod ../b/
    RUN go mod download
        ^^^^^^^^^^^^^^^ manifest-part-missing: go.mod refers to ./c, which is not in /src/a here.
  `;
});

test("requirements, modules, members and gems", () => {
  reports(rule, around({ "requirements/prod.txt": "-r base.txt\nflask\n", "requirements/base.txt": "" }))`
    FROM python:3.14
    WORKDIR /app
    COPY requirements/prod.txt requirements/
    RUN pip install -r requirements/prod.txt
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ manifest-part-missing: requirements/prod.txt refers to base.txt, which is not in /app here.
  `;
  reports(rule, around({ "pom.xml": "<modules><module>api</module></modules>", "api/pom.xml": "" }))`
    FROM maven:3.9-eclipse-temurin-21
    WORKDIR /app
    COPY pom.xml .
    RUN mvn -B dependency:go-offline
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ manifest-part-missing: pom.xml refers to api, which is not in /app here.
  `;
  reports(rule, around({ "Cargo.toml": '[workspace]\nresolver = "3"\nmembers = [\n  "crates/api",\n]\n' }))`
    FROM rust:1.90
    WORKDIR /app
    COPY Cargo.toml Cargo.lock ./
    RUN cargo fetch
        ^^^^^^^^^^^ manifest-part-missing: Cargo.toml refers to crates/api, which is not in /app here.
  `;
  reports(rule, around({ Gemfile: 'gem "lib", path: "vendor/lib"\n', "Gemfile.lock": "" }))`
    FROM ruby:3.4
    WORKDIR /app
    COPY Gemfile Gemfile.lock ./
    RUN bundle install
        ^^^^^^^^^^^^^^ manifest-part-missing: Gemfile refers to vendor/lib, which is not in /app here.
  `;
});

test.each([
  [
    "copied",
    "FROM golang:1.27\nWORKDIR /src/a\nCOPY go.mod .\nCOPY c/go.mod c/\nCOPY c/go.mod ../b/\nRUN go mod download",
    go,
  ],
  [
    "not required",
    "FROM golang:1.27\nWORKDIR /src\nCOPY go.mod .\nRUN go mod download",
    { "go.mod": "module a\n\nreplace c => ./c\n" },
  ],
  [
    "all of it",
    "FROM golang:1.27\nWORKDIR /src\nCOPY . .\nRUN go mod download",
    { "go.mod": "replace c => ./c\n" },
  ],
  [
    "mounted",
    "FROM golang:1.27\nWORKDIR /src\nCOPY go.mod .\nRUN --mount=type=bind,target=. go mod download",
    go,
  ],
  [
    "another module",
    "FROM golang:1.27\nWORKDIR /src\nCOPY go.mod .\nRUN go mod download",
    { "go.mod": "replace c => example.com/d v1.0.0\n" },
  ],
  ["a tool", "FROM golang:1.27\nWORKDIR /src\nCOPY go.mod .\nRUN go install example.com/tool@v1", go],
  [
    "in a profile",
    "FROM maven:3\nWORKDIR /app\nCOPY pom.xml .\nRUN mvn package",
    { "pom.xml": "<profiles><profile><modules><module>x</module></modules></profile></profiles>" },
  ],
  [
    "not followed",
    "FROM maven:3\nWORKDIR /app\nCOPY pom.xml .\nRUN mvn -N dependency:go-offline",
    { "pom.xml": "<module>x</module>" },
  ],
  [
    "patterns",
    "FROM rust:1.90\nWORKDIR /app\nCOPY Cargo.toml .\nRUN cargo fetch",
    { "Cargo.toml": '[workspace]\nmembers = ["crates/*"]\n' },
  ],
  [
    "made before",
    "FROM rust:1.90\nWORKDIR /app\nCOPY Cargo.toml .\nRUN mkdir api && echo > api/Cargo.toml && cargo fetch",
    { "Cargo.toml": '[workspace]\nmembers = ["api"]\n' },
  ],
])("silent: %s", (_, text, files) => {
  expectProblems(rule, `${text}\n`, around(files as Record<string, string>));
});

test("the folders of wrappers, and the sources of a package", () => {
  const wrapped = {
    mvnw: 'exec java -jar "$basedir/.mvn/wrapper/maven-wrapper.jar"\n',
    "pom.xml": "<project/>",
    gradlew: "CLASSPATH=$APP_HOME/gradle/wrapper/gradle-wrapper.jar\n",
    "gradle/wrapper/gradle-wrapper.jar": "",
    ".mvn/wrapper/maven-wrapper.properties": "",
  };
  reports(rule, around(wrapped))`
    FROM eclipse-temurin:21
    WORKDIR /app
    COPY mvnw pom.xml ./
    RUN chmod +x mvnw && ./mvnw dependency:go-offline
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ manifest-part-missing: mvnw refers to .mvn/wrapper, which is not in /app here.
  `;
  reports(rule, around({ ...wrapped, ".dockerignore": "**/*.jar\n" }))`
    FROM eclipse-temurin:21
    WORKDIR /app
    COPY . .
    RUN ./gradlew build
        ^^^^^^^^^^^^^^^ manifest-part-missing: gradlew refers to gradle/wrapper/gradle-wrapper.jar, which the ignore file keeps out of the build.
  `;
  reports(rule, around(wrapped))`
    FROM eclipse-temurin:21
    WORKDIR /app
    COPY gradlew mvnw pom.xml ./
    COPY gradle gradle
    COPY .mvn .mvn
    RUN ./gradlew build && ./mvnw package
  `;
  reports(rule, around({ "Cargo.toml": '[package]\nname = "a"\n' }))`
    FROM rust:1.90
    WORKDIR /app
    COPY Cargo.toml .
    RUN cargo build --release
        ^^^^^^^^^^^^^^^^^^^^^ manifest-part-missing: Cargo.toml needs src, which is not in /app here.
  `;
  for (const [toml, lines] of [
    [
      '[package]\nname = "a"\n',
      "COPY Cargo.toml .\nRUN mkdir src && echo 'fn main() {}' > src/main.rs && cargo build",
    ],
    ['[package]\nname = "a"\n', "COPY Cargo.toml .\nCOPY src src\nRUN cargo build"],
    [
      '[package]\nname = "a"\n[[bin]]\nname = "a"\npath = "a.rs"\n',
      "COPY Cargo.toml a.rs ./\nRUN cargo build",
    ],
    ['[workspace]\nmembers = ["crates/*"]\n', "COPY Cargo.toml .\nCOPY crates crates\nRUN cargo build"],
  ] as const)
    expectProblems(rule, `FROM rust:1.90\nWORKDIR /app\n${lines}\n`, around({ "Cargo.toml": toml }));
});

test("what scripts of package.json start when the project is installed", () => {
  const json = (scripts: Readonly<Record<string, string>>, more = "") =>
    around({ "package.json": `{ "scripts": ${JSON.stringify(scripts)}${more} }`, "package-lock.json": "" });
  const text = "FROM node:24\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\n";
  const told = (what: string) =>
    `${text}    ^^^^^^ manifest-part-missing: package.json runs ${what}, which is not in /app here.\n`;
  expectProblems(rule, told("scripts/setup.js"), json({ postinstall: "NODE_ENV=x node scripts/setup.js" }));
  expectProblems(rule, told("build.sh"), json({ prepare: "sh ./build.sh && tsc" }));
  expectProblems(rule, told("prisma/schema.prisma"), json({ postinstall: "prisma generate" }));
  for (const [scripts, more] of [
    [{ postinstall: "prisma generate" }, ', "prisma": { "schema": "db/schema.prisma" }'],
    [{ postinstall: "node scripts/setup.js || true" }, ""],
    [{ postinstall: "cd web && node setup.js" }, ""],
    [{ postinstall: "node -e 'x'" }, ""],
    [{ build: "node scripts/build.js" }, ""],
  ] as const)
    expectProblems(rule, text, json(scripts, more));
  const setup = json({ postinstall: "node scripts/setup.js" });
  for (const lines of [
    "COPY package*.json ./\nRUN npm ci --ignore-scripts",
    "COPY . .\nRUN npm ci",
    "COPY package*.json ./\nCOPY scripts scripts\nRUN npm ci",
    "ENV npm_config_ignore_scripts=true\nCOPY package*.json ./\nRUN npm ci",
    "COPY package*.json ./\nRUN npm ci || npm ci --ignore-scripts",
    "COPY package*.json ./\nRUN npm install express",
  ])
    expectProblems(rule, `FROM node:24\nWORKDIR /app\n${lines}\n`, setup);
});

test("the Yarn that .yarnrc.yml names", () => {
  const context = contextOf({
    "package.json": "{}",
    "yarn.lock": "",
    ".yarnrc.yml": "nodeLinker: node-modules\nyarnPath: .yarn/releases/yarn-4.5.0.cjs\n",
    ".yarn/releases/yarn-4.5.0.cjs": "",
  });
  reports(rule, { context })`
    FROM node:22
    WORKDIR /app
    COPY package.json yarn.lock .yarnrc.yml ./
    RUN yarn install --immutable
        ^^^^^^^^^^^^^^^^^^^^^^^^ manifest-part-missing: .yarnrc.yml refers to .yarn/releases/yarn-4.5.0.cjs, which is not in /app here.
  `;
  reports(rule, { context })`
    FROM node:22
    WORKDIR /app
    COPY package.json yarn.lock .yarnrc.yml ./
    COPY .yarn .yarn
    RUN yarn install --immutable
    FROM node:22
    WORKDIR /app
    ENV YARN_IGNORE_PATH=1
    COPY package.json yarn.lock .yarnrc.yml ./
    RUN yarn install
    FROM node:22
    WORKDIR /app
    COPY package.json yarn.lock ./
    RUN yarn install
  `;
});

test("patches of pnpm, Bun and Yarn", () => {
  const manifest = '{"pnpm": {"patchedDependencies": {"a@1.0.0": "patches/a@1.0.0.patch"}}}';
  reports(rule, around({ "package.json": manifest, "patches/a@1.0.0.patch": "" }))`
    FROM node:22
    WORKDIR /app
    COPY package.json pnpm-lock.yaml ./
    RUN pnpm install --frozen-lockfile
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ manifest-part-missing: package.json has packages patched by patches/a@1.0.0.patch, which is not in /app here.
  `;
  const workspace =
    "packages: []\npatchedDependencies:\n  a: patches/a.patch\n  '@b/c@2': patches/@b__c.patch\n";
  reports(rule, around({ "package.json": "{}", "pnpm-workspace.yaml": workspace, "patches/a.patch": "" }))`
    FROM node:22
    WORKDIR /app
    COPY package.json pnpm-workspace.yaml ./
    COPY patches/a.patch patches/
    RUN pnpm install
        ^^^^^^^^^^^^ manifest-part-missing: pnpm-workspace.yaml has packages patched by patches/@b__c.patch, which is not in /app here.
  `;
  reports(
    rule,
    around({
      "package.json": '{"dependencies": {"a": "patch:a@npm%3A1.0.0#~/.yarn/patches/a-npm-1.patch"}}',
    }),
  )`
    FROM node:22
    WORKDIR /app
    COPY package.json yarn.lock ./
    RUN yarn install --immutable
        ^^^^^^^^^^^^^^^^^^^^^^^^ manifest-part-missing: package.json has packages patched by .yarn/patches/a-npm-1.patch, which is not in /app here.
  `;
  reports(
    rule,
    around({ "package.json": '{"patchedDependencies": {"a@1": "patches/a.patch"}}', "bun.lock": "" }),
  )`
    FROM oven/bun:1
    WORKDIR /app
    COPY package.json bun.lock ./
    RUN bun install
        ^^^^^^^^^^^ manifest-part-missing
  `;
  reports(rule, around({ "package.json": manifest, "patches/a@1.0.0.patch": "" }))`
    FROM node:22
    WORKDIR /app
    COPY package.json package-lock.json ./
    RUN npm ci
    COPY patches patches
    RUN pnpm install
  `;
});

test("patch-package goes on without its patches", () => {
  const manifest = '{"scripts": {"postinstall": "patch-package"}}';
  reports(rule, around({ "package.json": manifest, "patches/a+1.0.0.patch": "" }))`
    FROM node:22
    WORKDIR /app
    COPY package.json package-lock.json ./
    RUN npm ci
        ^^^^^^ manifest-part-missing: package.json has packages patched by patches, which is not in /app here.
    COPY . .
  `;
  reports(rule, around({ "package.json": manifest }))`
    FROM node:22
    WORKDIR /app
    COPY package.json package-lock.json ./
    RUN npm ci
  `;
});

const LARAVEL = {
  "composer.json": JSON.stringify({
    autoload: { "psr-4": { "App\\": "app/" }, classmap: ["database/seeds"] },
    scripts: {
      "post-autoload-dump": [
        "Illuminate\\Foundation\\ComposerScripts::postAutoloadDump",
        "@php artisan package:discover --ansi",
      ],
    },
  }),
  artisan: "",
  "database/seeds/Seeder.php": "",
};

test("classes and scripts of Composer", () => {
  reports(rule, around(LARAVEL))`
    FROM composer:2 AS classes
    WORKDIR /app
    COPY composer.json composer.lock ./
    RUN composer install --no-dev
        ^^^^^^^^^^^^^^^^^^^^^^^^^ manifest-part-missing: composer.json has classes looked for in database/seeds, which is not in /app here.
    FROM composer:2 AS scripts
    WORKDIR /app
    COPY composer.json ./
    COPY database database
    RUN composer install
        ^^^^^^^^^^^^^^^^ manifest-part-missing: composer.json runs artisan, which is not in /app here.
    FROM composer:2
    WORKDIR /app
    COPY composer.json ./
    RUN composer install --no-scripts --no-autoloader
    COPY database database
    RUN composer dump-autoload --no-scripts
    COPY . .
    RUN composer dump-autoload
  `;
});
