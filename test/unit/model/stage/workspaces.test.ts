import { expect, test } from "vitest";
import { builds, made } from "../../../support/projects.ts";

const VITE = "export default {};\n";
const project = (name: string, scripts: Record<string, string>, dependencies = {}) =>
  JSON.stringify({ name, scripts, dependencies, devDependencies: { vite: "7" } });
const MEMBERS = {
  "apps/web/package.json": project("@shop/web", { build: "vite build" }, { "@shop/ui": "*" }),
  "apps/web/vite.config.js": VITE,
  "apps/admin/package.json": project("@shop/admin", { build: "vite build" }),
  "apps/admin/vite.config.js": VITE,
  "packages/ui/package.json": project("@shop/ui", { build: "vite build --outDir lib" }),
  "packages/ui/vite.config.js": VITE,
};
const root = (scripts: Record<string, string> = {}) => ({
  "package.json": JSON.stringify({ private: true, workspaces: ["apps/*", "packages/*"], scripts }),
  ...MEMBERS,
});
const PNPM = {
  "package.json": '{ "scripts": { "build": "pnpm -r build" } }',
  "pnpm-workspace.yaml": "packages:\n  - 'apps/*'\n  # others\n  - packages/*\n",
  ...MEMBERS,
};
const TURBO = { "turbo.json": '{ "tasks": { "build": { "dependsOn": ["^build"] } } }' };
const NX = {
  "package.json": "{}",
  "nx.json": "{}",
  "apps/api/project.json":
    '{ "name": "api", "targets": { "build": { "executor": "@nx/js:tsc", "options": { "outputPath": "dist/apps/api" } } } }',
  "libs/x/project.json": '{ "name": "x", "targets": {} }',
};
const [WEB, ADMIN, UI] = ["/app/apps/web/dist", "/app/apps/admin/dist", "/app/packages/ui/lib"];

test.each<[string, Record<string, string>, string[]]>([
  ["npm run build -w @shop/web", root(), [`${WEB} ?`, `${ADMIN} if`, `${UI} if`, "/app/dist if"]],
  ["npm run build --workspace=apps/web", root(), [`${WEB} ?`, `${ADMIN} if`]],
  ["npm run build -w apps", root(), [`${WEB} ?`, `${ADMIN} ?`, `${UI} if`]],
  ["npm run build --workspaces --if-present", root(), [`${WEB} ?`, `${ADMIN} ?`, `${UI} ?`, "/app/dist if"]],
  ["npm run all", root({ all: "npm run build -w @shop/ui" }), [`${WEB} if`, `${UI} ?`]],
  ["yarn workspace @shop/web build", root(), [`${WEB} ?`, `${ADMIN} if`]],
  ["yarn workspaces foreach -A run build", root(), [`${WEB} ?`, `${ADMIN} ?`]],
  ["pnpm --filter @shop/web build", PNPM, [`${WEB} ?`, `${ADMIN} if`, `${UI} if`]],
  ["pnpm --filter=web... run build", PNPM, [`${WEB} ?`, `${ADMIN} if`, `${UI} ?`]],
  ["pnpm -F './apps/*' build", PNPM, [`${WEB} ?`, `${ADMIN} ?`, `${UI} if`]],
  ["pnpm build", PNPM, [`${WEB} ?`, `${ADMIN} ?`, `${UI} ?`, "/app/dist if"]],
  [
    "pnpm -r build && pnpm deploy --filter @shop/web /prod",
    PNPM,
    ["/prod/dist ?", "/out no", "/app/dist if"],
  ],
  ["npx turbo run build --filter=@shop/web", { ...root(), ...TURBO }, [`${WEB} ?`, `${ADMIN} if`, `${UI} ?`]],
  ["npm run b", { ...root({ b: "turbo build" }), ...TURBO }, [`${WEB} ?`, `${ADMIN} ?`, "/app/dist if"]],
  ["npx lerna run build --scope @shop/admin", root(), [`${WEB} if`, `${ADMIN} ?`]],
  ["npx nx build api --prod", NX, ["/app/dist/apps/api ?", "/app/dist/api if", "/app/apps/api/dist if"]],
  ["npx nx run-many -t build", NX, ["/app/dist/apps/api ?", "/app/build if"]],
  ["npm run build -w @shop/other", root(), [`${WEB} ?`, "/app/dist ?"]],
  ["npx turbo run build --filter=[HEAD^1]", { ...root(), ...TURBO }, ["/app/dist ?"]],
  [
    "npx turbo run build",
    { ...root(), "turbo.json": '{ "tasks": { "build": { "dependsOn": ["//#x"] } } }' },
    ["/app/dist ?"],
  ],
  ["npx nx affected -t build", NX, ["/app/build ?"]],
  [
    "npm run build -w @shop/web",
    { ...root(), "apps/web/package.json": project("@shop/web", { build: "./build.sh" }) },
    ["/app/dist ?"],
  ],
])("%s", (command, files, expected) => {
  const paths = expected.map((it) => it.replace(/ .*/, ""));
  expect(made("node:22", `COPY . .\nRUN npm ci && ${command}`, files, ...paths)).toEqual(expected);
});

test("the projects that are copied are those that there are", () => {
  const lines =
    "COPY package.json .\nCOPY apps/web/package.json apps/web/\nRUN npm ci\nCOPY apps/web apps/web\nRUN npm run build --workspaces";
  expect(builds("node:22", lines, root())).toEqual([`vite build: ${WEB}`]);
});

test("turbo prune brings a project and what it stands on", () => {
  const lines = `RUN npm install -g turbo
COPY . .
RUN turbo prune @shop/web --docker
FROM node:22
WORKDIR /app
COPY --from=0 /app/out/json/ .
RUN npm ci
COPY --from=0 /app/out/full/ .
RUN npx turbo run build`;
  expect(made("node:22", lines, { ...root(), ...TURBO }, WEB ?? "", UI ?? "", "/app/dist")).toEqual([
    `${WEB} ?`,
    `${UI} ?`,
    "/app/dist if",
  ]);
  expect(builds("node:22", lines, { ...root(), ...TURBO }).sort()).toEqual([
    `vite build: ${WEB}`,
    `vite build: ${UI}`,
  ]);
});
