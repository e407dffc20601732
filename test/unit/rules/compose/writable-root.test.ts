import { test } from "vitest";
import { writableRoot as rule } from "../../../../server/src/rules/compose/writable-root.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not where something is said of it, or may be", () => {
  expectComposeProblems(rule, "services:\n  a: {image: a}\n", { alone: false });
  reportsInCompose(rule)`
    services:
      a: {image: a, read_only: true}
      b: {image: b, read_only: false}
      c: {image: c, privileged: true}
      d: {image: d}
      ^ writable-root
  `;
});

test("it is made read-only", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
    ->
    services:
      a:
        image: a
        read_only: true
  `;
});

test("with a tmpfs where the server has to write", () => {
  fixesInCompose(rule, "unsafe", "with a tmpfs at /run and /var/cache/nginx")`
    services:
      web:
        image: nginx:1.30
      db: {image: "postgres:18", read_only: true}
    ->
    services:
      web:
        image: nginx:1.30
        read_only: true
        tmpfs: [/run, /var/cache/nginx]
      db: {image: "postgres:18", read_only: true}
  `;
  fixesInCompose(rule, "unsafe", "read-only")`
    services:
      db: {image: "postgres:18"}
    ->
    services:
      db: {image: "postgres:18", read_only: true, tmpfs: [/run/postgresql]}
  `;
  fixesInCompose(rule, "unsafe", "read-only")`
    services:
      db: {image: "postgres:18", tmpfs: [/run]}
    ->
    services:
      db: {image: "postgres:18", tmpfs: [/run], read_only: true}
  `;
});
