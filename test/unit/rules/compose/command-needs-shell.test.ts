import { expect, test } from "vitest";
import { commandNeedsShell as rule } from "../../../../server/src/rules/compose/command-needs-shell.ts";
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

test("whatever the program is", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, command: serve > /var/log/serve}
                                   ^ command-needs-shell: Compose runs no shell here and leaves out all from > on.
      b: {image: a, command: sh -c migrate; serve}
                                          ^ command-needs-shell
      c:
        image: a
        entrypoint: "run 2>&1 | tee log"
                          ^ command-needs-shell
  `;
});

test("not in quotes, lists or escapes", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, command: sh -c "migrate && serve"}
      b: {image: a, command: [sh, -c, "migrate && serve"]}
      c: {image: a, command: 'serve --url=http://x?a\&b'}
      d: {image: a, command: "redis-server --save '' --appendonly no"}
      e: {image: a, command: "echo $$(date; true)"}
      f:
        image: a
        command: >-
          nginx
          -g "daemon off;"
  `;
});

test("a shell is put before it", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
        command: migrate && echo "$$HOME" # both
    ->
    services:
      a:
        image: a
        command: ["sh", "-c", "migrate && echo \"$$HOME\""] # both
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      a: {image: a, command: bash -c a && b}
    ->
    services:
      a: {image: a, command: ["bash", "-c", "a && b"]}
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      a: {image: a, entrypoint: [sh, -c], command: a && b}
    ->
    services:
      a: {image: a, entrypoint: [sh, -c], command: ["a && b"]}
  `;
  const around = { dockerfiles: { Dockerfile: "FROM scratch\nCOPY a /a\n" } };
  expect(offeredInCompose(rule, around)`
    services:
      a: {build: ., command: a && b}
      b: {image: b, entrypoint: [tini, --], command: a && b}
  `).toEqual([[], []]);
});

test("operators and variables in words", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, command: ["./migrate", "&&", "./serve"]}
                                            ^^ command-needs-shell: No shell reads && in a list: it is a word of the command.
      b: {image: "redis:8", environment: {PW: x}, command: "redis-server --requirepass $\${PW}"}
                                                                                       ^^^^^^ command-needs-shell: No shell replaces PW here: redis-server is given the text as it is.
      c: {image: "redis:8", environment: {PW: x}, command: [sh, -c, "redis-server --requirepass $$PW"]}
      d: {image: example/own:1, environment: {PW: x}, command: [redis-server, "$$PW"]}
      e: {image: a, command: ["find", ".", "-exec", "rm", ";"]}
      f: {image: "redis:8", command: [redis-server, --requirepass, "a$$b"]}
  `;
});

test("a redirection in a list", () => {
  reportsInCompose(rule)`
    services:
      a: {image: "busybox:1.37", command: ["echo", "hello", ">", "/data/x"]}
                                                             ^ command-needs-shell: No shell reads > in a list: it is a word of the command.
      b: {image: "busybox:1.37", command: ["test", "1", ">", "0"]}
      c: {image: "busybox:1.37", command: ["sh", "-c", "echo a > b"]}
  `;
});

test("patterns that a program takes for the name of a file", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: eclipse-temurin:21-jre
        command: java -Xmx1g -jar target/*.jar
                                  ^^^^^^^^^^^^ command-needs-shell: No shell expands target/*.jar here: java is given the text as it is.
      b: {image: "eclipse-temurin:21-jre", entrypoint: [java, -jar, "app-?.jar"]}
                                                                     ^^^^^^^^^ command-needs-shell
      c: {image: "eclipse-temurin:21-jre", command: sh -c "exec java -jar target/*.jar"}
      d: {image: "eclipse-temurin:21-jre", command: java -cp lib/* com.example.Main}
      e: {image: "node:24", command: node --test tests/*.js}
      f: {image: "example/java:1", command: java -jar target/*.jar}
  `;
});
