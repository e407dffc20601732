import { test } from "vitest";
import { watchWithoutEffect as rule } from "../../../../server/src/rules/compose/watch-without-effect.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

const around = {
  files: { "src/main.js": "", "package.json": "{}" },
  absent: ["scr", "dist", "packag.json", "other", "lib"],
};

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad, { files: { "src/main.js": "" }, absent: ["scr"] });
  expectComposeProblems(rule, rule.docs.good, { files: { "src/main.js": "" } });
});

test("a path that is not there, unless it is made", () => {
  reportsInCompose(rule, around)`
    services:
      web:
        build: .
        develop:
          watch:
            - {action: sync, path: ./scr, target: /app/src}
                                   ^^^^^ watch-without-effect: There is nothing at ./scr to watch.
            - {action: rebuild, path: packag.json}
                                      ^^^^^^^^^^^ watch-without-effect
            - {action: sync, path: ./src, target: /app/src}
            - {action: sync, path: ./dist, target: /app/dist}
            - {action: rebuild, path: package.json}
            - {action: sync, path: "./\${FOLDER}", target: /app/dist}
  `;
  fixesInCompose(rule, "unsafe", "", around)`
    services:
      web:
        build: .
        develop:
          watch:
            - {action: sync, path: ./scr, target: /app/src}
    ->
    services:
      web:
        build: .
        develop:
          watch:
            - {action: sync, path: ./src, target: /app/src}
  `;
});

test("what a bind mount brings already", () => {
  reportsInCompose(rule, around)`
    services:
      web:
        build: .
        volumes: [".:/app", "data:/data"]
        develop:
          watch:
            - {action: sync, path: ./src, target: /app/src}
                                   ^^^^^ watch-without-effect: . is mounted, so Compose does not watch ./src, and warns of it.
            - {action: rebuild, path: package.json}
      api:
        build: .
        volumes: ["./config:/config"]
        develop:
          watch:
            - {action: sync+restart, path: ./src, target: /app/src}
  `;
});

test("nothing to build again", () => {
  reportsInCompose(rule, around)`
    services:
      web:
        image: nginx:1.30
        develop:
          watch:
            - {action: rebuild, path: ./src}
                       ^^^^^^^ watch-without-effect: web has no build, so Compose refuses to watch for what would build it again.
            - {action: sync, path: ./src, target: /app}
  `;
  reportsInCompose(rule, { ...around, alone: false })`
    services:
      web:
        image: example/web
        develop:
          watch: [{action: rebuild, path: ./src}]
  `;
});
