import { expandSnippet, snippetsOf } from "../../support/snippets.ts";

/** A project that a snippet is for: its files by path, and those that may be executed. */
export interface SampleProject {
  readonly files: Readonly<Record<string, string>>;
  readonly executable: readonly string[];
}

/** What the build needs of a project, and what its tools leave behind. */
interface Ecosystem {
  /** First prefixes of the Dockerfile snippets. */
  readonly dockerfiles: readonly string[];
  readonly needed: Readonly<Record<string, string>>;
  readonly left: readonly string[];
  readonly executable?: readonly string[];
}

/** By the prefix of their ignore file. */
export const ecosystems: Readonly<Record<string, Ecosystem>> = {
  "dockerignore-go": {
    dockerfiles: [
      "go-scratch",
      "go-distroless",
      "go-alpine",
      "go-three-stages",
      "go-version",
      "go-cache",
      "go-cross",
      "go-dev",
    ],
    needed: {
      "go.mod": "module example.com/app\n\ngo 1.27\n",
      "go.sum": "",
      "main.go": "package main\n\nfunc main() {}\n",
      "coverage/coverage.go": "package coverage\n",
      "internal/build/build.go": "package build\n",
      "secrets/store.go": "package secrets\n",
      "vendor/modules.txt": "",
    },
    left: ["bin/app", "tmp/main", "internal/build/build.test", "coverage.out"],
  },
  "dockerignore-node": {
    dockerfiles: ["node", "next", "nginx-static"],
    needed: {
      // What it builds, and where to, each of the templates says otherwise.
      "package.json": '{ "scripts": { "build": "node scripts/build.js" } }\n',
      "scripts/build.js": "",
      "package-lock.json": "{}\n",
      "server.js": "",
      "src/build/index.js": "",
      "public/logo.svg": "",
      "app/page.tsx": "",
    },
    left: [
      "node_modules/a/index.js",
      "packages/a/node_modules/b/index.js",
      ".next/BUILD_ID",
      "dist/index.html",
    ],
  },
  "dockerignore-python": {
    dockerfiles: ["python", "python-uv"],
    needed: {
      "pyproject.toml": '[project]\nname = "app"\n',
      "uv.lock": "",
      "requirements.txt": "flask==3.1.2\n",
      "README.md": "",
      "app/__main__.py": "",
      "app/build/__init__.py": "",
    },
    left: [
      ".venv/bin/python",
      "app/__pycache__/a.cpython-314.pyc",
      ".pytest_cache/README.md",
      "dist/app.whl",
    ],
  },
  "dockerignore-java": {
    dockerfiles: ["java-maven", "java-gradle", "java-spring-layers", "java-jlink"],
    needed: {
      "pom.xml": "<project><build><finalName>app</finalName></build></project>\n",
      gradlew: "#!/bin/sh\n",
      "settings.gradle.kts": "",
      "build.gradle.kts": "",
      "gradle.lockfile": "",
      "gradle/wrapper/gradle-wrapper.jar": "",
      "gradle/wrapper/gradle-wrapper.properties": "",
      "src/main/java/org/example/build/App.java": "",
    },
    left: ["target/app.jar", "module/target/a.jar", "build/libs/app.jar", ".gradle/9.0/file.lock"],
    executable: ["gradlew"],
  },
  "dockerignore-rust": {
    dockerfiles: ["rust-chef", "rust-cache"],
    needed: { "Cargo.toml": "", "Cargo.lock": "", "src/main.rs": "fn main() {}\n", "src/target/mod.rs": "" },
    left: ["target/release/app", "default.profraw"],
  },
  "dockerignore-dotnet": {
    dockerfiles: ["dotnet"],
    needed: { "App.csproj": "<Project/>\n", "packages.lock.json": "{}\n", "Program.cs": "" },
    left: ["bin/Release/App.dll", "obj/project.assets.json", "Library/obj/a.json"],
  },
  "dockerignore-php": {
    dockerfiles: ["php-fpm"],
    needed: {
      "composer.json": "{}\n",
      "composer.lock": "{}\n",
      "public/index.php": "<?php\n",
      "src/vendor/Vendor.php": "<?php\n",
    },
    left: ["vendor/autoload.php", "node_modules/a/index.js", "var/cache/prod/a.php"],
  },
  "dockerignore-ruby": {
    dockerfiles: ["rails"],
    needed: {
      Gemfile: 'source "https://rubygems.org"\ngem "rails"\n',
      "Gemfile.lock": "",
      "bin/rails": "#!/usr/bin/env ruby\n",
      "bin/docker-entrypoint": "#!/bin/bash -e\n",
      "log/.keep": "",
      "tmp/.keep": "",
      "config/credentials.yml.enc": "",
      "vendor/javascript/a.js": "",
    },
    left: ["vendor/bundle/ruby/a.rb", "node_modules/a/index.js", "log/production.log", "tmp/cache/a"],
    executable: ["bin/rails", "bin/docker-entrypoint"],
  },
};

/** Never in a build context, whatever the language. */
export const hiddenEverywhere = [
  ".git/HEAD",
  ".env",
  ".env.production",
  "service/.env",
  "secrets/db-password.txt",
  "tls/server.key",
  "Dockerfile",
  "compose.yaml",
];

/** The project of a Dockerfile snippet, with the ignore file of its ecosystem; one of C++ has none. */
export function projectOf(dockerfile: string): SampleProject {
  const [prefix, ecosystem] =
    Object.entries(ecosystems).find(([, it]) => it.dockerfiles.includes(dockerfile)) ?? [];
  if (!prefix || !ecosystem) return { files: { "CMakeLists.txt": "", "src/main.cpp": "" }, executable: [] };
  const empty = (paths: readonly string[]) => Object.fromEntries(paths.map((it) => [it, ""]));
  const ignore = snippetsOf("dockerignore").find((it) => it.prefix.includes(prefix));
  return {
    files: {
      ...ecosystem.needed,
      ...empty(ecosystem.left),
      ...empty(hiddenEverywhere),
      ".dockerignore": expandSnippet(ignore?.body ?? ""),
    },
    executable: ecosystem.executable ?? [],
  };
}
