import { test } from "vitest";
import { resourceFileMissing as rule } from "../../../../server/src/rules/compose/resource-file-missing.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

const around = {
  files: { "nginx.conf": "", "secrets/token.txt": "" },
  absent: ["ngnix.conf", "other.conf", "secrets/tokn.txt", "pw.txt", "dist/a.conf"],
};

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad, around);
  expectComposeProblems(rule, rule.docs.good, around);
});

test("configs, and secrets that are nearly there", () => {
  reportsInCompose(rule, around)`
    configs:
      a: {file: other.conf}
                ^^^^^^^^^^ resource-file-missing: There is no file other.conf.
    secrets:
      b: {file: ./secrets/tokn.txt}
                ^^^^^^^^^^^^^^^^^^ resource-file-missing: There is no file ./secrets/tokn.txt; did you mean ./secrets/token.txt?
  `;
});

test("not secrets that are kept elsewhere, what is made first, or not known", () => {
  reportsInCompose(rule, around)`
    configs: {a: {file: dist/a.conf}, b: {file: "\${X}.conf"}, c: {file: /etc/x}, d: {content: x}, e: {file: unknown.conf}}
    secrets: {f: {file: ./pw.txt}, g: {environment: X}}
  `;
});

test("the near one is taken", () => {
  fixesInCompose(rule, "unsafe", "", around)`
    configs: {a: {file: ./ngnix.conf}}
    ->
    configs: {a: {file: ./nginx.conf}}
  `;
});
