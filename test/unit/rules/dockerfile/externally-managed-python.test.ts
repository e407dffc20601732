import { test } from "vitest";
import { externallyManagedPython as rule } from "../../../../server/src/rules/dockerfile/externally-managed-python.ts";
import { fixes, reports } from "../../../support/check.ts";

test("pip of a package, in releases that mark their Python", () => {
  reports(rule)`
    FROM debian:bookworm-slim
    RUN apt-get update && apt-get install -y python3 python3-pip \
     && pip3 install --upgrade pip setuptools
        ^^^^^^^^^^^^ externally-managed-python: pip refuses to install here: Debian 12 marks its Python as managed by apt (PEP 668).
    FROM ubuntu:24.04 AS base
    RUN apt-get update && apt-get install -y python3-pip
    FROM base
    COPY requirements.txt .
    RUN python3 -m pip install -r requirements.txt
        ^^^^^^^^^^^^^^^^^^^^^^ externally-managed-python
    FROM debian
    RUN apt-get update && apt-get install -y python3-pip
    RUN pip install flask
        ^^^^^^^^^^^ externally-managed-python: pip refuses to install here: Debian 13 marks its Python as managed by apt (PEP 668).
    FROM alpine:3.20
    RUN apk add --no-cache py3-pip
    RUN ["pip", "install", "awscli"]
         ^^^^^^^^^^^^^^^^ externally-managed-python: pip refuses to install here: Alpine 3.20 marks its Python as managed by apk (PEP 668).
  `;
});

test("not where pip may install", () => {
  reports(rule)`
    FROM debian:11
    RUN apt-get update && apt-get install -y python3-pip && pip install flask
    FROM ubuntu:22.04
    RUN apt-get update && apt-get install -y python3-pip && pip install flask
    FROM alpine:3.18
    RUN apk add py3-pip && pip install flask
    FROM debian:sid
    RUN apt-get update && apt-get install -y python3-pip && pip install flask
    FROM python:3.13-slim-bookworm
    RUN apt-get update && apt-get install -y python3-pip && pip install flask
    FROM debian:12
    RUN apt-get update && apt-get install -y python3-pip && pip install --break-system-packages flask
    FROM debian:12
    RUN apt-get update && apt-get install -y python3-pip && pip install --target /opt/lib flask
    FROM debian:12
    ENV PIP_BREAK_SYSTEM_PACKAGES=1
    RUN apt-get update && apt-get install -y python3-pip && pip install flask
    FROM debian:12
    RUN apt-get update && apt-get install -y python3-pip && rm /usr/lib/python3*/EXTERNALLY-MANAGED
    RUN pip install flask
    FROM debian:12
    RUN apt-get update && apt-get install -y python3-pip python3-venv && python3 -m venv /venv
    ENV PATH=/venv/bin:$PATH
    RUN pip install flask
    FROM debian:12
    COPY --from=python:3.13 /usr/local /usr/local
    RUN apt-get update && apt-get install -y python3-pip && pip install flask
    FROM debian:12
    RUN pip install flask; apt-get update && apt-get install -y python3-pip
    FROM debian:12
    RUN apt-get update && apt-get install -y python3-pip && (pip install flask || true)
    FROM example.com/debian:12
    RUN apt-get update && apt-get install -y python3-pip && pip install flask
  `;
});

test("tells pip to install all the same", () => {
  fixes(rule, "unsafe")`
    FROM debian:12
    RUN apt-get update && apt-get install -y python3-pip
    RUN pip3 install --no-cache-dir flask \
        gunicorn
    ->
    FROM debian:12
    RUN apt-get update && apt-get install -y python3-pip
    RUN pip3 install --break-system-packages --no-cache-dir flask \
        gunicorn
  `;
});

test("tags of languages that name no release, and stand on Debian 12 or later", () => {
  reports(rule)`
    FROM node:22 AS full
    RUN apt-get update && apt-get install -y python3-pip && pip3 install awscli
                                                            ^^^^^^^^^^^^ externally-managed-python: pip refuses to install here: Debian marks its Python as managed by apt (PEP 668).
    FROM node:20-slim AS slim
    RUN apt-get update && apt-get install -y python3-pip
    RUN pip3 install awscli
        ^^^^^^^^^^^^ externally-managed-python
    FROM node:18.12 AS old
    RUN apt-get update && apt-get install -y python3-pip && pip3 install awscli
    FROM node:16
    RUN apt-get update && apt-get install -y python3-pip && pip3 install awscli
  `;
});
