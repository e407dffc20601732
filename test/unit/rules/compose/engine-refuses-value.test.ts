import { test } from "vitest";
import { engineRefusesValue as rule } from "../../../../server/src/rules/compose/engine-refuses-value.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("what the engine takes is let pass, in each of its forms", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, restart: no, cap_add: [ALL, CAP_SYS_PTRACE, net_admin], cap_drop: [all]}
      b: {image: b, restart: on-failure:3, ulimits: {nofile: {soft: 1, hard: 2}, nproc: 5}}
      c: {image: c, restart: "\${RESTART}", cap_add: ["\${CAP}"]}
      d: {image: d, restart: ""}
      e: {image: e, restart: unless-stopped:3}
                             ^^^^^^^^^^^^^^^^ engine-refuses-value: The engine counts restarts with on-failure only, not with unless-stopped.
      f: {image: f, restart: none}
                             ^^^^ engine-refuses-value: The engine has no restart policy none.
      g: {image: g, ulimits: {nofiles: 5}, cap_drop: [NET_RAWW]}
                              ^^^^^^^ engine-refuses-value: Linux has no limit nofiles; did you mean nofile?
                                                      ^^^^^^^^ engine-refuses-value
  `;
});

test("a slip is put right", () => {
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        restart: "unless-stoped" # always on
    ->
    services:
      a:
        image: a
        restart: "unless-stopped" # always on
  `;
});

test("memory that is too little, or contradicts itself", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, mem_limit: 512}
                               ^^^ engine-refuses-value: The engine takes no less than 6 MiB of memory, and 512 is 512 bytes.
      b: {image: b, deploy: {resources: {limits: {memory: "4m"}}}}
                                                          ^^^^ engine-refuses-value: The engine takes no less than 6 MiB of memory, and 4m is 4194304 bytes.
      c: {image: c, mem_limit: 1g, mem_reservation: 2g, memswap_limit: 512m}
                                                    ^^ engine-refuses-value: The engine reserves no more than the limit of 1g.
                                                                       ^^^^ engine-refuses-value: This is memory and swap together: the engine takes no less than 1g.
      d: {image: d, mem_limit: 512m, mem_reservation: 512m, memswap_limit: -1}
      e: {image: e, mem_limit: 0, memswap_limit: 0}
      f: {image: f, mem_limit: "\${LIMIT}", mem_reservation: 6m}
  `;
});

test("fixed addresses that are none, or in no subnet", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, networks: {back: {ipv4_address: 172.20.0.300}}}
                                                    ^^^^^^^^^^^^ engine-refuses-value: 172.20.0.300 is no address of IPv4.
      b: {image: b, networks: {back: {ipv4_address: 10.0.0.3}}}
                                                    ^^^^^^^^ engine-refuses-value: 10.0.0.3 is in no subnet of back.
      c: {image: c, networks: {front: {ipv4_address: 10.0.0.3}}}
      d: {image: d, networks: {back: {ipv4_address: 172.20.255.254}, out: {ipv4_address: 10.1.1.1}}}
      e: {image: e, networks: {back: {ipv4_address: "\${ADDRESS}"}, open: {ipv4_address: 10.1.1.1}, lan: {ipv4_address: 192.168.1.9}}}
    networks:
      front:
      back: {ipam: {config: [{subnet: 172.20.0.0/16}]}}
      out: {external: true}
      open: {ipam: {config: [{subnet: "\${SUBNET}"}]}}
      lan: {driver: macvlan, driver_opts: {parent: eth0}}
  `;
});
