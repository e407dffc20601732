import { expect, test } from "vitest";
import { unusedResource as rule } from "../../../../server/src/rules/compose/unused-resource.ts";
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

test("of each kind", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        volumes: [{type: volume, source: used, target: /x}]
        networks: {used: {aliases: [b]}}
        secrets: [used]
        configs: [{source: used}]
      b:
        build: {context: ., secrets: [build]}
        extends: a
    volumes: {used: {}, v: {}}
                        ^ unused-resource: No service uses the volume v.
    networks: {used: {}, default: {}, n: {external: true}}
                                      ^ unused-resource: No service uses the network n.
    secrets: {used: {file: ./a}, build: {file: ./b}, s: {file: ./c}}
                                                     ^ unused-resource: No service uses the secret s.
    configs: {used: {file: ./a}, c: {file: ./c}}
                                 ^ unused-resource: No service uses the config c.
  `;
});

test("not where it may be used", () => {
  const text = "services:\n  a: {image: a}\nvolumes: {x: {}}\n";
  expectComposeProblems(rule, text, { alone: false });
  expectComposeProblems(rule, "volumes: {x: {}}\n");
  reportsInCompose(rule)`
    services:
      a:
        image: a
        volumes: ["\${VOLUME}:/x"]
        networks: ["\${NETWORK}"]
        secrets: ["\${SECRET}"]
    volumes: {x: {}}
    networks: {x: {}}
    secrets: {x: {file: ./x}}
    configs: {x: {file: ./x}}
  `;
});

test("the last one goes with its section, and none with a comment", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
    volumes:
      old:
        driver: local
    ->
    services:
      a:
        image: a
  `;
  const titles = offeredInCompose(rule)`
    services:
      a: {image: a}
    volumes:
      old: # why
      other: &kept {}
    networks: {x: {}, y: {}}
  `;
  expect(titles).toEqual([[], [], [], []]);
});

test("a slip is told of where it is used", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, volumes: ["databse:/a"], networks: [frnt]}
    volumes: {database: {}, cache: {}}
                            ^^^^^ unused-resource
    networks: {front: {}}
  `;
});
