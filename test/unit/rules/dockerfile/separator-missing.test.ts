import { test } from "vitest";
import { separatorMissing as rule } from "../../../../server/src/rules/dockerfile/separator-missing.ts";
import { fixes, reports } from "../../../support/check.ts";

test("a line that begins as the command above it does", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y curl \
        apt-get clean \
        ^^^^^^^ separator-missing: Without && in front of it, this is an argument of the apt-get above.
        && rm -rf /var/lib/apt/lists/*
    RUN curl -sfL https://example.com/a -o a \
        # the other
        curl -sfL https://example.com/b -o b
        ^^^^ separator-missing: Without && in front of it, this is an argument of the curl above.
    RUN mkdir -p /srv/a \
        mkdir -p /srv/b && chmod +x /a \
        ^^^^^ separator-missing
        chmod +x /b
        ^^^^^ separator-missing
    RUN pip install flask==3.1.0 \
        pip install gunicorn==23.0.0
        ^^^ separator-missing
  `;
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN apt-get update \
        apt-get install -y curl
    ->
    FROM debian:trixie-slim
    RUN apt-get update \
        && apt-get install -y curl
  `;
});

test("not a package or a file of that name, or a command of its own", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt install -y \
        apt \
        curl \
        git
    RUN pip install --upgrade \
        pip \
        wheel
    RUN pip install --upgrade \
        pip \
        --no-cache-dir
    RUN npm install -g \
        npm \
        yarn
    RUN apt-get update \
        && apt-get install -y curl; \
        apt-get clean
    RUN cp a \
        cp
    RUN rm -rf curl curl -a
    RUN <<EOF
    curl -O https://example.com/a
    curl -O https://example.com/b
    EOF
    RUN echo "apt-get update \
        apt-get install curl"
    RUN ["curl", \
         "curl", "-a"]
  `;
});
