import { test } from "vitest";
import { sharedPropagation as rule } from "../../../../server/src/rules/compose/shared-propagation.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("short and long, and not from the host to the container", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        volumes:
          - /mnt:/mnt:ro,shared
                         ^^^^^^ shared-propagation
          - type: bind
            source: /srv
            target: /srv
            bind:
              propagation: rshared
                           ^^^^^^^ shared-propagation: What a mounts below /srv is mounted on the host too.
          - /:/host:ro,rslave
          - /media:/media:rprivate
          - data:/data:z
          - {type: bind, source: /b, target: /b, bind: {propagation: "\${HOW}"}}
    volumes: {data: {}}
  `;
});
