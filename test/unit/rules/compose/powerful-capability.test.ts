import { test } from "vitest";
import { powerfulCapability as rule } from "../../../../server/src/rules/compose/powerful-capability.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("in any spelling, and some only beside the host's own", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        cap_add:
          - all
            ^^^ powerful-capability
          - CAP_SYS_ADMIN
            ^^^^^^^^^^^^^ powerful-capability: With SYS_ADMIN root of a may mount, and do more that containers are kept from.
          - sys_module
            ^^^^^^^^^^ powerful-capability
          - NET_ADMIN
          - SYS_PTRACE
          - NET_RAW
          - SYS_NICE
          - "\${CAPABILITY}"
      b:
        image: b
        pid: host
        network_mode: host
        cap_add: [NET_ADMIN, SYS_PTRACE]
                  ^^^^^^^^^ powerful-capability: With NET_ADMIN root of b may change the host's network: addresses, routes, firewall.
                             ^^^^^^^^^^ powerful-capability: With SYS_PTRACE root of b may take over processes of the host.
  `;
});

test("not for a privileged service, which has them all", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, privileged: true, cap_add: [ALL]}
      b: {image: b, cap_drop: [ALL]}
  `;
});
