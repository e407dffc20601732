import { expect, test } from "vitest";
import { conflictingKeys as rule } from "../../../../server/src/rules/compose/conflicting-keys.ts";
import { offeredInCompose, reportsInCompose } from "../../../support/compose.ts";

test("of services, builds, devices, secrets, configs and volumes", () => {
  reportsInCompose(rule)`
    services:
      api:
        build:
          context: .
          dockerfile: A
          dockerfile_inline: FROM x
          ^^^^^^^^^^^^^^^^^ conflicting-keys: \`dockerfile_inline\` and \`dockerfile\` exclude each other.
        gpus: [{capabilities: [gpu], count: 1, device_ids: ["0"]}]
                                               ^^^^^^^^^^ conflicting-keys: \`device_ids\` and \`count\` exclude each other.
    secrets:
      token: {file: ./a, environment: A}
                         ^^^^^^^^^^^ conflicting-keys: \`environment\` and \`file\` exclude each other.
    configs:
      conf: {content: a, file: ./a}
                         ^^^^ conflicting-keys: \`file\` and \`content\` exclude each other.
    volumes:
      data:
        external: true
        labels: {a: b}
        ^^^^^^ conflicting-keys: \`labels\` and \`external\` exclude each other.
  `;
});

test("silent for what says nothing, and where the engine does not mind", () => {
  reportsInCompose(rule)`
    services:
      api:
        image: x
        network_mode: host
        networks: []
      web:
        image: x
        network_mode: host
        networks: !reset [front]
    volumes:
      data: {external: "\${EXTERNAL}", driver: local}
      more: {external: false, driver: local}
    networks:
      front: {external: true, driver: bridge}
  `;
});

test("fix: either of the two goes", () => {
  expect(offeredInCompose(rule)`
    services:
      api:
        image: x
        network_mode: host
        networks: [front]
    networks: {front: }
  `).toEqual([["Remove network_mode", "Remove networks"]]);
});

test("two names of one resource, unless they are the same", () => {
  reportsInCompose(rule)`
    services: {}
    volumes:
      data: {name: a, external: {name: b}}
                                       ^ conflicting-keys: \`name\` of \`external\` and \`name\` beside it exclude each other.
      same: {name: a, external: {name: a}}
      old: {external: {name: b}}
    networks:
      front: {external: {name: b}, name: "\${NAME}"}
                               ^ conflicting-keys
  `;
});
