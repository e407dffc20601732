import { expect, test } from "vitest";
import { execFormVariable as rule } from "../../../../server/src/rules/dockerfile/exec-form-variable.ts";
import { expectProblems, fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("whole words, parts of words, the program itself, in every exec form", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN ["echo", "$HOME"]
                 ^^^^^^^ exec-form-variable: Exec form has no shell that would expand HOME: echo gets it as it is written.
    HEALTHCHECK CMD ["wget", "-q", "http://localhost:\${PORT}/health"]
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ exec-form-variable
    CMD ["$APP", "--port=$PORT", "/srv/$NAME.$EXT"]
         ^^^^^^ exec-form-variable: Exec form has no shell that would expand APP: a program of that name is looked for.
                 ^^^^^^^^^^^^^^ exec-form-variable
                                 ^^^^^^^^^^^^^^^^^ exec-form-variable
  `;
  reports(rule)`
    FROM eclipse-temurin:25-jre
    ENTRYPOINT ["java", "-Dx=\${X}", "-jar", "/app/\${ARTIFACT}.jar"]
                                            ^^^^^^^^^^^^^^^^^^^^^^ exec-form-variable
  `;
  reports(rule)`
    FROM node:24
    CMD ["node", "server.js", "$PORT"]
                              ^^^^^^^ exec-form-variable
  `;
});

test("not where a shell or the program expands it, or an entrypoint may", () => {
  for (const line of [
    'CMD ["sh", "-c", "echo $HOME"]',
    'CMD ["tini", "--", "bash", "-lc", "exec app $OPTS"]',
    'CMD ["/busybox/sh", "run.sh", "$X"]',
    'CMD ["node", "-e", "console.log(`$X`)"]',
    'CMD ["php", "-r", "$x = 1;"]',
    'CMD ["envsubst", "$HOST"]',
    'CMD ["nginx", "-g", "daemon off; user $USER;"]',
    'CMD ["java", "-Dspring.datasource.url=${DB_URL}", "-jar", "app.jar"]',
    'CMD ["/entrypoint.sh", "$X"]',
    'CMD ["echo", "costs 5$", "$1", "$$", "a$b c", "^x$"]',
    'CMD ["mongosh", "--eval", "db.x.find({$gt: 1})"]',
    "CMD echo $HOME",
    'ENTRYPOINT ["/docker.sh"]\nCMD ["app", "$X"]',
    'ENTRYPOINT ["sh", "-c"]\nCMD ["app $X"]',
    'ENTRYPOINT ["chamber", "exec", "$SERVICE", "--"]\nCMD ["app"]',
    'SHELL ["/bin/sh", "$X"]',
    'VOLUME ["/$X"]',
    'ONBUILD CMD ["app", "$X"]',
  ])
    reports(rule)(Object.assign([""], { raw: [`FROM alpine:3.24\n${line}\n`] }));
  reports(rule)`
    FROM example.com/app
    CMD ["app", "$X"]
  `;
  reports(rule)`
    # escape=\`
    FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
    CMD ["app", "$X"]
  `;
});

test("a shell expands it and hands over", () => {
  fixes(rule, "unsafe")`
    FROM eclipse-temurin:25-jre
    ENTRYPOINT ["java", "$JAVA_OPTS", "-jar", "/my app.jar"]
    ->
    FROM eclipse-temurin:25-jre
    ENTRYPOINT ["/bin/sh", "-c", "exec java $JAVA_OPTS -jar \"/my app.jar\" \"$@\"", "sh"]
  `;
  fixes(rule, "unsafe")`
    FROM eclipse-temurin:25-jre
    CMD ["java", "$JAVA_OPTS -Xmx300m", "-jar", "app.jar"]
    ->
    FROM eclipse-temurin:25-jre
    CMD ["/bin/sh", "-c", "exec java $JAVA_OPTS -Xmx300m -jar app.jar"]
  `;
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    CMD ["app", "--port=\${PORT}"]
    ->
    FROM alpine:3.24
    CMD ["/bin/sh", "-c", "exec app \"--port=\${PORT}\""]
  `;
});

test("nothing to offer without a shell", () => {
  offersNothing(rule)`
    FROM scratch
    COPY app /
    ENTRYPOINT ["/app", "$PORT"]
  `;
});

test("a word of many variables is read once", () => {
  const word = "$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".repeat(200);
  const start = performance.now();
  reports(rule)(Object.assign([""], { raw: [`FROM alpine:3.24\nCMD ["app", "${word}!"]\n`] }));
  expect(performance.now() - start).toBeLessThan(1000);
});

test("CMD behind an entrypoint whose program is known", () => {
  reports(rule)`
    FROM python:3.14-slim
    ENTRYPOINT ["gunicorn"]
    CMD ["app:app", "--bind", "0.0.0.0:$PORT"]
                              ^^^^^^^^^^^^^^^ exec-form-variable: Exec form has no shell that would expand PORT: gunicorn gets it as it is written.
  `;
  reports(rule)`
    FROM node:24-alpine
    ENTRYPOINT ["/sbin/tini", "--"]
    CMD ["node", "server.js", "$PORT"]
                              ^^^^^^^ exec-form-variable: Exec form has no shell that would expand PORT: node gets it as it is written.
  `;
  const go = (body: string) => ({
    context: contextOf({
      "go.mod": "module a\n",
      "main.go": `package main\n\nfunc main() {\n\t${body}\n}\n`,
    }),
  });
  expectProblems(rule, GO.replace("MARK", "^^^^^^^ exec-form-variable"), go("serve(os.Args)"));
  expectProblems(rule, GO.replace(/^ *MARK\n/m, ""), go("serve(os.ExpandEnv(os.Args[1]))"));
  expectProblems(rule, GO.replace(/^ *MARK\n/m, ""));
});

const GO = `FROM golang:1.27 AS builder
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .
FROM alpine:3.24
COPY --from=builder /app /app
ENTRYPOINT ["/app"]
CMD ["--port", "$PORT"]
               MARK
`;

test("not behind one that may do something with it, nor a CMD that another one replaces", () => {
  for (const lines of [
    'COPY wrap /\nENTRYPOINT ["/wrap"]\nCMD ["--port", "$PORT"]',
    'ENTRYPOINT ["tool"]\nCMD ["--port", "$PORT"]',
    'ENTRYPOINT ["python", "entrypoint.py"]\nCMD ["sh", "-c", "run $PORT"]',
    'ENTRYPOINT python app.py\nCMD ["$PORT"]',
    'ENTRYPOINT ["python", "app.py"]\nCMD ["$PORT"]\nCMD ["80"]',
    'ENTRYPOINT ["java", "-jar", "app.jar"]\nCMD ["--server.port=${PORT}"]',
  ])
    reports(rule)(Object.assign([""], { raw: [`FROM python:3.14-slim\n${lines}\n`] }));
});

test("an option of Java's virtual machine, which puts nothing in", () => {
  reports(rule)`
    FROM eclipse-temurin:21-jre
    ENTRYPOINT ["java", "-Xmx\${HEAP}", "-Dserver.port=\${PORT}", "-jar", "/app.jar"]
                        ^^^^^^^^^^^^^ exec-form-variable: Exec form has no shell that would expand HEAP: java gets it as it is written.
  `;
});
