import { expect, test } from "vitest";
import { environmentFileMissing as rule } from "../../../../server/src/rules/compose/environment-file-missing.ts";
import { fixesInCompose, offeredInCompose, reportsInCompose } from "../../../support/compose.ts";

const around = { absent: ["a.env", "labels", "/opt/app/env"], files: { "b.env": "" } };

test("in each form", () => {
  reportsInCompose(rule, around)`
    services:
      a:
        image: x
        env_file: [b.env, a.env]
                          ^^^^^ environment-file-missing: There is no file a.env.
        label_file: labels
                    ^^^^^^ environment-file-missing: There is no file labels.
      b:
        image: x
        env_file: [{path: a.env}]
                          ^^^^^ environment-file-missing: There is no file a.env.
  `;
});

test("silent where it need not be there, is there, or is not known", () => {
  reportsInCompose(rule, around)`
    services:
      a:
        image: x
        env_file:
          - {path: a.env, required: false}
          - {path: a.env, required: "\${NEEDED}"}
          - b.env
          - "\${DIR}/a.env"
          - unknown.env
          - /opt/app/env
  `;
});

test("fix: go on without it", () => {
  fixesInCompose(rule, "unsafe", "", around)`
    services:
      a:
        image: x
        env_file:
          - a.env
    ->
    services:
      a:
        image: x
        env_file:
          - { path: a.env, required: false }
  `;
  fixesInCompose(rule, "unsafe", "", around)`
    services:
      a:
        image: x
        env_file: a.env # why
    ->
    services:
      a:
        image: x
        env_file: [{ path: a.env, required: false }] # why
  `;
  expect(offeredInCompose(rule, around)`
    services:
      a: {image: x, label_file: [labels]}
  `).toEqual([[]]);
});

test("a folder is no file", () => {
  reportsInCompose(rule, { files: { "conf/a.env": "" } })`
    services:
      a: {image: x, env_file: conf}
                              ^^^^ environment-file-missing: conf is a folder, and Compose reads a file here.
  `;
});
