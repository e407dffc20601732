import { describe, expect, test } from "vitest";
import { builds, made } from "../../../support/projects.ts";

const NODE = "node:22-alpine";
const ALL = "COPY . .\nRUN npm ci && npm run build";
const json = (build: string, more: Readonly<Record<string, string>> = {}) =>
  JSON.stringify({ scripts: { build, ...more }, devDependencies: { vite: "7" } });
const CONFIG = 'import react from "@vitejs/plugin-react";\nexport default { plugins: [react()] };\n';

describe("projects of Node", () => {
  test.each<[string, Record<string, string>, string[]]>([
    [
      "Vite, by default",
      { "package.json": json("vite build"), "vite.config.ts": CONFIG },
      ["/app/dist ?", "/app/build if", "/out no"],
    ],
    [
      "Vite, with a directory of its own",
      {
        "package.json": json("vite build"),
        "vite.config.ts": CONFIG.replace("plugins", 'build: { outDir: "build" }, plugins'),
      },
      ["/app/dist if", "/app/build ?", "/out no"],
    ],
    [
      "Vite, where the configuration works it out",
      {
        "package.json": json("vite build"),
        "vite.config.ts": "export default { build: { outDir: process.env.OUT } };",
      },
      ["/app/dist ?", "/app/build ?", "/out ?"],
    ],
    [
      "Vite, with a plugin that is not known",
      {
        "package.json": json("vite build"),
        "vite.config.ts": 'import { sveltekit } from "@sveltejs/kit/vite";\nexport default {};',
      },
      ["/app/dist ?", "/app/build ?", "/out no"],
    ],
    [
      "a script that goes on",
      { "package.json": json("vite build && mv dist build") },
      ["/app/dist no", "/app/build yes", "/out no"],
    ],
    [
      "scripts that run scripts",
      {
        "package.json": json("run-s check compile:*", {
          check: "tsc --noEmit",
          "compile:client": "cross-env NODE_ENV=production vite build",
        }),
      },
      ["/app/dist ?", "/app/build if", "/out no"],
    ],
    [
      "the author's own program",
      { "package.json": json("node build.js") },
      ["/app/dist ?", "/app/build ?", "/out ?"],
    ],
    [
      "what is run when packages are installed",
      { "package.json": json("vite build", { postinstall: "./fetch.sh" }) },
      ["/app/dist ?", "/app/build ?", "/out ?"],
    ],
    [
      "packages and hooks",
      { "package.json": json("vite build", { prepare: "husky" }) },
      ["/app/dist ?", "/app/build if", "/out no"],
    ],
    [
      "Create React App",
      { "package.json": json("react-scripts build") },
      ["/app/dist if", "/app/build ?", "/out no"],
    ],
    [
      "Create React App, by its environment",
      { "package.json": json("react-scripts build"), ".env": "BUILD_PATH=dist" },
      ["/app/dist ?", "/app/build ?", "/out ?"],
    ],
    [
      "TypeScript",
      {
        "package.json": json("tsc"),
        "tsconfig.json": '{\n  // compiled\n  "extends": "./base.json",\n  "include": ["src"],\n}',
        "base.json": '{ "compilerOptions": { "outDir": "./build" } }',
      },
      ["/app/dist if", "/app/build ?", "/out no"],
    ],
    [
      "TypeScript beside its sources",
      { "package.json": json("tsc"), "tsconfig.json": "{}" },
      ["/app/dist ?", "/app/build ?", "/out no"],
    ],
    [
      "TypeScript on a configuration that is not known",
      { "package.json": json("tsc"), "tsconfig.json": '{ "extends": "@acme/tsconfig" }' },
      ["/app/dist ?", "/app/build ?", "/out ?"],
    ],
    [
      "TypeScript on a package that says nothing of writing",
      {
        "package.json": json("tsc"),
        "tsconfig.json":
          '{ "extends": "@tsconfig/node24/tsconfig.json", "compilerOptions": { "outDir": "build" } }',
      },
      ["/app/dist if", "/app/build ?", "/out no"],
    ],
    [
      "TypeScript on a package that may keep it from writing",
      {
        "package.json": json("tsc"),
        "tsconfig.json":
          '{ "extends": "@vue/tsconfig/tsconfig.dom.json", "compilerOptions": { "outDir": "build" } }',
      },
      ["/app/dist ?", "/app/build ?", "/out ?"],
    ],
    [
      "TypeScript on such a package, where the project says that it writes",
      {
        "package.json": json("tsc"),
        "tsconfig.json":
          '{ "extends": "@vue/tsconfig/tsconfig.dom.json", "compilerOptions": { "outDir": "build", "noEmit": false } }',
      },
      ["/app/dist if", "/app/build ?", "/out no"],
    ],
    ["no package.json", {}, ["/app/dist ?", "/app/build ?", "/out ?"]],
  ])("%s", (_, files, expected) => {
    expect(made(NODE, ALL, { "package-lock.json": "", ...files }, "/app/dist", "/app/build", "/out")).toEqual(
      expected,
    );
  });

  test("is told where", () => {
    const files = { "package.json": json("tsc -b && vite build"), "tsconfig.json": '{ "files": [] }' };
    expect(builds(NODE, ALL, files)).toEqual(["vite build: /app/dist"]);
    expect(builds(NODE, "COPY . .\nRUN npx vite build --outDir=/out", files)).toEqual(["vite build: /out"]);
  });

  test("may make what is above its output", () => {
    const files = { "package.json": json("vite build --outDir ../server/public") };
    expect(made(NODE, ALL, files, "/server", "/server/public", "/server/views")).toEqual([
      "/server ?",
      "/server/public ?",
      "/server/views no",
    ]);
  });

  test("standalone output of Next.js", () => {
    const files = (config: string) => ({ "package.json": json("next build"), "next.config.mjs": config });
    const paths = ["/app/.next/static", "/app/.next/standalone/server.js", "/app/public"];
    expect(made(NODE, ALL, files("export default {};"), ...paths)).toEqual([
      "/app/.next/static ?",
      "/app/.next/standalone/server.js if",
      "/app/public if",
    ]);
    expect(made(NODE, ALL, files('export default { output: "standalone" };'), ...paths)[1]).toContain("?");
    expect(made(NODE, ALL, files("export default { output: process.env.OUTPUT };"), ...paths)[1]).toContain(
      "?",
    );
  });

  test("Angular by angular.json", () => {
    const angular = (builder: string) => ({
      "package.json": json("ng build"),
      "angular.json": JSON.stringify({
        projects: { shop: { architect: { build: { builder, options: { outputPath: "dist/shop" } } } } },
      }),
    });
    const paths = ["/app/dist/shop/browser", "/app/dist/shop/index.html", "/app/dist/store"];
    expect(made(NODE, ALL, angular("@angular/build:application"), ...paths)).toEqual([
      "/app/dist/shop/browser ?",
      "/app/dist/shop/index.html ?",
      "/app/dist/store if",
    ]);
    expect(made(NODE, ALL, angular("@angular-devkit/build-angular:browser"), ...paths)[0]).toContain("if");
    expect(made(NODE, ALL, angular("@acme/builder:browser"), ...paths)[2]).toContain("?");
  });

  test("not what was changed, mounted or cannot be read", () => {
    const files = { "package.json": json("vite build"), "vite.config.js": CONFIG };
    const build = (lines: string) => made(NODE, `COPY . .\n${lines}`, files, "/app/build");
    expect(build("RUN sed -i s/x/y/ vite.config.js && npm run build")).toEqual(["/app/build ?"]);
    expect(build("RUN npm pkg set scripts.build=x && npm run build")).toEqual(["/app/build ?"]);
    expect(build("RUN --mount=type=bind,source=vite.config.js,target=vite.config.js npm run build")).toEqual([
      "/app/build ?",
    ]);
    expect(build("RUN ./prepare.sh && npm run build")).toEqual(["/app/build ?"]);
  });
});

const POM = (more = "", packaging = "jar") =>
  `<project><artifactId>shop</artifactId><version>1.0</version><packaging>${packaging}</packaging>${more}</project>`;
const MAVEN = "maven:3.9-eclipse-temurin-21";
const PACKAGE = "COPY pom.xml .\nCOPY src src\nRUN mvn -B package";

describe("projects of Java", () => {
  test.each<[string, string, string[]]>([
    ["by name and version", POM(), ["shop-1.0.jar ?", "app.jar no"]],
    ["by finalName", POM("<build><finalName>app</finalName></build>"), ["shop-1.0.jar no", "app.jar ?"]],
    [
      "with a property",
      POM("<build><finalName>${project.artifactId}</finalName></build>"),
      ["shop-1.0.jar no", "app.jar no"],
    ],
    [
      "of a parent that is not known",
      POM("<parent><groupId>com.acme</groupId><artifactId>base</artifactId></parent>"),
      ["shop-1.0.jar ?", "app.jar ?"],
    ],
    [
      "of Spring Boot's parent",
      POM("<parent><groupId>org.springframework.boot</groupId><artifactId>x</artifactId></parent>"),
      ["shop-1.0.jar ?", "app.jar no"],
    ],
    [
      "by a profile",
      POM("<profiles><profile><build><finalName>app</finalName></build></profile></profiles>"),
      ["shop-1.0.jar ?", "app.jar ?"],
    ],
  ])("Maven's jar %s", (_, pom, expected) => {
    const files = { "pom.xml": pom, "src/A.java": "" };
    const paths = ["/app/target/shop-1.0.jar", "/app/target/app.jar"];
    expect(made(MAVEN, PACKAGE, files, ...paths)).toEqual(expected.map((it) => `/app/target/${it}`));
  });

  test("Maven writes to target of its modules", () => {
    const files = {
      "pom.xml": POM("<modules><module>api</module></modules>", "pom"),
      "api/pom.xml":
        "<project><parent><artifactId>shop</artifactId><version>1.0</version></parent><artifactId>api</artifactId></project>",
    };
    const lines = "COPY . .\nRUN mvn package";
    const paths = ["/app/api/target/api-1.0.jar", "/app/target/api-1.0.jar", "/app/api/build", "/out"];
    expect(made(MAVEN, lines, files, ...paths)).toEqual([
      "/app/api/target/api-1.0.jar ?",
      "/app/target/api-1.0.jar if",
      "/app/api/build if",
      "/out no",
    ]);
    expect(builds(MAVEN, lines, files)).toEqual(["mvn: /app/api/target/api-1.0.jar"]);
  });

  test("not where plugins write elsewhere, or the pom.xml is not known", () => {
    const plugin = POM("<build><plugins><artifactId>maven-antrun-plugin</artifactId></plugins></build>");
    const outside = POM("<build><directory>/out</directory></build>");
    const paths = ["/app/dist", "/out"];
    const src = { "src/A.java": "" };
    expect(made(MAVEN, PACKAGE, { "pom.xml": plugin, ...src }, ...paths)).toEqual(["/app/dist ?", "/out no"]);
    expect(made(MAVEN, PACKAGE, { "pom.xml": outside, ...src }, ...paths)).toEqual(["/app/dist ?", "/out ?"]);
    expect(made(MAVEN, "RUN git clone https://e.com/x . && mvn package", {}, ...paths)[1]).toBe("/out ?");
  });

  test.each<[string, Record<string, string>, string[]]>([
    [
      "with a version",
      { "build.gradle": "plugins { id 'java' }\nversion = '1.0'\n" },
      ["shop-1.0.jar ?", "shop-2.0.jar if", "app.jar if"],
    ],
    [
      "without one",
      { "build.gradle": "plugins { id 'java' }\n" },
      ["shop-1.0.jar ?", "shop-2.0.jar ?", "app.jar if"],
    ],
    [
      "with a version of gradle.properties",
      { "build.gradle": "", "gradle.properties": "version=2.0" },
      ["shop-1.0.jar if", "shop-2.0.jar ?", "app.jar if"],
    ],
    [
      "by a name of its own",
      { "build.gradle": "jar { archiveFileName = 'app.jar' }" },
      ["shop-1.0.jar ?", "shop-2.0.jar ?", "app.jar ?"],
    ],
    [
      "by conventions of its own",
      { "build.gradle": "", "buildSrc/build.gradle": "" },
      ["shop-1.0.jar ?", "shop-2.0.jar ?", "app.jar ?"],
    ],
  ])("Gradle's jar %s", (_, files, expected) => {
    const all = { "settings.gradle": "rootProject.name = 'shop'", ...files };
    const names = ["shop-1.0.jar", "shop-2.0.jar", "app.jar"].map((it) => `/app/build/libs/${it}`);
    expect(made("gradle:8.12-jdk21", "COPY . .\nRUN gradle bootJar", all, ...names)).toEqual(
      expected.map((it) => `/app/build/libs/${it}`),
    );
  });

  test("Gradle writes to build of its projects", () => {
    const files = {
      "settings.gradle.kts": 'rootProject.name = "shop"\ninclude(":api")\n',
      "api/build.gradle.kts": "plugins { java }",
    };
    const paths = ["/app/api/build/libs/api.jar", "/app/target", "/out"];
    expect(made("gradle:8.12-jdk21", "COPY . .\nRUN gradle build", files, ...paths)).toEqual([
      "/app/api/build/libs/api.jar ?",
      "/app/target if",
      "/out no",
    ]);
    const moved = { ...files, "api/build.gradle.kts": 'layout.buildDirectory = file("/out")' };
    expect(made("gradle:8.12-jdk21", "COPY . .\nRUN gradle build", moved, ...paths)[2]).toBe("/out ?");
  });
});

describe("projects of .NET", () => {
  const project = (more = "") =>
    `<Project><PropertyGroup><TargetFramework>net8.0</TargetFramework>${more}</PropertyGroup></Project>`;
  const SDK = "mcr.microsoft.com/dotnet/sdk:8.0";
  const lines = (publish: string) => `COPY *.csproj .\nRUN dotnet restore\nCOPY . .\nRUN ${publish}`;
  const files = { "Shop.csproj": project(), "Program.cs": "" };

  test("where -o says, or below bin", () => {
    const paths = [
      "/out",
      "/publish",
      "/app/bin/Release/net8.0/publish",
      "/app/bin/Release/net6.0/publish",
      "/app/out",
    ];
    expect(made(SDK, lines("dotnet publish -c Release -o /out"), files, ...paths)).toEqual([
      "/out ?",
      "/publish no",
      "/app/bin/Release/net8.0/publish ?",
      "/app/bin/Release/net6.0/publish if",
      "/app/out if",
    ]);
    expect(builds(SDK, lines("dotnet publish -c Release"), files)).toEqual([
      "dotnet publish: /app/bin/Release/net8.0/publish",
    ]);
  });

  test("not where the project says otherwise", () => {
    const paths = ["/publish", "/app/out"];
    const other = { ...files, "Shop.csproj": project("<PublishDir>out</PublishDir>") };
    expect(made(SDK, lines("dotnet publish"), other, ...paths)).toEqual(["/publish no", "/app/out ?"]);
    const outside = { ...files, "Shop.csproj": project("<PublishDir>/publish</PublishDir>") };
    expect(made(SDK, lines("dotnet publish"), outside, ...paths)).toEqual(["/publish ?", "/app/out ?"]);
    const shared = { ...files, "Directory.Build.props": project("<PublishDir>/publish</PublishDir>") };
    expect(made(SDK, lines("dotnet publish"), shared, ...paths)).toEqual(["/publish ?", "/app/out ?"]);
  });
});

describe("packages and environments", () => {
  const PYTHON = "python:3.13-slim";

  test.each<[string, string[]]>([
    ["pip wheel --wheel-dir /wheels -r requirements.txt", ["/wheels yes", "/deps no", "/app/.venv no"]],
    ["pip install --prefix=/deps -r requirements.txt", ["/wheels no", "/deps yes", "/app/.venv no"]],
    ["pip install -t /deps flask", ["/wheels no", "/deps yes", "/app/.venv no"]],
    ["PIP_TARGET=/deps pip install flask", ["/wheels no", "/deps ?", "/app/.venv no"]],
    ["pip install $PACKAGES", ["/wheels ?", "/deps ?", "/app/.venv ?"]],
    ["uv sync --frozen", ["/wheels no", "/deps no", "/app/.venv ?"]],
    ["UV_PROJECT_ENVIRONMENT=/deps uv sync", ["/wheels no", "/deps ?", "/app/.venv ?"]],
    ["uv run build.py", ["/wheels ?", "/deps ?", "/app/.venv ?"]],
    ["poetry export -o /wheels/requirements.txt", ["/wheels ?", "/deps no", "/app/.venv ?"]],
    ["python -m build --outdir /wheels", ["/wheels ?", "/deps no", "/app/.venv ?"]],
  ])("%s", (run, expected) => {
    const files = { "requirements.txt": "flask\n" };
    expect(
      made(PYTHON, `COPY requirements.txt .\nRUN ${run}`, files, "/wheels", "/deps", "/app/.venv"),
    ).toEqual(expected);
  });

  test("settings of poetry", () => {
    const files = { "pyproject.toml": "", "poetry.toml": '[virtualenvs]\npath = "/venvs"' };
    const lines = "COPY pyproject.toml poetry.toml .\nRUN poetry install";
    expect(made(PYTHON, lines.replace(" .\n", " ./\n"), files, "/venvs")).toEqual(["/venvs ?"]);
  });

  test("composer installs to vendor", () => {
    const lines = "COPY composer.json .\nRUN composer install --no-scripts";
    const paths = ["/app/vendor", "/app/public", "/vendor"];
    expect(made("composer:2", lines, { "composer.json": "{}" }, ...paths)).toEqual([
      "/app/vendor ?",
      "/app/public no",
      "/vendor no",
    ]);
    const moved = { "composer.json": '{ "config": { "vendor-dir": "public" } }' };
    expect(made("composer:2", lines, moved, ...paths)[1]).toBe("/app/public ?");
  });

  test("cargo in a workspace", () => {
    const rust = {
      "Cargo.toml": '[workspace]\nmembers = ["api"]\n',
      "api/Cargo.toml": '[package]\nname = "api"\n',
      "api/src/main.rs": "",
    };
    const lines = "COPY . .\nRUN cd api && cargo build --release";
    expect(made("rust:1.88", lines, rust, "/app/target/release/api", "/out/api")).toEqual([
      "/app/target/release/api yes",
      "/out/api no",
    ]);
  });

  test("a pattern brings what matches", () => {
    const files = { "package.json": "{}", "package-lock.json": "", "other.json": "" };
    const paths = ["/app/package.json", "/app/package-x.json", "/app/other.json", "/app/dist"];
    expect(made(NODE, "COPY package*.json ./", files, ...paths)).toEqual([
      "/app/package.json yes",
      "/app/package-x.json if",
      "/app/other.json no",
      "/app/dist no",
    ]);
    expect(made(NODE, "COPY * ./", files, "/app/dist")).toEqual(["/app/dist ?"]);
  });
});
