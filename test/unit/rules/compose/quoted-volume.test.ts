import { expect, test } from "vitest";
import { quotedVolume as rule } from "../../../../server/src/rules/compose/quoted-volume.ts";
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

test("not where the quotes do something", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        volumes:
          - "./a b:/a"
          - "*:/a"
          - "#:/a"
          - "~"
          - "null"
          - "80"
          - ./a:/a
          - 'data:/data:ro'
            ^^^^^^^^^^^^^^^ quoted-volume
          - "yes"
          - {type: volume, source: data, target: "/d x"}
    volumes: {data: {}}
  `;
});

test("in the long form too, and where it is a name alone", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        volumes:
          - "data"
            ^^^^^^ quoted-volume: This needs no quotes.
          - "data:data"
            ^^^^^^^^^^^ quoted-volume
          - {type: volume, source: "data", target: /d, volume: {subpath: 'sub'}}
                                   ^^^^^^ quoted-volume
                                                                         ^^^^^ quoted-volume
    volumes: {data: {}}
  `;
});

test("the quotes go", () => {
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        volumes: ["./a:/a", ./b:/b] # two
    ->
    services:
      a:
        image: a
        volumes: [./a:/a, ./b:/b] # two
  `;
  expect(offeredInCompose(rule)`
    services:
      a: {image: a, volumes: ["/a"]}
  `).toEqual([["Take the quotes away"]]);
});
