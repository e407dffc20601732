import { test } from "vitest";
import { instructionSwallowed as rule } from "../../../../server/src/rules/dockerfile/instruction-swallowed.ts";
import { fixes, reports } from "../../../support/check.ts";

test("a backslash that stayed takes the next instruction along", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get clean && rm -rf /var/lib/apt/lists/* \
    # add local files
    COPY /root /
    ^^^^ instruction-swallowed: The line above goes on here, so that COPY is a word of RUN.
    RUN apt-get update && \
    RUN apt-get install -y curl
    ^^^ instruction-swallowed: The line above goes on here, so that RUN is a word of RUN.
    COPY package.json .\
    RUN npm ci
    ^^^ instruction-swallowed
  `;
  reports(rule)`
    FROM debian:trixie-slim
    ENV A=1 \
        B=2 \
    ENV C=3
    ^^^ instruction-swallowed: The line above goes on here, so that ENV is a word of ENV.
  `;
  reports(rule)`
    FROM debian:trixie-slim
    EXPOSE 80 \
    CMD ["node", "server.js"]
    ^^^ instruction-swallowed
  `;
});

test("not text, other words, and what belongs there", () => {
  reports(rule)`
    FROM debian:trixie-slim
    HEALTHCHECK --interval=5s \
      CMD curl -f http://localhost/
    ONBUILD \
      RUN make
    RUN psql -c "SELECT * \
    FROM users" && echo '\
    RUN echo a' > Dockerfile
    RUN printf '%s\n' \
      'COPY a b' \
      "ENV A=1" > Dockerfile
    RUN make \
      ENV=production \
      USER=me \
      CMD
    RUN cat <<EOF > Dockerfile \
      && echo done
    FROM alpine
    COPY a b
    EOF
    ENV TEXT="one \
    COPY a b"
    RUN apt-get install -y \
      # COPY a b
      curl
    RUN copy a b && \
      add c d
    LABEL a=b \
      USER=c
  `;
});

test("the line above ends there", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN apt-get clean && \
        rm -rf /var/lib/apt/lists/* && \

    # add local files
    COPY root/ /
    ->
    FROM debian:trixie-slim
    RUN apt-get clean && \
        rm -rf /var/lib/apt/lists/*

    # add local files
    COPY root/ /
  `;
  fixes(rule, "unsafe")`
    FROM mcr.microsoft.com/windows/servercore:ltsc2022
    COPY package*.json .\
    RUN npm install
    ->
    FROM mcr.microsoft.com/windows/servercore:ltsc2022
    COPY package*.json ./
    RUN npm install
  `;
});

test("not where a sign that continues a line stands alone in front of the instruction", () => {
  reports(rule)`
    FROM debian:trixie-slim
    \
    COPY a.json b.json ./
  `;
});
