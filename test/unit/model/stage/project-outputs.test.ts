import { describe, expect, test } from "vitest";
import { builds, made } from "../../../support/projects.ts";

const node = (build: string, more: object = {}) => ({
  "package.json": JSON.stringify({ scripts: { build }, ...more }),
});
const RUN = "COPY . .\nRUN npm ci && npm run build";

describe("bundlers and frameworks of Node", () => {
  test.each<[string, Record<string, string>, string]>([
    ["esbuild to a file", node("esbuild src/a.ts --bundle --outfile=dist/server.js"), "esbuild: /app/dist"],
    ["esbuild to a folder", node("esbuild src/a.ts --outdir=lib"), "esbuild: /app/lib"],
    ["tsup", node("tsup src/index.ts"), "tsup: /app/dist"],
    ["webpack by default", node("webpack"), "webpack: /app/dist"],
    [
      "webpack with a path",
      {
        ...node("webpack"),
        "webpack.config.js":
          'const path = require("path");\nmodule.exports = { output: { filename: "a.js", path: path.resolve(__dirname, "build") } };\n',
      },
      "webpack: /app/build",
    ],
    [
      "Rollup",
      {
        ...node("rollup -c"),
        "rollup.config.mjs": 'export default { input: "a.js", output: { file: "lib/a.js" } };\n',
      },
      "rollup: /app/lib",
    ],
    [
      "SvelteKit",
      {
        ...node("vite build"),
        "vite.config.js":
          'import { sveltekit } from "@sveltejs/kit/vite";\nexport default { plugins: [sveltekit()] };\n',
        "svelte.config.js":
          'import adapter from "@sveltejs/adapter-node";\nexport default { kit: { adapter: adapter() } };\n',
      },
      "vite build: /app/build",
    ],
    ["Remix", node("remix vite:build"), "remix vite:build: /app/build"],
    [
      "React Router",
      {
        ...node("react-router build"),
        "react-router.config.ts": 'export default { buildDirectory: "out" };\n',
      },
      "react-router build: /app/out",
    ],
    [
      "Nuxt",
      { ...node("nuxt build", { devDependencies: { nuxt: "^4.1.0" } }), "nuxt.config.ts": "" },
      "nuxt build: /app/.output",
    ],
    [
      "VitePress",
      { ...node("vitepress build docs"), "docs/a.md": "" },
      "vitepress build: /app/docs/.vitepress/dist",
    ],
    ["Eleventy", node("eleventy"), "eleventy: /app/_site"],
    ["Parcel", node("parcel build src/index.html"), "parcel build: /app/dist"],
    ["Storybook", node("storybook build -o docs"), "storybook build: /app/docs"],
    ["Expo", node("expo export -p web"), "expo export: /app/dist"],
  ])("%s", (_, files, expected) => {
    expect(builds("node:22", RUN, files)).toEqual([expected]);
  });

  test.each<[string, Record<string, string>]>([
    [
      "webpack",
      {
        ...node("webpack"),
        "webpack.config.js": "module.exports = (env) => ({ output: { path: env.out } });\n",
      },
    ],
    [
      "webpack with a base",
      { ...node("webpack"), "webpack.config.js": 'module.exports = merge(require("./base"), {});\n' },
    ],
    [
      "Rollup",
      { ...node("rollup -c"), "rollup.config.js": "export default { output: { dir: process.env.OUT } };\n" },
    ],
    [
      "SvelteKit's other adapters",
      {
        ...node("vite build"),
        "vite.config.js":
          'import { sveltekit } from "@sveltejs/kit/vite";\nexport default { plugins: [sveltekit()] };\n',
        "svelte.config.js":
          'import adapter from "@sveltejs/adapter-auto";\nexport default { kit: { adapter: adapter() } };\n',
      },
    ],
    ["a library of Parcel", node("parcel build", { main: "lib/a.js" })],
    [
      "Remix with a plugin",
      { ...node("remix vite:build"), "vite.config.ts": 'import x from "./x";\nexport default {};\n' },
    ],
  ])("not where the configuration works it out: %s", (_, files) => {
    expect(builds("node:22", RUN, files)).toEqual([]);
    const [there] = made("node:22", RUN, files, "/app/other");
    expect(there).toBe("/app/other ?");
  });

  test.each<[string, string, Record<string, string>, string[]]>([
    [
      "esbuild",
      "esbuild src/a.ts --outfile=dist/server.js",
      {},
      ["server.js ?", "index.js if", "server.js.map ?"],
    ],
    [
      "esbuild's endings",
      "esbuild src/a.ts --outdir=dist --out-extension:.js=.mjs",
      {},
      ["a.mjs ?", "a.js if"],
    ],
    ["esbuild's chunks", "esbuild src/a.ts --outdir=dist --splitting", {}, ["chunk.js ?"]],
    ["tsup", "tsup src/index.ts", {}, ["index.js ?", "index.mjs if"]],
    ["tsup for modules", "tsup src/index.ts --format esm", {}, ["index.mjs ?", "index.js if"]],
    [
      "tsup in a module",
      "tsup src/index.ts --format cjs,esm",
      { type: "module" },
      ["index.cjs ?", "index.js ?", "index.mjs if"],
    ],
    ["tsup with a pattern", "tsup src/*.ts", {}, ["other.js ?"]],
  ])("names of programs: %s", (_, command, more, expected) => {
    const paths = expected.map((it) => `/app/dist/${it.replace(/ .*/, "")}`);
    expect(made("node:22", RUN, node(command, more), ...paths)).toEqual(
      expected.map((it) => `/app/dist/${it}`),
    );
  });
});

describe("programs of Cargo", () => {
  const manifest = (name: string, more = "") => `[package]\nname = "${name}"\nversion = "1.0.0"\n${more}`;
  const SHOP = {
    "Cargo.toml": manifest("shop"),
    "src/main.rs": "",
    "src/bin/seed/main.rs": "",
    "src/bin/job.rs": "",
  };
  const WORKSPACE = {
    "Cargo.toml": '[workspace]\nmembers = ["crates/*"]\n',
    "crates/api/Cargo.toml": manifest("shop-api"),
    "crates/api/src/main.rs": "",
    "crates/job/Cargo.toml": manifest("job", '\n[[bin]]\nname = "shop-job"\npath = "src/main.rs"\n'),
    "crates/job/src/main.rs": "",
    "crates/core/Cargo.toml": manifest("core"),
    "crates/core/src/lib.rs": "",
  };
  const TRIPLE = "x86_64-unknown-linux-musl";
  test.each<[string, Record<string, string>, string[]]>([
    [
      "cargo build --release",
      SHOP,
      ["release/shop yes", "release/seed yes", "release/job yes", "release/api if", "debug/shop if"],
    ],
    ["cargo build --profile dev", SHOP, ["debug/shop yes", "dev/shop if"]],
    ["cargo build --profile dist", SHOP, ["dist/shop yes", "release/shop if"]],
    ["cargo build --release --bin job", SHOP, ["release/job yes", "release/shop if"]],
    [`cargo build -r --target ${TRIPLE}`, SHOP, [`${TRIPLE}/release/shop yes`, "release/shop if"]],
    ["cargo build --release --target-dir /out", SHOP, ["release/shop if"]],
    [
      "cargo build --release",
      WORKSPACE,
      ["release/shop-api yes", "release/shop-job yes", "release/job if", "release/core if"],
    ],
    ["cargo build --release -p shop-api", WORKSPACE, ["release/shop-api yes", "release/shop-job if"]],
    ["cd crates/api && cargo build --release", WORKSPACE, ["release/shop-api yes", "release/shop-job if"]],
    [
      "cargo build --release",
      { ...SHOP, "Cargo.toml": manifest("shop", '\n[[bin]]\nname = "job"\nrequired-features = ["x"]\n') },
      ["release/shop yes", "release/job ?"],
    ],
    [
      "cargo build --release",
      { ...SHOP, ".cargo/config.toml": `[build]\ntarget = "${TRIPLE}"\n` },
      ["release/api ?"],
    ],
    ["cargo build --release --examples", SHOP, ["release/api ?"]],
    ["cargo build --release && cargo run", SHOP, ["release/api ?"]],
  ])("%s", (command, files, expected) => {
    const paths = expected.map((it) => `/app/target/${it.replace(/ .*/, "")}`);
    expect(made("rust:1.91", `COPY . .\nRUN ${command}`, files, ...paths)).toEqual(
      expected.map((it) => `/app/target/${it}`),
    );
  });

  test("cargo install --path", () => {
    const paths = ["/usr/local/cargo/bin/shop", "/app/target/release/shop"];
    expect(
      made("rust:1.91", "COPY . .\nRUN CARGO_HOME=/usr/local/cargo cargo install --path .", SHOP, ...paths),
    ).toEqual(["/usr/local/cargo/bin/shop yes", "/app/target/release/shop ?"]);
    const there = made(
      "rust:1.91",
      "COPY . .\nRUN cargo install --path . --root /out",
      SHOP,
      "/out/bin/seed",
      "/out/bin/x",
    );
    expect(there).toEqual(["/out/bin/seed yes", "/out/bin/x no"]);
  });
});

describe("builds of other languages", () => {
  const SWIFT = {
    "Package.swift": 'let package = Package(name: "shop", targets: [.executableTarget(name: "App")])\n',
  };
  const MIX = { "mix.exs": 'def project, do: [app: :shop, version: "0.1.0"]\n' };
  const ZIG = { "build.zig": 'const exe = b.addExecutable(.{ .name = "shop" });\nb.installArtifact(exe);\n' };
  const WHEEL = { "pyproject.toml": '[build-system]\nbuild-backend = "hatchling.build"\n' };
  test.each<[string, string, Record<string, string>, string[]]>([
    [
      "swift:6.2",
      "swift build -c release",
      SWIFT,
      ["/app/.build/release/App ?", "/app/.build/release/shop if", "/app/.build/debug/App if"],
    ],
    [
      "swift:6.2",
      "swift build",
      { "Package.swift": "for name in names { }\n" },
      ["/app/.build/debug/x ?", "/app/.build/release/x if"],
    ],
    [
      "elixir:1.19",
      "MIX_ENV=prod mix release",
      MIX,
      ["/app/_build/prod/rel/shop ?", "/app/_build/prod/rel/app if", "/app/rel/x if"],
    ],
    [
      "elixir:1.19",
      "MIX_ENV=prod mix release web",
      MIX,
      ["/app/_build/prod/rel/web ?", "/app/_build/prod/rel/shop if"],
    ],
    ["elixir:1.19", "mix release", MIX, ["/app/_build/dev/rel/shop ?", "/app/_build/prod/rel/shop if"]],
    ["elixir:1.19", "mix mystery", MIX, ["/out ?"]],
    [
      "alpine:3.22",
      "apk add hugo && hugo --minify --gc",
      { "hugo.toml": 'title = "x"\n' },
      ["/app/public/index.html ?", "/app/dist if", "/app/resources/x ?"],
    ],
    [
      "alpine:3.22",
      "apk add hugo && hugo -s docs -d ../out -b /x",
      { "docs/config.yaml": "title: x\n" },
      ["/app/out/index.html ?", "/app/docs/public if", "/app/public if"],
    ],
    ["alpine:3.22", "apk add hugo && hugo", { "hugo.toml": 'publishDir = "web"\n' }, ["/app/dist ?"]],
    ["alpine:3.22", "apk add hugo && hugo", { "config/_default/hugo.toml": "" }, ["/app/dist ?"]],
    ["alpine:3.22", "apk add hugo && HUGO_PUBLISHDIR=x hugo", { "hugo.toml": "" }, ["/app/x ?"]],
    [
      "ruby:3.4",
      "bundle exec jekyll build",
      { "_config.yml": "title: x\n", Gemfile: "" },
      ["/app/_site/index.html ?", "/app/public if"],
    ],
    ["ruby:3.4", "bundle exec jekyll build -d out", { "_config.yml": "" }, ["/app/out ?", "/app/_site if"]],
    ["ruby:3.4", "bundle exec jekyll build", { "_config.yml": "destination: web\n" }, ["/app/dist ?"]],
    ["ruby:3.4", "bundle exec jekyll build", { "_plugins/a.rb": "" }, ["/app/dist ?"]],
    ["ruby:3.4", "bundle exec rake", { "_config.yml": "" }, ["/app/dist ?"]],
    [
      "python:3.13",
      "pip install mkdocs && mkdocs build --strict",
      { "mkdocs.yml": "site_name: x\nplugins:\n  - search\nnav:\n  - a.md\n" },
      ["/app/site/index.html ?", "/app/public if"],
    ],
    [
      "python:3.13",
      "pip install mkdocs && mkdocs build",
      { "mkdocs.yml": "site_name: x\nplugins:\n  - gen-files\n" },
      ["/app/public ?"],
    ],
    [
      "python:3.13",
      "pip install mkdocs && mkdocs build",
      { "mkdocs.yml": "site_dir: web\n" },
      ["/app/public ?"],
    ],
    [
      "debian:trixie",
      "apt-get install -y zig && zig build",
      ZIG,
      ["/app/zig-out/bin/shop ?", "/app/zig-out/bin/app if", "/app/zig-out/shop if", "/app/build if"],
    ],
    ["dart:3.9", "dart pub get && dart compile exe bin/a.dart -o bin/a", {}, ["/app/bin/a yes", "/app/a if"]],
    [
      "dart:3.9",
      "dart compile exe bin/a.dart",
      { "bin/a.dart": "" },
      ["/app/bin/a.exe yes", "/app/bin/a if"],
    ],
    [
      "debian:trixie",
      "flutter pub get && flutter build web --release",
      {},
      ["/app/build/web ?", "/app/dist if"],
    ],
    [
      "eclipse-temurin:21-jdk",
      "sbt stage",
      { "build.sbt": 'name := "shop"\n' },
      ["/app/target/universal ?", "/app/api/target ?", "/app/build if"],
    ],
    [
      "eclipse-temurin:21-jdk",
      "sbt assembly",
      { "build.sbt": 'assemblyOutputPath := file("/x.jar")\n' },
      ["/x.jar ?"],
    ],
    ["haskell:9", "stack build --copy-bins --local-bin-path /out", {}, ["/out/shop ?", "/app/dist if"]],
    [
      "python:3.14",
      "pip install pyinstaller && pyinstaller -F main.py",
      {},
      ["/app/dist/main yes", "/app/dist/app if"],
    ],
    [
      "python:3.14",
      "pyinstaller --name shop main.py",
      {},
      ["/app/dist/shop/shop ?", "/app/dist/main if", "/app/build/x ?"],
    ],
    [
      "python:3.14",
      "pip install build && python -m build",
      WHEEL,
      ["/app/dist ?", "/app/build if", "/wheels no"],
    ],
    ["python:3.14", "pip install build && python -m build -o /wheels", WHEEL, ["/app/dist if", "/wheels ?"]],
    [
      "python:3.14",
      "pip install poetry && poetry build",
      { "pyproject.toml": '[tool.poetry.build]\nscript = "b.py"\n' },
      ["/app/lib ?"],
    ],
    [
      "oven/bun:1",
      "bun build src/a.ts --outdir dist",
      { "package.json": "{}" },
      ["/app/dist ?", "/app/build if"],
    ],
    [
      "oven/bun:1",
      "bun build --compile src/a.ts --outfile server",
      { "package.json": "{}" },
      ["/app/server yes", "/app/a if"],
    ],
    ["denoland/deno:2.5.0", "deno compile --output server main.ts", { "main.ts": "" }, ["/app/server yes"]],
    [
      "denoland/deno:2.5.0",
      "deno task build",
      { "deno.json": '{ "tasks": { "build": "deno compile -o bin/a main.ts" } }' },
      ["/app/bin/a yes"],
    ],
  ])("%s: %s", (image, command, files, expected) => {
    const paths = expected.map((it) => it.replace(/ .*/, ""));
    expect(made(image, `COPY . .\nRUN ${command}`, files, ...paths)).toEqual(expected);
  });
});
