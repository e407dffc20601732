import { expect, test } from "vitest";
import { volumeTakenForDrive as rule } from "../../../../server/src/rules/compose/volume-taken-for-drive.ts";
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

test("a declared volume of one letter in the short form", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: x
        volumes: ["d:/data", e:/more:ro, 'd:/quoted']
                   ^^^^^^^ volume-taken-for-drive
                             ^^^^^^^^^^ volume-taken-for-drive
                                          ^^^^^^^^^ volume-taken-for-drive
    volumes: {d: , e: }
  `;
});

test("silent about drives of Windows, longer names and the long form", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: x
        volumes:
          - c:/data:/data
          - d:/data:/data
          - f:/data
          - dd:/data
          - /d:/data
          - { type: volume, source: d, target: /data }
          - { type: bind, source: "d:/data", target: "c:/data" }
    volumes: {d: , dd: }
  `;
});

test("is mounted in the long form", () => {
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: x
        volumes:
          - "d:/data:ro" # kept
    volumes: {d: }
    ->
    services:
      a:
        image: x
        volumes:
          - { type: volume, source: d, target: /data, read_only: true } # kept
    volumes: {d: }
  `;
});

test("a letter that is no text to older readers stands in quotes", () => {
  fixesInCompose(rule, "safe")`
    services:
      a: {image: x, volumes: [y:/data]}
    volumes: {"y": }
    ->
    services:
      a: {image: x, volumes: [{ type: volume, source: "y", target: /data }]}
    volumes: {"y": }
  `;
});

test("no fix where options are not known, or services share the text", () => {
  expect(offeredInCompose(rule)`
    services:
      a: {image: x, volumes: &v ["d:/data:z"]}
      b: {image: x, volumes: *v}
    volumes: {d: }
  `).toEqual([[]]);
});
