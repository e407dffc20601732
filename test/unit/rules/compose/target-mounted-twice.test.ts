// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { test } from "vitest";
import { targetMountedTwice as rule } from "../../../../server/src/rules/compose/target-mounted-twice.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("in both forms, quoted or not, with a slash at the end", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        volumes: ["./conf:/data", "data:/data/"]
                          ^^^^^ target-mounted-twice: /data is mounted again in line 4, and the last one counts.
      b:
        image: b
        volumes:
          - {type: bind, source: ., target: /data}
                                            ^^^^^ target-mounted-twice
          - /data
            ^^^^^ target-mounted-twice
          - data:/data:ro
  `;
});

test("a tmpfs beside it is refused", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        tmpfs: /run
        volumes: [./run:/run]
                        ^^^^ target-mounted-twice: Compose refuses this: /run is a tmpfs already.
      b:
        image: b
        tmpfs: [/run, "/run:size=1m", /run]
                      ^^^^^^^^^^^^^^ target-mounted-twice: Compose refuses this: /run is a tmpfs already.
  `;
});

test("not what is inherited, the same text twice, other targets and variables that are not known", () => {
  reportsInCompose(rule)`
    services:
      base:
        image: base
        volumes: [data:/data]
      a:
        extends: base
        volumes: [./here:/data]
      b:
        image: b
        tmpfs: [/tmp, "\${PLACE}"]
        volumes: [data:/data, data:/data, x:/data/x, "y:\${DATA}", "z:\${DATA}"]
  `;
});

test("the mount that does not count can be taken out", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
        volumes:
          - ./conf:/data
          - data:/data
    ->
    services:
      a:
        image: a
        volumes:
          - data:/data
  `;
});
