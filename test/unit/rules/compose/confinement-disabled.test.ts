import { test } from "vitest";
import { confinementDisabled as rule } from "../../../../server/src/rules/compose/confinement-disabled.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("with a colon or an equals sign", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        security_opt:
          - seccomp=unconfined
            ^^^^^^^^^^^^^^^^^^ confinement-disabled
          - "apparmor:unconfined"
            ^^^^^^^^^^^^^^^^^^^^^ confinement-disabled: a is confined by no profile of AppArmor.
          - label:disable
            ^^^^^^^^^^^^^ confinement-disabled: a is not kept apart by SELinux.
          - systempaths=unconfined
            ^^^^^^^^^^^^^^^^^^^^^^ confinement-disabled
          - no-new-privileges:false
          - label:type:svirt_apache_t
          - apparmor:docker-default
          - seccomp:\${PROFILE}
  `;
});

test("not twice for a privileged service, nor for an engine in a container", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, privileged: true, security_opt: ["seccomp:unconfined"]}
      b: {image: "moby/buildkit:v0.16.0", security_opt: ["seccomp:unconfined"]}
      c: {image: c, security_opt: []}
  `;
});
