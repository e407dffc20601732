import { test } from "vitest";
import { copyFlattensFolders as rule } from "../../../../server/src/rules/dockerfile/copy-flattens-folders.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const inputs = {
  context: contextOf({
    "src/main.py": "",
    "src/lib/a.py": "",
    "src/data/b.csv": "",
    "plugins/one/p.js": "",
    "plugins/two/p.js": "",
    "conf/a.yaml": "",
    "package.json": "",
  }),
};

test("a pattern that is also for folders", () => {
  fixes(rule, "unsafe", "Copy src/", inputs)`
    FROM python:3.14-slim
    COPY src/* /app/
    ->
    FROM python:3.14-slim
    COPY src/ /app/
  `;
  reports(rule, inputs)`
    FROM python:3.14-slim
    COPY src/* /app/
         ^^^^^ copy-flattens-folders: COPY takes what is in src/lib and 1 more, and not the folders themselves.
    COPY * /srv/
         ^ copy-flattens-folders
  `;
  offersNothing(rule, inputs)`
    FROM python:3.14-slim
    COPY src/[^x]* /app/
  `;
});

test("not files alone, folders alone, or with --parents", () => {
  reports(rule, inputs)`
    FROM python:3.14-slim
    COPY src/*.py /app/
    COPY conf/* /app/
    COPY plugins/* /plugins/
    COPY --parents src/* /app/
    COPY --from=alpine:3.24 /etc/* /x/
    COPY package*.json ./
    COPY src /app
  `;
  reports(rule)`
    FROM python:3.14-slim
    COPY src/* /app/
  `;
});
