import { test } from "vitest";
import { completedButRestarts as rule } from "../../../../server/src/rules/compose/completed-but-restarts.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not where it may end", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        depends_on:
          none: {condition: service_completed_successfully}
          no: {condition: service_completed_successfully}
          failure: {condition: service_completed_successfully}
          open: {condition: service_completed_successfully}
          started: {condition: service_started}
          elsewhere: {condition: service_completed_successfully}
      none: {image: a}
      no: {image: a, restart: "no"}
      failure: {image: a, restart: "on-failure:3"}
      open: {image: a, restart: "\${RESTART}"}
      started: {image: a, restart: always}
  `;
});

test("starts again only when it fails", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
        depends_on: {job: {condition: service_completed_successfully}}
      job:
        image: a
        restart: 'unless-stopped' # as all
    ->
    services:
      a:
        image: a
        depends_on: {job: {condition: service_completed_successfully}}
      job:
        image: a
        restart: 'on-failure' # as all
  `;
});

test("by the policy of deploy, which goes before restart", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      api: {image: a, depends_on: {job: {condition: service_completed_successfully}}}
      job: {image: a, deploy: {restart_policy: {condition: any}}}
    ->
    services:
      api: {image: a, depends_on: {job: {condition: service_completed_successfully}}}
      job: {image: a, deploy: {restart_policy: {condition: on-failure}}}
  `;
  reportsInCompose(rule)`
    services:
      api: {image: a, depends_on: {job: {condition: service_completed_successfully}}}
      job: {image: a, restart: always, deploy: {restart_policy: {condition: on-failure}}}
  `;
});
