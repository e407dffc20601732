import { expect, test } from "vitest";
import { made } from "../../../support/projects.ts";

const manifest = (build = "tsc", typescript = "^5.9.0", more: Record<string, string> = {}) =>
  JSON.stringify({
    scripts: { build },
    dependencies: { express: "^5.0.0", ...more },
    devDependencies: { typescript },
  });
const options = (compilerOptions: object, more: object = {}) =>
  JSON.stringify({ compilerOptions: { outDir: "dist", ...compilerOptions }, ...more });
const SOURCES = {
  "src/index.ts": 'import { y } from "./lib/y.js";\nimport express from "express";\n',
  "src/lib/y.ts": "export const y = 1;\n",
};
const CONFIG = { "vitest.config.ts": "export default {};\n" };

test.each<[string, Record<string, string>, string[]]>([
  ["sources of one folder", { "tsconfig.json": options({}) }, ["index.js ?", "src/index.js if"]],
  [
    "a configuration beside them",
    { "tsconfig.json": options({}), ...CONFIG },
    ["index.js if", "src/index.js ?", "src/lib/y.js ?", "vitest.config.js ?", "src/other.js if"],
  ],
  [
    "one that is left out",
    { "tsconfig.json": options({}, { include: ["src/**/*"] }), ...CONFIG },
    ["index.js ?", "index.d.ts ?", "index.js.map ?", "src/index.js if", "vitest.config.js if"],
  ],
  [
    "one that the ignore file keeps out",
    { "tsconfig.json": options({}), ...CONFIG, ".dockerignore": "vitest.config.ts\n" },
    ["index.js ?", "src/index.js if"],
  ],
  [
    "a rootDir",
    { "tsconfig.json": options({ rootDir: "." }, { include: ["src"] }) },
    ["index.js if", "src/index.js ?"],
  ],
  [
    "composite",
    { "tsconfig.json": options({ composite: true }, { include: ["src"] }) },
    ["index.js if", "src/index.js ?", "tsconfig.tsbuildinfo ?"],
  ],
  [
    "JSON from outside",
    {
      "tsconfig.json": options({ resolveJsonModule: true }, { include: ["src"] }),
      "src/index.ts": 'import p from "../package.json";\n',
    },
    ["index.js if", "src/index.js ?"],
  ],
  [
    "JSON that is required",
    {
      "tsconfig.json": options({ resolveJsonModule: true }, { include: ["src"] }),
      "src/index.ts": 'const p = require("../package.json");\n',
    },
    ["index.js ?", "src/index.js if"],
  ],
  [
    "paths",
    {
      "tsconfig.json": options({ paths: { "@/*": ["./src/*"] } }, { include: ["src"] }),
      "src/index.ts": 'import { y } from "@/lib/y";\n',
    },
    ["index.js ?", "src/index.js if"],
  ],
  [
    "another configuration",
    {
      "package.json": manifest("tsc -p tsconfig.build.json"),
      "tsconfig.json": options({ outDir: "lib" }),
      "tsconfig.build.json":
        '{ "extends": "./tsconfig.json", "compilerOptions": { "outDir": "dist" }, "include": ["src"] }',
      ...CONFIG,
    },
    ["index.js ?", "src/index.js if"],
  ],
  [
    "files that are named",
    { "tsconfig.json": options({}, { files: ["src/index.ts"] }), "src/other.ts": "" },
    ["index.js ?", "lib/y.js ?", "other.js if"],
  ],
  [
    "JavaScript, where it is taken",
    { "tsconfig.json": options({ allowJs: true }), "jest.config.js": "" },
    ["index.js if", "src/index.js ?"],
  ],
  [
    "JavaScript, where it is not",
    { "tsconfig.json": options({}), "jest.config.js": "" },
    ["index.js ?", "src/index.js if"],
  ],
  [
    "a compiler that takes the configuration's folder",
    { "package.json": manifest("tsc", "^6.0.0"), "tsconfig.json": options({}), ...CONFIG },
    ["index.js if", "src/index.js ?"],
  ],
])("where the compiler writes: %s", (_, files, expected) => {
  const all = { "package.json": manifest(), ...SOURCES, ...files };
  const paths = expected.map((it) => `/app/dist/${it.replace(/ .*/, "")}`);
  expect(made("node:22", "COPY . .\nRUN npm ci && npm run build", all, ...paths)).toEqual(
    expected.map((it) => `/app/dist/${it}`),
  );
});

test.each<[string, Record<string, string>]>([
  [
    "a package of the same repository",
    { "package.json": manifest("tsc", "^5.9.0", { express: "workspace:*" }) },
  ],
  ["a package that it does not name", { "src/index.ts": 'import x from "shared";\n' }],
  ["a module that is not there", { "src/index.ts": 'import x from "./generated";\n' }],
  ["a newer compiler, which refuses it", { "package.json": manifest("tsc", "^6.0.0") }],
  ["a base that is not known", { "tsconfig.json": options({}, { extends: "@acme/tsconfig" }) }],
  [
    "paths of two places",
    {
      "tsconfig.json": options({ paths: { "@/*": ["./src/*", "../x/*"] } }),
      "src/index.ts": 'import y from "@/y";\n',
    },
  ],
  ["an option that is not known", { "package.json": manifest("tsc --rootDir src") }],
  ["a program that goes on", { "package.json": manifest("tsc && node scripts/move.js") }],
])("anything may be written with %s", (_, files) => {
  const all = {
    "package.json": manifest(),
    "tsconfig.json": options({}, { include: ["src"] }),
    ...SOURCES,
    ...files,
  };
  expect(made("node:22", "COPY . .\nRUN npm ci && npm run build", all, "/app/dist/src/index.js")).toEqual([
    "/app/dist/src/index.js ?",
  ]);
});

test("a later removal of the sources changes nothing", () => {
  const all = { "package.json": manifest(), "tsconfig.json": options({}), ...SOURCES };
  const lines = "COPY . .\nRUN npm ci && npm run build && rm -rf src";
  expect(made("node:22", lines, all, "/app/dist/index.js", "/app/dist/src/index.js")).toEqual([
    "/app/dist/index.js ?",
    "/app/dist/src/index.js if",
  ]);
});

test("Nest lays out as the compiler does", () => {
  const nest = {
    "package.json": manifest("nest build"),
    "nest-cli.json": '{ "sourceRoot": "src", "compilerOptions": { "deleteOutDir": true } }',
    "tsconfig.json": options({}),
    "tsconfig.build.json": '{ "extends": "./tsconfig.json", "exclude": ["node_modules", "test", "dist"] }',
    "src/main.ts": "",
    "test/a.ts": "",
  };
  const lines = "COPY . .\nRUN npm ci && npm run build";
  const paths = ["/app/dist/main.js", "/app/dist/src/main.js"];
  const [own, inner] = paths;
  expect(made("node:22", lines, nest, ...paths)).toEqual([`${own} ?`, `${inner} if`]);
  expect(made("node:22", lines, { ...nest, "prisma/seed.ts": "" }, ...paths)).toEqual([
    `${own} if`,
    `${inner} ?`,
  ]);
  const webpack = '{ "compilerOptions": { "webpack": true } }';
  expect(made("node:22", lines, { ...nest, "nest-cli.json": webpack }, ...paths)).toEqual([
    `${own} ?`,
    `${inner} ?`,
  ]);
});
