import { expect, test } from "vitest";
import { quotedInList as rule } from "../../../../server/src/rules/compose/quoted-in-list.ts";
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

test("not where the quotes are YAML's, or part of what is meant", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        command: ["--name='x'"]
        environment:
          - "A=b"
          - 'B="kept on purpose"'
          - C=say "hello"
          - D=
          - E='x' or 'y' z
        build:
          args:
            - F='x'
                ^^^ quoted-in-list: The quotes become part of F's value.
      b:
        image: b
        environment:
          A: "b"
          B: '"c"'
  `;
});

test("the quotes go, or stand around the whole", () => {
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        environment:
          - A="b c" # note
    ->
    services:
      a:
        image: a
        environment:
          - A=b c # note
  `;
  fixesInCompose(rule, "safe")`
    services:
      a: {image: a, environment: [A="it's "]}
    ->
    services:
      a: {image: a, environment: ['A=it''s ']}
  `;
  // A colon at the end would make a key of it.
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        environment:
          - A="b:"
    ->
    services:
      a:
        image: a
        environment:
          - 'A=b:'
  `;
  expect(offeredInCompose(rule)`
    services:
      a: {image: a, environment: [A="x" -o "y"]}
  `).toEqual([[]]);
});

test("labels, where their reader takes no quotes for quotes", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: x
        labels:
          - traefik.enable="true"
                           ^^^^^^ quoted-in-list: The quotes become part of traefik.enable's value.
          - traefik.http.routers.a.rule='Host(\`a.example.com\`)'
                                        ^^^^^^^^^^^^^^^^^^^^^^^ quoted-in-list
          - "traefik.http.routers.a.rule=Host(\`a\`)"
          - caddy.respond="hello"
          - com.example.description="Shop"
      b:
        image: x
        labels:
          traefik.enable: "true"
  `;
  fixesInCompose(rule, "safe")`
    services:
      a: {image: x, labels: [traefik.enable="true"]}
    ->
    services:
      a: {image: x, labels: [traefik.enable=true]}
  `;
});
