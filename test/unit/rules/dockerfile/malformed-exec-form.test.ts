import { expect, test } from "vitest";
import { malformedExecForm as rule } from "../../../../server/src/rules/dockerfile/malformed-exec-form.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("each mistake, in each instruction that takes exec form", () => {
  reports(rule)`
    FROM node:24-alpine
    CMD ['node', 'server.js']
        ^^^^^^^^^^^^^^^^^^^^^ malformed-exec-form: This is no exec form, and is taken as it stands: only double quotes make strings.
    CMD [node, server.js]
        ^^^^^^^^^^^^^^^^^ malformed-exec-form: This is no exec form, and is taken as it stands: strings are written in double quotes.
    ENTRYPOINT ["node", "server.js",]
               ^^^^^^^^^^^^^^^^^^^^^^ malformed-exec-form: This is no exec form, and is taken as it stands: there is a comma behind the last string.
    ENTRYPOINT ["node" "server.js"]
               ^^^^^^^^^^^^^^^^^^^^ malformed-exec-form: This is no exec form, and is taken as it stands: a comma is missing.
    CMD ["node", "server.js"
        ^^^^^^^^^^^^^^^^^^^^ malformed-exec-form: This is no exec form, and is taken as it stands: the closing bracket is missing.
    CMD ["node", "server.js"] # the server
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ malformed-exec-form: This is no exec form, and is taken as it stands: something follows the bracket.
    CMD ["C:\app\server.exe"]
        ^^^^^^^^^^^^^^^^^^^^^ malformed-exec-form: This is no exec form, and is taken as it stands: a backslash in a string is written twice.
    RUN ['ls']
        ^^^^^^ malformed-exec-form
    HEALTHCHECK CMD ['true', 'x']
                    ^^^^^^^^^^^^^ malformed-exec-form
    VOLUME ['/data']
           ^^^^^^^^^ malformed-exec-form
    COPY ['a', '/c']
         ^^^^^^^^^^^ malformed-exec-form
    CMD [“node”, “server.js”]
        ^^^^^^^^^^^^^^^^^^^^^ malformed-exec-form
    ONBUILD CMD ["a", 'b']
                ^^^^^^^^^^ malformed-exec-form
  `;
});

test("not exec form, a test of the shell, a pattern, or what BuildKit refuses anyway", () => {
  reports(rule)`
    FROM node:24-alpine
    CMD ["node", "server.js"]
    CMD [ "node" , "server.js" ]
    CMD []
    RUN [ -f /x ] && echo yes
    RUN [ "$A" = "b" ] || exit 1
    RUN [ "a,b" = "$C" ] && ls
    RUN [ 'a' ] && ls
    RUN [[ "$A" == b ]]
    RUN ["ls"]
    CMD [ -x /server ] && exec /server
    COPY [abc]*.txt /x/
    COPY [a-z].txt /x/
    VOLUME /data [x]
    CMD node server.js
    RUN <<EOF
    [ 'a', 'b' ]
    EOF
  `;
});

test("as JSON", () => {
  fixes(rule, "safe")`
    FROM node:24-alpine
    ENTRYPOINT [ 'node', "it's", ]
    CMD ["C:\app\server.exe" "-v"]
    VOLUME ['/data']
    HEALTHCHECK --interval=5s CMD [true, x]
    RUN --network=none ['ls', '-l'
    ->
    FROM node:24-alpine
    ENTRYPOINT ["node", "it's"]
    CMD ["C:\\app\\server.exe", "-v"]
    VOLUME ["/data"]
    HEALTHCHECK --interval=5s CMD ["true", "x"]
    RUN --network=none ["ls", "-l"]
  `;
});

test("nothing to offer where it is not plain what is meant, or over several lines", () => {
  offersNothing(rule)`
    FROM node:24-alpine
    CMD ["node", "server.js"] # the server
    CMD [node, $FILE]
    CMD ["C:\temp\app.exe"]
    CMD ['node', \
      # which one
      'server.js']
  `;
});

test("for other linters a command is shell form, the others are nothing", () => {
  const found = problemsOf(rule)`
    FROM node:24-alpine
    CMD ['node']
    VOLUME ['/data']
  `;
  expect(found.map((it) => it.aliases.includes("DL3025"))).toEqual([true, false]);
});

test("a bracket behind VOLUME can mean nothing else", () => {
  reports(rule)`
    FROM debian:trixie-slim
    VOLUME [ /data ]
           ^^^^^^^^^ malformed-exec-form: This is no exec form, and is taken as it stands: strings are written in double quotes.
    VOLUME /srv/[x]
    COPY [ab] /srv/
    RUN [ /data ]
  `;
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    ARG DATA=/data
    VOLUME [ $DATA /logs ]
    ->
    FROM debian:trixie-slim
    ARG DATA=/data
    VOLUME ["$DATA", "/logs"]
  `;
});
