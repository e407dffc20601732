import { expect, test } from "vitest";
import { secretNotGranted as rule } from "../../../../server/src/rules/compose/secret-not-granted.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  problemsInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("an error where the image ends without the file", () => {
  const problems = problemsInCompose(rule)`
    services:
      db: {image: "mysql:8.4", environment: {MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root}}
      api: {image: example/api, environment: ["TOKEN_FILE=/run/secrets/token"]}
  `;
  expect(problems.map((it) => [it.severity, it.fixes.length])).toEqual([
    ["error", 0],
    ["warning", 0],
  ]);
});

test("not where the file may come otherwise", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, secrets: [{source: root, target: token}], environment: {TOKEN_FILE: /run/secrets/token}}
      b: {image: a, secrets: [{source: root, target: /run/secrets/token}], environment: {TOKEN_FILE: /run/secrets/token}}
      c: {image: a, secrets: ["\${SECRET}"], environment: {TOKEN_FILE: /run/secrets/token}}
      d: {image: a, volumes: ["./secrets:/run/secrets:ro"], environment: {TOKEN_FILE: /run/secrets/token}}
      e: {image: a, environment: {TOKEN_FILE: /etc/token, NAME: /run/secrets/token, OTHER_FILE: "/run/secrets/\${NAME}"}}
      f: {image: a, extends: g, environment: {TOKEN_FILE: /run/secrets/root}}
      g: {image: a, secrets: [root]}
    secrets: {root: {file: ./root}}
  `;
});

test("the secret is given in each form", () => {
  fixesInCompose(rule, "safe")`
    services:
      api:
        image: a
        environment: [TOKEN_FILE=/run/secrets/token]
        secrets:
        - other # first
    secrets:
      other: {file: ./other}
      token: {file: ./token}
    ->
    services:
      api:
        image: a
        environment: [TOKEN_FILE=/run/secrets/token]
        secrets:
        - other # first
        - token
    secrets:
      other: {file: ./other}
      token: {file: ./token}
  `;
});

test("read by a command, or by a variable of any name", () => {
  reportsInCompose(rule)`
    services:
      api:
        image: a
        environment: {KEY_PATH: /run/secrets/key, OTHER: /run/secrets/other}
                                ^^^^^^^^^^^^^^^^ secret-not-granted: api is not given the secret key, so this file is not there.
        command: sh -c "DB=$$(cat /run/secrets/password) exec api"
                                  ^^^^^^^^^^^^^^^^^^^^^ secret-not-granted: api is not given the secret password, so this file is not there.
        healthcheck: {test: ["CMD", "probe", "--token=/run/secrets/key"]}
                                                      ^^^^^^^^^^^^^^^^ secret-not-granted
      asks:
        image: a
        command: sh -c "[ -f /run/secrets/password ] && . /run/secrets/password; exec api"
      given:
        image: a
        command: api --password-file /run/secrets/password --all /run/secrets/key.pem
        secrets: [password]
    secrets: {password: {file: ./password}, key: {file: ./key}}
  `;
});
