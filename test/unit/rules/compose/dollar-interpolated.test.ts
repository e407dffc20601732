import { expect, test } from "vitest";
import { dollarInterpolated as rule } from "../../../../server/src/rules/compose/dollar-interpolated.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("in lists and braces, and of an env_file", () => {
  reportsInCompose(rule, { files: { "a.env": "PORT=80\n" } })`
    services:
      a:
        image: a
        env_file: a.env
        environment: [NAME=x]
        command: ["serve", "--port=\${PORT}"]
                                   ^^^^^^^ dollar-interpolated: Compose takes PORT from where it runs, not from the container.
        entrypoint: run $NAME --
                        ^^^^^ dollar-interpolated
  `;
});

test("not what Compose may well give", () => {
  reportsInCompose(rule, { env: { SET: "1" } })`
    services:
      a:
        image: a
        environment: {SET: 1, SAME: "\${SAME}", BARE: , GIVEN: x, PRICE: $GIVEN}
        command: serve $SET $SAME $BARE $OTHER \${GIVEN:-y} $$GIVEN $1 $(date)
  `;
});

test("hashes of passwords", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        labels:
          - "traefik.http.middlewares.x.basicauth.users=me:$apr1$H6uskkkW$IgXLP6ewTrSuBkTrqE8wj/"
                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ dollar-interpolated: Compose takes parts of this hash for variables, and leaves them out.
          - "traefik.http.middlewares.y.basicauth.users=me:$$apr1$$H6uskkkW$$IgXLP6ewTrSuBkTrqE8wj/"
  `;
});

test("two dollars for one", () => {
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        environment: {NAME: x}
        command: "sh -c 'serve \${NAME}'" # name
    ->
    services:
      a:
        image: a
        environment: {NAME: x}
        command: "sh -c 'serve $\${NAME}'" # name
  `;
  fixesInCompose(rule, "safe")`
    services:
      a: {image: a, environment: ["HASH=$2y$05$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC"]}
    ->
    services:
      a: {image: a, environment: ["HASH=$$2y$$05$$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC"]}
  `;
});

test("in the midst of a password", () => {
  reportsInCompose(rule, { env: { set: "1" } })`
    services:
      a:
        image: a
        environment:
          A_PASSWORD: may$the
                         ^^^^ dollar-interpolated: Compose takes $the for a variable, and leaves it out of A_PASSWORD.
          B_PASSWORD: $the
          C_PASSWORD: a-$the
          D_PASSWORD: may$THE
          E_PASSWORD: may\${the}
          F_PASSWORD: may$set
          G_NAME: may$the
          H_PASSWORD: may$$the
      b: {image: b, environment: ["B_TOKEN=a$b"]}
                                            ^^ dollar-interpolated
  `;
  fixesInCompose(rule, "safe")`
    services:
      b: {image: b, environment: ["B_TOKEN=a$b"]}
    ->
    services:
      b: {image: b, environment: ["B_TOKEN=a$$b"]}
  `;
});

test("variables that a script sets itself", () => {
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        command: sh -c 'for i in 1 2 3; do echo $i; sleep $i; done'
    ->
    services:
      a:
        image: a
        command: sh -c 'for i in 1 2 3; do echo $$i; sleep $$i; done'
  `;
});

test("at its line of a script, and mended there", () => {
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        environment: {NAME: x}
        entrypoint:
          - sh
          - -c
          - |
            # says it

              echo $NAME
    ->
    services:
      a:
        image: a
        environment: {NAME: x}
        entrypoint:
          - sh
          - -c
          - |
            # says it

              echo $$NAME
  `;
  reportsInCompose(rule)`
    services:
      a:
        image: a
        environment: {NAME: x}
        command: >-
          sh -c "first
          echo $NAME
               ^^^^^ dollar-interpolated

          \${NAME}"
          ^^^^^^^ dollar-interpolated
  `;
});

test("of the image that is run", () => {
  reportsInCompose(rule, { dockerfiles: { Dockerfile: "FROM alpine:3.22\nENV APP_HOME=/srv TZ=UTC\n" } })`
    services:
      a: {build: ., command: "sh -c 'cd $APP_HOME && exec ./run $TZ $OTHER'"}
                                        ^^^^^^^^^ dollar-interpolated
  `;
});

test("no two dollars where no shell puts the variable in", () => {
  expect(offeredInCompose(rule)`
    services:
      a: {image: a, environment: {NAME: x}, command: serve $NAME}
      b: {image: a, environment: {NAME: x}, command: [serve, "$NAME"]}
      c: {image: a, environment: {NAME: x}, healthcheck: {test: [CMD, ask, "$NAME"]}}
      d: {image: a, environment: {NAME: x}, entrypoint: [sh, -c], command: ["serve $NAME"]}
      e: {image: a, environment: {NAME: x}, healthcheck: {test: [CMD-SHELL, "ask $NAME"]}}
      f: {image: a, environment: {NAME: x}, healthcheck: {test: ask $NAME}}
  `).toEqual([
    [],
    [],
    [],
    ["Leave NAME to the container"],
    ["Leave NAME to the container"],
    ["Leave NAME to the container"],
  ]);
});

test("a value by a variable of another name is the container's all the same", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        environment: {PGPASSWORD: "\${PW:-x}", SAME: "\${SAME:-x}", URL: "http://\${URL}"}
        command: sh -c 'ask $PGPASSWORD $SAME $URL'
                            ^^^^^^^^^^^ dollar-interpolated
  `;
});
