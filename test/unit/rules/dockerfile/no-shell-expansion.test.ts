import { test } from "vitest";
import { noShellExpansion as rule } from "../../../../server/src/rules/dockerfile/no-shell-expansion.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("commands, home directories and wildcards that nobody expands", () => {
  reports(rule)`
    FROM debian:trixie-slim
    ENV VERSION="$(cat /version)"
                ^^^^^^^^^^^^^^^^^ no-shell-expansion: No shell reads this: $(…) stays as it is written.
    ENV PATH=~/.local/bin:$PATH
             ^^^^^^^^^^^^^^^^^^ no-shell-expansion: No shell reads this: ~ stays as it is written.
    ENV PATH=$PATH:~/bin
             ^^^^^^^^^^^ no-shell-expansion
    ARG DATE=\`date\`
             ^^^^^^ no-shell-expansion: No shell reads this: the backticks stay as they are written.
    LABEL org.opencontainers.image.created="$(date)"
                                           ^^^^^^^^^ no-shell-expansion
    WORKDIR ~/app
            ^^^^^ no-shell-expansion
    COPY a ~/
           ^^ no-shell-expansion
    COPY a /opt/*/
           ^^^^^^^ no-shell-expansion: No shell reads this: the wildcard stays as it is written.
    COPY ~/.ssh /srv/.ssh
         ^^^^^^ no-shell-expansion
    COPY $(ls) /a
         ^^^^^ no-shell-expansion
    ONBUILD WORKDIR ~
                    ^ no-shell-expansion
  `;
});

test("not what is meant as it stands, and not what something else expands later", () => {
  reports(rule)`
    FROM debian:trixie-slim
    ENV HOME_OF_IT='~/x' SUFFIX=~ A='$(date)' B="\$(date)" C=$D E=\${F:-*}
    ENV PS1="\`whoami\` $(pwd)" PROMPT_COMMAND="$(history)" JAVA_OPTS="-Dhost=$(hostname)" SCRIPT="make -j$(nproc)"
    ENV ALLOWED_HOSTS=* URL=http://example.com/~me/ SUM=$((1+2)) BACKUP=a~
    LABEL usage="docker run -v $(pwd):/srv image" note="Use \`make\`" maintainers="*"
    COPY *.go a[0-9].txt /src/
    COPY a~ /b~
    ADD https://example.com/~me/a /a
    WORKDIR /srv/\${NAME}
    RUN cp ~/x $(pwd)/*
  `;
});

test("a backtick that escapes is none", () => {
  reports(rule)`
    # escape=\`
    FROM mcr.microsoft.com/windows/servercore:ltsc2022
    ENV A="x \`$y\` z"
  `;
});

test("root's home is known", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    ENV PATH="~/.local/bin:$PATH"
    WORKDIR ~/app
    COPY a ~/
    ->
    FROM debian:trixie-slim
    ENV PATH="/root/.local/bin:$PATH"
    WORKDIR /root/app
    COPY a /root/
  `;
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    ENV HOME=/home/app
    WORKDIR ~/app
    ->
    FROM debian:trixie-slim
    ENV HOME=/home/app
    WORKDIR /home/app/app
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    USER 1000
    WORKDIR ~/app
    ENV A="$(date)"
    COPY ~/a /b
  `;
});

test("what only a shell reads behind the paths of COPY", () => {
  reports(rule)`
    FROM debian:trixie-slim
    COPY src/ ./src/ 2>/dev/null || true
                     ^^^^^^^^^^^^^^^^^^^ no-shell-expansion: No shell reads this: 2>/dev/null is a path like any other here, and COPY ends where one is not there.
    ADD a b || true
            ^^^^^^^ no-shell-expansion
    COPY ["a", "b", "||", "c/"]
    COPY a;b c>d /e/
  `;
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    COPY package.json yarn.lock* ./ || true
    ->
    FROM debian:trixie-slim
    COPY package.json yarn.lock* ./
  `;
});

test("braces of bash in the paths of COPY", () => {
  reports(rule)`
    FROM alpine:3.24
    ARG NAME=a
    COPY config/{app,db}.yml /etc/app/
         ^^^^^^^^^^^^^^^^^^^ no-shell-expansion: No shell reads this: the braces stay as they are written.
    COPY \${NAME}.yml \${NAME:-a,b}.yml /etc/app/
  `;
});

test("the value of ARG ends at the blank of a command", () => {
  reports(rule)`
    FROM alpine:3.24
    ARG VERSION=$(git describe --tags)
                ^^^^^^^^^^^^^^^^^^^^^^ no-shell-expansion: No shell reads this: $(…) stays as it is written, and ends at its first blank.
    ARG A=$(id B C=1 D
    ARG E=x F)
  `;
});
