import { test } from "vitest";
import { nextAssetsMissing as rule } from "../../../../server/src/rules/dockerfile/next-assets-missing.ts";
import { expectProblems, fixes } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const around = (files: Readonly<Record<string, string>> = {}) => ({
  context: contextOf({ "package.json": '{"scripts":{"build":"next build"}}', ...files }),
});

const file = (lines: string, build = "npm run build") =>
  `FROM node:24-alpine AS builder\nWORKDIR /app\nCOPY . .\nRUN ${build}\nFROM node:24-alpine AS run\nWORKDIR /app\n${lines}\nCMD ["node", "server.js"]\n`;

const standalone = "COPY --from=builder /app/.next/standalone ./";

test("in a stage below, and behind ENTRYPOINT", () => {
  const marker = `${standalone}\n                    ^^^^^^^^^^^^^^^^^^^^^ next-assets-missing`;
  expectProblems(rule, file(`${marker}\nFROM run`), around());
  expectProblems(rule, file(`${marker}\nENTRYPOINT ["tini", "--"]`), around());
});

test.each([
  ["copied", `${standalone}\nCOPY --from=builder /app/.next/static ./.next/static`],
  ["copied with the folder", `COPY --from=builder /app/.next ./.next\n${standalone}`],
  ["taken from the context", `${standalone}\nCOPY static ./.next/static`],
  ["copied in front", "COPY --from=builder /app/.next/standalone/web ./"],
])("silent where it is %s", (_, lines) => {
  expectProblems(rule, file(lines), around());
});

test("silent where the project copies it, serves it from elsewhere, or is not known", () => {
  expectProblems(
    rule,
    file(standalone, "npm run build && cp -r .next/static .next/standalone/.next/"),
    around(),
  );
  expectProblems(
    rule,
    file(standalone),
    around({ "next.config.mjs": "export default { assetPrefix: cdn }" }),
  );
  const scripts = '{"scripts":{"postbuild":"cp -r public .next/standalone/"}}';
  expectProblems(rule, file(standalone), around({ "package.json": scripts }));
  expectProblems(rule, file(standalone));
});

test("the fix copies both beside the server, with the same flags", () => {
  fixes(rule, "unsafe", "", around({ "public/logo.svg": "" }))`
    FROM node:24-alpine AS builder
    WORKDIR /app
    COPY . .
    RUN npm run build
    FROM node:24-alpine
    WORKDIR /app
    COPY --from=builder --chown=node:node /app/.next/standalone ./
    CMD ["node", "server.js"]
    ->
    FROM node:24-alpine AS builder
    WORKDIR /app
    COPY . .
    RUN npm run build
    FROM node:24-alpine
    WORKDIR /app
    COPY --from=builder --chown=node:node /app/.next/standalone ./
    COPY --from=builder --chown=node:node /app/.next/static ./.next/static
    COPY --from=builder --chown=node:node /app/public ./public
    CMD ["node", "server.js"]
  `;
});
