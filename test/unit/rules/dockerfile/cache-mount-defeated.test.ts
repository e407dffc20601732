import { expect, test } from "vitest";
import { cacheMountDefeated as rule } from "../../../../server/src/rules/dockerfile/cache-mount-defeated.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("turned off by an option or a variable", () => {
  reports(rule)`
    FROM example.com/team/base:1
    RUN --mount=type=cache,target=/root/.cache/pip pip install --no-cache-dir flask && pip install --no-cache-dir django
                                                               ^^^^^^^^^^^^^^ cache-mount-defeated: With --no-cache-dir pip does not use the cache mount.
                                                                                                   ^^^^^^^^^^^^^^ cache-mount-defeated
    RUN --mount=type=cache,dst=/var/cache/apk apk --no-cache add curl
                                                  ^^^^^^^^^^ cache-mount-defeated
    RUN --mount=type=cache,target=/root/.cache PIP_NO_CACHE_DIR=1 pip install flask
                                               ^^^^^^^^^^^^^^^^^^ cache-mount-defeated: With PIP_NO_CACHE_DIR=1 pip does not use the cache mount.
    ONBUILD RUN --mount=type=cache,target=/root/.cache/pip pip install --no-cache-dir flask
                                                                       ^^^^^^^^^^^^^^ cache-mount-defeated
    FROM example.com/team/base:1
    ENV PIP_NO_CACHE_DIR=on
    RUN --mount=type=cache,target=/root/.cache/pip ["pip", "install", "flask"]
                                                    ^^^^^ cache-mount-defeated
  `;
});

test("emptied in the same RUN", () => {
  reports(rule)`
    FROM example.com/team/base:1
    RUN --mount=type=cache,target=/var/cache/dnf dnf install -y curl && dnf clean all
                                                                        ^^^^^^^^^^^^^ cache-mount-defeated: This empties the cache mount, so that the next build starts without it.
    RUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl && apt-get clean && rm -rf /var/lib/apt/lists/*
                                                                                                                                     ^^^^^^^^^^^^^ cache-mount-defeated
                                                                                                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ cache-mount-defeated
    RUN --mount=type=cache,target=/root/.npm npm ci && npm cache clean --force
                                                       ^^^^^^^^^^^^^^^^^^^^^^^ cache-mount-defeated
    RUN --mount=type=cache,target=/root/.cache/pip pip install flask && rm -rf /root/.cache
                                                                        ^^^^^^^^^^^^^^^^^^^ cache-mount-defeated
  `;
});

test("by docker-clean in images of Debian and Ubuntu", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl
                                                                                                                         ^^^^^^^^^^^^^^^ cache-mount-defeated: /etc/apt/apt.conf.d/docker-clean has apt empty the cache mount after each installation.
    RUN rm -f /etc/apt/apt.conf.d/docker-clean
    RUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl
    FROM node:24-slim
    RUN --mount=type=cache,target=/var/cache/apt rm -f /etc/apt/apt.conf.d/docker-clean; apt-get update && apt-get install -y curl
    FROM example.com/team/base:1
    RUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y curl
  `;
});

test("not another mount, or a command that fills nothing", () => {
  reports(rule)`
    FROM python:3.14-slim
    RUN pip install --no-cache-dir flask
    RUN --mount=type=cache,target=/root/.cache/uv pip install --no-cache-dir flask
    RUN --mount=type=cache,target=/root/.cache/pip pip install flask && find /root/.cache/pip -name x
    RUN --mount=type=cache,target=/var/lib/apt apt-get update && rm -f /var/lib/apt/lists/lock
    RUN --mount=type=cache,target=/opt/pipx pip install --no-cache-dir flask
    RUN --mount=type=tmpfs,target=/root/.cache/pip pip install --no-cache-dir flask
    RUN --mount=target=/src pip install --no-cache-dir flask
    RUN --mount=type=cache,target=/root/.cache/pip pip install flask && rm -rf /tmp/*
    RUN --mount=type=cache,target=/root/.cache/pip PIP_NO_CACHE_DIR=0 pip install flask
    RUN --mount=type=cache,target=/root/.cache/pip rm -rf /root/.cache/pip/* && pip install flask
    RUN --mount=type=cache,target=/var/cache/dnf dnf install -y curl && dnf clean metadata
    RUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl && apt-get clean
    RUN --mount=type=cache,target=/root/.cache/pip if true; then pip install flask; else rm -rf /root/.cache/pip; fi
  `;
});

test("what defeats it goes", () => {
  fixes(rule, "safe")`
    FROM python:3.14-alpine
    RUN --mount=type=cache,target=/root/.cache/pip \
        # dependencies
        pip install --no-cache-dir \
          -r requirements.txt && python -m pip install --no-cache-dir flask
    RUN --mount=type=cache,target=/root/.cache/pip A=1 PIP_NO_CACHE_DIR=1 pip install flask
    RUN --mount=type=cache,target=/root/.cache/pip PIP_NO_CACHE_DIR=1 B=2 pip install flask
    RUN --mount=type=cache,target=/var/cache/apk ["apk", "add", "--no-cache", "curl"]
    RUN --mount=type=cache,target=/root/.npm npm ci \
     && npm cache clean --force \
     && npm run build
    ->
    FROM python:3.14-alpine
    RUN --mount=type=cache,target=/root/.cache/pip \
        # dependencies
        pip install \
          -r requirements.txt && python -m pip install flask
    RUN --mount=type=cache,target=/root/.cache/pip A=1 pip install flask
    RUN --mount=type=cache,target=/root/.cache/pip B=2 pip install flask
    RUN --mount=type=cache,target=/var/cache/apk ["apk", "add", "curl"]
    RUN --mount=type=cache,target=/root/.npm npm ci \
     && npm run build
  `;
});

test("docker-clean goes before apt installs", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt \
        apt-get update && apt-get install -y curl
    ->
    FROM debian:trixie-slim
    RUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt \
        rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y curl
  `;
});

test("nothing to offer where more is removed, a comment stands between, or ENV says it for all", () => {
  offersNothing(rule)`
    FROM python:3.14-slim
    RUN --mount=type=cache,target=/root/.cache/pip pip install flask && rm -rf /root/.cache/pip /tmp/build
    RUN --mount=type=cache,target=/root/.cache/pip pip install flask && \
        # all of it
        rm -rf /root/.cache/pip
    ENV PIP_NO_CACHE_DIR=1
    RUN --mount=type=cache,target=/root/.cache/pip pip install flask
  `;
});

test("says which ENV it is", () => {
  const [found] = problemsOf(rule)`
    FROM python:3.14-slim
    ENV PIP_NO_CACHE_DIR=1
    RUN --mount=type=cache,target=/root/.cache/pip pip install flask
  `;
  expect(found?.related.map((it) => it.span)).toEqual([{ start: 22, end: 44 }]);
});
