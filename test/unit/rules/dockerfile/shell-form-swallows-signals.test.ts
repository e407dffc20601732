import { expect, test } from "vitest";
import { shellFormSwallowsSignals as rule } from "../../../../server/src/rules/dockerfile/shell-form-swallows-signals.ts";
import { expectProblems, fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("CMD and ENTRYPOINT in shell form, in every stage", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    CMD sleep 1
        ^^^^^^^ shell-form-swallows-signals: /bin/sh starts this command, and a shell need not pass SIGTERM on.
    FROM alpine:3.24
    ENTRYPOINT java -jar app.jar
               ^^^^^^^^^^^^^^^^^ shell-form-swallows-signals
  `;
});

test("exec form that only calls a shell", () => {
  reports(rule)`
    FROM alpine:3.24
    CMD ["sh", "-c", "./main"]
        ^^^^^^^^^^^^^^^^^^^^^^ shell-form-swallows-signals: sh starts this command, and a shell need not pass SIGTERM on.
  `;
});

test("not exec form, and not a shell that hands over or is asked for", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    CMD ["sleep", "1"]
    FROM alpine:3.24 AS two
    CMD exec sleep $TIME
    FROM alpine:3.24 AS three
    CMD ["sh", "-c", "exec ./main"]
    FROM alpine:3.24 AS four
    CMD ["sh", "-c", "./migrate && ./main"]
    FROM alpine:3.24 AS five
    SHELL ["/bin/ash", "-eo", "pipefail", "-c"]
    CMD sleep 1
  `;
});

test("not in Windows containers", () => {
  reports(rule)`
    # escape=\`
    FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
    CMD ping -t localhost
  `;
});

test("where there is no shell at all, no-shell speaks", () => {
  reports(rule)`
    FROM scratch
    CMD /api
  `;
});

test("plain words become exec form", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24
    ENTRYPOINT ./main --name 'a "b" c' --dir=C:\\x
    ->
    FROM alpine:3.24
    ENTRYPOINT ["./main", "--name", "a \"b\" c", "--dir=C:\\x"]
  `;
});

test("a command over several lines becomes one", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24
    CMD sleep \
      10
    ->
    FROM alpine:3.24
    CMD ["sleep", "10"]
  `;
});

test("the shell's own exec form becomes the program's", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24
    CMD ["/bin/sh", "-c", "./main --port 80"]
    ->
    FROM alpine:3.24
    CMD ["./main", "--port", "80"]
  `;
});

test("with a variable the shell stays and hands over, which is for the author to judge", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    CMD ./main --port "$PORT"
    ->
    FROM alpine:3.24
    CMD ["/bin/sh", "-c", "exec ./main --port \"$PORT\""]
  `;
});

test("a script may have no #! line, and CMD may begin to count for an entrypoint", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    CMD ./start.sh
    ->
    FROM alpine:3.24
    CMD ["./start.sh"]
  `;
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    ENTRYPOINT ./main
    CMD ["--help"]
    ->
    FROM alpine:3.24
    ENTRYPOINT ["./main"]
    CMD ["--help"]
  `;
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    ENTRYPOINT ["/entry"]
    CMD sleep 10
    ->
    FROM alpine:3.24
    ENTRYPOINT ["/entry"]
    CMD ["sleep", "10"]
  `;
});

test("official entrypoints run what they are handed", () => {
  fixes(rule, "safe")`
    FROM node:24-alpine
    CMD npm start
    ->
    FROM node:24-alpine
    CMD ["npm", "start"]
  `;
});

test("nothing to offer for shell syntax and comments in between", () => {
  offersNothing(rule)`
    FROM alpine:3.24
    CMD ./migrate && ./main
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    CMD sleep \
    # why
      10
  `;
});

test("shell form is what other linters mean, a called shell is not", () => {
  const [written] = problemsOf(rule)`
    FROM alpine:3.24
    CMD sleep 1
  `;
  expect(written?.aliases).toEqual(["JSONArgsRecommended", "DL3025", "S7019"]);
  const [called] = problemsOf(rule)`
    FROM alpine:3.24
    CMD ["sh", "-c", "sleep 1"]
  `;
  expect(called?.aliases).toEqual([]);
});

test("behind a SHELL that says what is the default BuildKit is silent, and hadolint is not", () => {
  const found = problemsOf(rule)`
    FROM alpine:3.24
    CMD ls
    SHELL ["/bin/sh", "-c"]
    ENTRYPOINT ls
  `;
  expect(found.map((it) => it.aliases)).toEqual([
    ["JSONArgsRecommended", "DL3025", "S7019"],
    ["DL3025", "S7019"],
  ]);
});

const scripts = {
  "start.sh": "#!/bin/sh\nset -e\npython manage.py migrate\ngunicorn app:app\n",
  "entry.sh": '#!/bin/bash\npython manage.py migrate\n"$@"\n',
  "exec.sh": '#!/bin/sh\npython manage.py migrate\nexec "$@"\n',
  "trap.sh": "#!/bin/bash\ntrap 'kill $p' TERM\npython a.py & p=$!\nwait $p\n",
  "branch.sh": '#!/bin/sh\nif [ "$1" = web ]; then exec python a.py; else python b.py; fi\n',
  "once.sh": "#!/bin/sh\npython manage.py migrate\n",
  "function.sh": "#!/bin/sh\nrun() { exec python a.py; }\nrun\n",
};

test("a script of the context that starts its program as a child", () => {
  reports(rule, { context: contextOf(scripts) })`
    FROM python:3.14-slim
    COPY start.sh /
    ENTRYPOINT ["/start.sh"]
                ^^^^^^^^^^^ shell-form-swallows-signals: Line 4 of start.sh starts the program without exec, so that the shell keeps SIGTERM to itself.
  `;
  reports(rule, { context: contextOf(scripts) })`
    FROM python:3.14-slim
    COPY entry.sh /
    ENTRYPOINT ["bash", "/entry.sh"]
                        ^^^^^^^^^^^ shell-form-swallows-signals
    CMD ["gunicorn", "app:app"]
  `;
});

test("not one that hands over, sees to signals, does something once, or stands behind an init for all processes", () => {
  for (const name of ["exec.sh", "trap.sh", "branch.sh", "once.sh", "function.sh"] as const)
    reports(rule, { context: contextOf({ "run.sh": scripts[name] }) })`
      FROM python:3.14-slim
      COPY run.sh /
      ENTRYPOINT ["/run.sh"]
    `;
  reports(rule, { context: contextOf(scripts) })`
    FROM python:3.14-slim
    COPY start.sh /
    ENTRYPOINT ["dumb-init", "--"]
    CMD ["/start.sh"]
  `;
  reports(rule, { context: contextOf(scripts) })`
    FROM python:3.14-slim
    COPY start.sh /
    ENTRYPOINT ["tini", "-g", "--", "/start.sh"]
  `;
  reports(rule, { context: contextOf(scripts) })`
    FROM python:3.14-slim
    COPY start.sh /
    RUN /start.sh
  `;
});

test("not behind an init that sends signals to all processes", () => {
  reports(rule)`
    FROM node:24-slim
    ENTRYPOINT ["/usr/bin/dumb-init", "--"]
    CMD node server.js
  `;
  reports(rule)`
    FROM node:24-slim
    ENTRYPOINT ["tini", "-v", "-g", "--"]
    CMD node server.js
  `;
  for (const init of ['"dumb-init", "-c", "--"', '"tini", "--"', '"dumb-init", "--", "/entrypoint.sh"'])
    expectProblems(
      rule,
      `FROM node:24-slim\nENTRYPOINT [${init}]\nCMD node server.js\n    ^^^^^^^^^^^^^^ shell-form-swallows-signals\n`,
    );
});
