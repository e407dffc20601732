import { test } from "vitest";
import { serviceTimeZoneUnknown as rule } from "../../../../server/src/rules/compose/service-time-zone-unknown.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("slips, small letters and cities without a zone", () => {
  reportsInCompose(rule, { files: { "a.env": "TZ=America/San_Francisco\n" } })`
    services:
      a: {image: example/a, environment: ["TZ=Europe/Berln"]}
                                              ^^^^^^^^^^^^ service-time-zone-unknown: There is no time zone Europe/Berln; Europe/Berlin is the one of that place.
      b: {image: example/b, environment: {TZ: europe/berlin}}
                                              ^^^^^^^^^^^^^ service-time-zone-unknown: There is no time zone europe/berlin; Europe/Berlin is the one of that place.
      c:
        image: postgres:18
        environment: {PGTZ: Asia/Mumbai}
                            ^^^^^^^^^^^ service-time-zone-unknown: There is no time zone Asia/Mumbai; Asia/Kolkata is the one of that place.
      d:
        image: example/d
        env_file: a.env
                  ^^^^^ service-time-zone-unknown: TZ in a.env: There is no time zone America/San_Francisco; America/Los_Angeles is the one of that place.
  `;
});

test("not those that there are, rules of POSIX, and what is not known", () => {
  reportsInCompose(rule)`
    services:
      a: {image: example/a, environment: {TZ: Europe/Kyiv}}
      b: {image: example/b, environment: {TZ: Europe/Kiev}}
      c: {image: example/c, environment: {TZ: America/Argentina/Buenos_Aires}}
      d: {image: example/d, environment: {TZ: CET-1CEST}}
      e: {image: example/e, environment: {TZ: ":Etc/UTC"}}
      f: {image: example/f, environment: {TZ: "\${TZ}"}}
      g: {image: example/g, environment: {TZ: Europe/Newtown}}
      h: {image: example/h, environment: {TZ: Mars/Olympus}}
      i: {image: example/i, environment: [TZ]}
      j: {image: example/j, environment: {TZ: US/Eastern, ZONE: Asia/Beijing}}
      k: {image: example/k, environment: {TZ: Etc/GMT+5}}
      l: {image: example/l, environment: {TZ: Asia/Calcutta}}
  `;
});

test("the zone that was meant", () => {
  fixesInCompose(rule, "safe")`
    services:
      a: {image: example/a, environment: {TZ: "Asia/Beijing"}}
    ->
    services:
      a: {image: example/a, environment: {TZ: "Asia/Shanghai"}}
  `;
});
