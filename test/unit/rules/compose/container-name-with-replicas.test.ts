import { expect, test } from "vitest";
import { containerNameWithReplicas as rule } from "../../../../server/src/rules/compose/container-name-with-replicas.ts";
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

test("not for one container, or a number that is not known", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, container_name: a, scale: 1}
      b: {image: b, container_name: b, deploy: {replicas: "\${N}"}}
      c: {image: c, container_name: c}
      d: {image: d, deploy: {replicas: 2}}
  `;
});

test("the name goes, but no comment", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
        container_name: "a"
        deploy:
          replicas: 2
    ->
    services:
      a:
        image: a
        deploy:
          replicas: 2
  `;
  expect(offeredInCompose(rule)`
    services:
      a:
        image: a
        container_name: a # ours
        scale: 2
  `).toEqual([[]]);
});
