import { expect, test } from "vitest";
import { packageScriptUnknown as rule } from "../../../../server/src/rules/dockerfile/package-script-unknown.ts";
import { fixes, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const scripts = (names: Readonly<Record<string, string>>) => JSON.stringify({ scripts: names });
const project = {
  context: contextOf({
    "package.json": scripts({ build: "tsc", "start:prod": "node a.js" }),
    "web/package.json": scripts({ dev: "vite" }),
    "a.js": "",
  }),
};

function messages(lines: string, files?: Readonly<Record<string, string>>): string[] {
  const inputs = files ? { context: contextOf(files) } : project;
  const dockerfile = `FROM node:22\nWORKDIR /app\nCOPY . .\n${lines}\n`;
  return problemsOf(rule, inputs)(Object.assign([""], { raw: [dockerfile] })).map((it) => it.message);
}

test("scripts that are not there, in every instruction that runs one", () => {
  reports(rule, project)`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run biuld
                          ^^^^^ package-script-unknown: package.json has no script biuld.
    RUN cd web && pnpm run build
                           ^^^^^ package-script-unknown: web/package.json has no script build.
    CMD ["npm", "start"]
                ^^^^^^^ package-script-unknown: package.json has no script start.
  `;
  expect(messages('CMD ["yarn", "start:dev"]')).toEqual(["package.json has no script start:dev."]);
  expect(messages("ENTRYPOINT npm run serve")).toEqual(["package.json has no script serve."]);
  expect(messages('ENTRYPOINT ["tini", "--"]\nCMD ["npm", "run", "serve"]')).toHaveLength(1);
  expect(messages('WORKDIR /app/web\nCMD ["npm", "run", "build"]')).toEqual([
    "web/package.json has no script build.",
  ]);
});

test("not where it is there, or may be, or something else is meant", () => {
  for (const lines of [
    'CMD ["npm", "run", "build"]',
    'CMD ["yarn", "start:prod"]',
    "RUN npm run lint --if-present",
    "RUN npm run --prefix web dev",
    "RUN npm run -w web dev",
    "RUN pnpm --filter web run dev",
    "RUN yarn tsc && yarn run prisma generate && yarn workspace web dev:x",
    "RUN npm run lint || true",
    "RUN npm run $TASK",
    "RUN npm run env && npm test",
    "RUN npm pkg set scripts.lint=eslint && npm run lint",
    "RUN sed -i s/a/b/ package.json && npm run lint",
    "RUN cd $DIR && npm run lint",
    'ENTRYPOINT ["/entry.sh"]\nCMD ["npm", "run", "lint"]',
    'WORKDIR /other\nCMD ["npm", "run", "lint"]',
    'CMD ["npm", "run", "a"]\nCMD ["npm", "run", "build"]',
  ])
    expect(messages(lines), lines).toEqual([]);
  // npm starts server.js where there is no script.
  expect(messages('CMD ["npm", "start"]', { "package.json": "{}", "server.js": "" })).toEqual([]);
  expect(messages('CMD ["npm", "start"]', { "package.json": "{ broken", "a.js": "" })).toEqual([]);
  expect(messages('CMD ["npm", "start"]', { "a.js": "" })).toEqual([]);
  reports(rule)`
    FROM node:24
    WORKDIR /app
    COPY . .
    CMD ["npm", "run", "serve"]
  `;
});

test("the nearest name", () => {
  fixes(rule, "unsafe", "", project)`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm run buidl
    CMD ["npm", "run", "start:prd"]
    ->
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm run build
    CMD ["npm", "run", "start:prod"]
  `;
});

test("Bun: names that no program and no source has", () => {
  reports(rule, project)`
    FROM oven/bun:1
    WORKDIR /app
    COPY . .
    RUN bun install --frozen-lockfile
    RUN bun run build
    RUN bun run db:migrate
                ^^^^^^^^^^ package-script-unknown: package.json has no script db:migrate.
    CMD ["bun", "run", "start"]
                       ^^^^^^^ package-script-unknown: package.json has no script start.
  `;
  const bun = (command: string, files: Record<string, string> = {}) =>
    problemsOf(rule, { context: contextOf({ "package.json": scripts({ build: "tsc" }), ...files }) })(
      Object.assign([""], { raw: [`FROM oven/bun:1\nWORKDIR /app\nCOPY . .\nCMD ${command}\n`] }),
    );
  expect(bun('["bun", "start"]')).toHaveLength(1);
  expect(bun('["bun", "run", "start"]', { "start.ts": "" })).toEqual([]);
  expect(bun('["bun", "run", "dev"]', { "dev/index.ts": "" })).toEqual([]);
  expect(bun('["bun", "run", "serve"]')).toEqual([]);
  expect(bun('["bun", "run", "src/index.ts"]')).toEqual([]);
  expect(bun('["bun", "dev"]')).toEqual([]);
  expect(bun('["bun", "--cwd", "web", "run", "start"]')).toEqual([]);
});
