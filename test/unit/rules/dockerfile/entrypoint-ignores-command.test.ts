import { test } from "vitest";
import { entrypointIgnoresCommand as rule } from "../../../../server/src/rules/dockerfile/entrypoint-ignores-command.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("in one stage, whichever comes first, and in any form", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    CMD serve all
        ^^^^^^^^^ entrypoint-ignores-command: The ENTRYPOINT is in shell form, so that this CMD is never used.
    ENTRYPOINT exec api
  `;
});

test("across stages", () => {
  reports(rule)`
    FROM alpine:3.24 AS base
    ENTRYPOINT api serve
    FROM base
    CMD ["--port", "80"]
        ^^^^^^^^^^^^^^^^ entrypoint-ignores-command
    FROM alpine:3.24 AS other
    ENTRYPOINT api serve
    CMD ["--port", "80"]
        ^^^^^^^^^^^^^^^^ entrypoint-ignores-command
    FROM other
    RUN touch /x
  `;
});

test("not exec form, arguments that are asked for, and a CMD that is taken away", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    ENTRYPOINT ["api"]
    CMD ["--port", "80"]
    FROM alpine:3.24 AS two
    ENTRYPOINT exec api "$0" "$@"
    CMD ["--port", "80"]
    FROM alpine:3.24 AS three
    ENTRYPOINT api
    CMD []
    FROM alpine:3.24 AS four
    ENTRYPOINT api
    FROM node:24
    ENTRYPOINT node server.js
    FROM example.com/app
    CMD ["x"]
  `;
});

test("plain words become exec form, after asking", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    ENTRYPOINT api serve
    CMD ["--port", "80"]
    ->
    FROM alpine:3.24
    ENTRYPOINT ["api", "serve"]
    CMD ["--port", "80"]
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    ENTRYPOINT api serve --log "$LOG"
    CMD ["--port", "80"]
  `;
});

test("a script that sh -c is handed in exec form", () => {
  reports(rule)`
    FROM node:24-alpine AS one
    COPY entrypoint.sh /
    ENTRYPOINT ["/bin/sh", "-c", "/entrypoint.sh"]
    CMD ["node", "server.js"]
        ^^^^^^^^^^^^^^^^^^^^^ entrypoint-ignores-command: The ENTRYPOINT hands sh -c a script that asks for no arguments, so that this CMD is never used.
    FROM alpine:3.24 AS two
    ENTRYPOINT ["/bin/sh", "-c"]
    CMD ["node server.js"]
    FROM alpine:3.24 AS three
    ENTRYPOINT ["/bin/sh", "-c", "exec api \"$@\"", "--"]
    CMD ["x"]
    FROM alpine:3.24 AS four
    ENTRYPOINT ["/bin/sh", "-c", "exec api $0"]
    CMD ["x"]
    FROM alpine:3.24 AS five
    ENTRYPOINT ["/bin/sh", "/entrypoint.sh"]
    CMD ["x"]
  `;
  fixes(rule, "unsafe", "Use exec form for ENTRYPOINT")`
    FROM node:24-alpine
    ENTRYPOINT ["/bin/sh", "-c", "/entrypoint.sh"]
    CMD ["node", "server.js"]
    ->
    FROM node:24-alpine
    ENTRYPOINT ["/entrypoint.sh"]
    CMD ["node", "server.js"]
  `;
});

const started = (script: string) => ({ context: contextOf({ "entrypoint.sh": script, "index.js": "" }) });

test("a script of one's own that never starts what it is given", () => {
  reports(rule, started("#!/bin/sh\nset -e\nnpm run migrate\nnode index.js\n"))`
    FROM node:26-alpine
    WORKDIR /app
    COPY . .
    ENTRYPOINT ["./entrypoint.sh"]
    CMD ["node", "index.js"]
        ^^^^^^^^^^^^^^^^^^^^ entrypoint-ignores-command: entrypoint.sh asks for no arguments, so that this CMD is never used.
  `;
  reports(rule, started("#!/bin/sh\nnode index.js\n"))`
    FROM node:26-alpine
    COPY entrypoint.sh /
    ENTRYPOINT ["sh", "/entrypoint.sh"]
    CMD ["--port", "80"]
        ^^^^^^^^^^^^^^^^ entrypoint-ignores-command
  `;
});

test.each([
  '#!/bin/sh\nexec "$@"\n',
  "#!/bin/sh\nexec node index.js ${1:-80}\n",
  "#!/bin/sh\nif [ $# -gt 0 ]; then exec env; fi\n",
  "#!/bin/sh\n. /start.sh\n",
  '#!/bin/bash\nexec node "${@:2}"\n',
  "#!/bin/sh\nfor it; do echo $it; done\n",
  "#!/bin/sh\nwhile getopts p: it; do :; done\n",
  "#!/usr/bin/env node\nprocess.argv\n",
])("not one that sees it: %j", (script) => {
  reports(rule, started(script))`
    FROM node:26-alpine
    COPY entrypoint.sh /
    ENTRYPOINT ["/entrypoint.sh"]
    CMD ["node", "index.js"]
  `;
});

test("not one that is not known, is changed, or has no CMD behind it", () => {
  reports(rule, started("#!/bin/sh\nnode index.js\n"))`
    FROM node:26-alpine
    COPY entrypoint.sh /
    RUN sed -i 's/node.*/exec "$@"/' /entrypoint.sh
    ENTRYPOINT ["/entrypoint.sh"]
    CMD ["node", "index.js"]
    FROM node:26-alpine
    COPY entrypoint.sh /
    ENTRYPOINT ["/entrypoint.sh"]
    FROM node:26-alpine
    ENTRYPOINT ["/entrypoint.sh"]
    CMD ["node", "index.js"]
  `;
});
