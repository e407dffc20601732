import { test } from "vitest";
import { incompleteMount as rule } from "../../../../server/src/rules/compose/incomplete-mount.ts";
import { reportsInCompose } from "../../../support/compose.ts";

test("mounts and watches", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: x
        volumes:
          - type: volume
            ^^^^ incomplete-mount: A mount needs \`target\`.
            source: data
        develop:
          watch:
            - path: .
              action: sync
                      ^^^^ incomplete-mount: \`sync\` needs \`target\`: where the files go in the container.
    volumes: {data: }
  `;
});

test("devices", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: x
        devices:
          - /dev/a
          - {source: /dev/b, target: /dev/b}
          - source: /dev/c
            ^^^^^^ incomplete-mount: A device needs \`target\`.
            permissions: r
  `;
});

test("silent where nothing is missing, or another file may bring it", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: x
        volumes: ["./a:/a", {type: tmpfs, target: /t}, {type: bind, source: "\${A}", target: /b}]
        develop: {watch: [{path: ., action: rebuild}, {path: ., action: sync, target: /x}]}
  `;
  reportsInCompose(rule, { alone: false })`
    services:
      a: {image: x, volumes: [{type: bind, target: /t}]}
  `;
});
