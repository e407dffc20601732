import { test } from "vitest";
import { missingRestart as rule } from "../../../../server/src/rules/compose/missing-restart.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not for jobs, tools, or where a policy is set", () => {
  expectComposeProblems(rule, "services:\n  a: {image: a}\n", { alone: false });
  reportsInCompose(rule)`
    services:
      a: {image: a, restart: "no", depends_on: {job: {condition: service_completed_successfully}}}
      job: {image: a}
      tool: {image: a, profiles: [tools]}
      swarm: {image: a, deploy: {restart_policy: {condition: any}}}
      open: {image: a, restart: "\${RESTART}"}
      heir: {extends: a}
  `;
});

test("the policy is added", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a # ours
    ->
    services:
      a:
        image: a # ours
        restart: unless-stopped
  `;
});
