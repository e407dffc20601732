import { expect, test } from "vitest";
import { mountedScriptBroken as rule } from "../../../../server/src/rules/compose/mounted-script-broken.ts";
import { expectComposeProblems, problemsInCompose, reportsInCompose } from "../../../support/compose.ts";

const files = {
  "crlf.sh": "#!/bin/sh\r\nset -e\r\nexec api\r\n",
  "plain.sh": "set -e\nexec api\n",
  "good.sh": "#!/bin/sh\nexec api\n",
  "db/init.sh": "#!/bin/bash\r\npsql\r\n",
  "db/data.sql": "select 1;\r\n",
  "db/sourced.sh": "psql\r\n",
};

test("what a service starts, itself or by a shell", () => {
  reportsInCompose(rule, { files })`
    services:
      a:
        image: alpine:3.24
        entrypoint: ["/start.sh"]
        volumes: ["./crlf.sh:/start.sh"]
                   ^^^^^^^^^ mounted-script-broken: The first line of ./crlf.sh ends with a carriage return, which becomes a part of its interpreter's name.
      b:
        image: alpine:3.24
        entrypoint: /scripts/plain.sh
        volumes:
          - type: bind
            source: .
                    ^ mounted-script-broken: ./plain.sh does not begin with a #! line, so that the kernel does not start it.
            target: /scripts
      c:
        image: alpine:3.24
        command: sh /start.sh
        volumes: ["./crlf.sh:/start.sh"]
                   ^^^^^^^^^ mounted-script-broken: The lines of ./crlf.sh end with carriage returns, which the shell takes for a part of their last words.
  `;
});

test("scripts with which a database is made", () => {
  reportsInCompose(rule, { files })`
    services:
      db:
        image: postgres:18
        volumes: ["./db:/docker-entrypoint-initdb.d:ro"]
                   ^^^^ mounted-script-broken: The first line of ./db/init.sh ends with a carriage return, which becomes a part of its interpreter's name.
  `;
});

test("the fixes change the script", () => {
  const changes = problemsInCompose(rule, { files })`
    services:
      a:
        image: alpine:3.24
        entrypoint: /start.sh
        volumes: ["./crlf.sh:/start.sh"]
      b:
        image: alpine:3.24
        entrypoint: /start.sh
        volumes: ["./plain.sh:/start.sh"]
  `.flatMap((it) => it.fixes.flatMap((fix) => [fix.title, ...(fix.others ?? [])]));
  expect(changes.filter((it) => typeof it === "string")).toEqual([
    "Write the line ends of ./crlf.sh as LF",
    "Write #!/bin/sh in front of ./plain.sh",
  ]);
});

test.each([
  "entrypoint: /start.sh\n    volumes: ['./good.sh:/start.sh']",
  // The shell in front of it reads what the kernel refuses.
  "entrypoint: [sh, -c, /start.sh]\n    volumes: ['./plain.sh:/start.sh']",
  "command: sh /start.sh\n    volumes: ['./plain.sh:/start.sh']",
  "entrypoint: /start.sh\n    volumes: ['./crlf.sh:/other.sh']",
  "entrypoint: /start.sh\n    volumes: ['start:/start.sh']",
  "entrypoint: /start.sh\n    volumes: ['./missing.sh:/start.sh']",
  "entrypoint: /start.sh\n    volumes: ['./crlf.sh:/start.sh', './good.sh:/start.sh']",
  "volumes: ['./crlf.sh:/docker-entrypoint-initdb.d/a.sh']",
])("silent for %s", (lines) => {
  expectComposeProblems(
    rule,
    `services:\n  a:\n    image: alpine:3.24\n    ${lines}\nvolumes: { start: }\n`,
    {
      files,
    },
  );
});
