import { expect, test } from "vitest";
import { packageCacheLeft as rule } from "../../../../server/src/rules/dockerfile/package-cache-left.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("each package manager", () => {
  reports(rule)`
    FROM example.com/team/base:1
    RUN apk add --update curl
        ^^^^^^^ package-cache-left: apk leaves its cache in this layer.
    RUN apt-get -qq update && apt-get install -y curl
        ^^^^^^^^^^^^^^^^^^ package-cache-left: apt leaves its cache in this layer.
    RUN pip install flask
        ^^^^^^^^^^^ package-cache-left: pip leaves its cache in this layer.
    RUN dnf install -y curl
        ^^^^^^^^^^^ package-cache-left
    RUN microdnf install -y curl
        ^^^^^^^^^^^^^^^^ package-cache-left
    RUN yum -y install curl
        ^^^^^^^^^^^^^^ package-cache-left
    RUN zypper --non-interactive install curl
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ package-cache-left
    RUN yarn install --frozen-lockfile
        ^^^^^^^^^^^^ package-cache-left
  `;
});

test("not when it is turned off, emptied in the same RUN, or in a mount", () => {
  reports(rule)`
    FROM python:3.14-slim
    RUN apk add --no-cache curl
    RUN apk add --update curl && rm -rf /var/cache/apk/*
    RUN --mount=type=cache,target=/var/cache/apk apk add curl
    RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
    RUN apt-get update; apt-get install -y curl; apt-get clean; rm -r /var/lib/apt/lists /var/cache/apt
    RUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl
    RUN --mount=type=tmpfs,target=/var/lib/apt/lists apt-get update
    RUN pip install --no-cache-dir flask
    RUN PIP_NO_CACHE_DIR=1 pip install flask
    RUN --mount=type=cache,target=/root/.cache/pip pip install flask
    RUN dnf install -y curl && dnf clean all
    RUN yum install -y curl && rm -rf /var/cache/yum
    RUN zypper in -y curl && zypper cc -a
    RUN yarn install && yarn cache clean
  `;
  reports(rule)`
    FROM python:3.14-slim
    ENV PIP_NO_CACHE_DIR=1
    RUN pip install flask
  `;
});

test("not in a stage that is not shipped", () => {
  reports(rule)`
    FROM debian:trixie-slim AS builder
    RUN apt-get update && apt-get install -y gcc
    FROM debian:trixie-slim AS base
    RUN apt-get update && apt-get install -y curl
        ^^^^^^^^^^^^^^ package-cache-left
    FROM base
    COPY --from=builder /a /a
  `;
});

test("not commands that fill no cache", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get install -y curl
    RUN pip uninstall flask && pip list
    RUN echo apk add curl
    RUN yarn build
  `;
});

test("one word for apk and pip, in here-documents too", () => {
  fixes(rule, "safe")`
    FROM python:3.14-alpine
    RUN apk add \
          # for the health check
          curl \
     && pip install --upgrade -r requirements.txt
    RUN <<EOF
    apk add git
    EOF
    ->
    FROM python:3.14-alpine
    RUN apk add --no-cache \
          # for the health check
          curl \
     && pip install --no-cache-dir --upgrade -r requirements.txt
    RUN <<EOF
    apk add --no-cache git
    EOF
  `;
});

test("a command behind the last one of the manager, in the script's own manner", () => {
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y curl && curl --version
    ->
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/* && curl --version
  `;
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    RUN apt-get update \
     && apt-get install -y \
          curl
    ->
    FROM debian:trixie-slim
    RUN apt-get update \
     && apt-get install -y \
          curl \
     && rm -rf /var/lib/apt/lists/*
  `;
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    RUN apt-get update && \
        apt-get install -y curl && \
        curl --version
    ->
    FROM debian:trixie-slim
    RUN apt-get update && \
        apt-get install -y curl && \
        rm -rf /var/lib/apt/lists/* && \
        curl --version
  `;
});

test("at the end of a script a chain stays one, so that each failure of it is still the script's", () => {
  fixes(rule, "safe")`
    FROM rockylinux:9
    RUN set -ex \
      && dnf makecache \
      && dnf -y install gcc
    ->
    FROM rockylinux:9
    RUN set -ex \
      && dnf makecache \
      && dnf -y install gcc \
      && dnf clean all
  `;
});

test("under set -e a failing install must still stop the script", () => {
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    RUN set -eux; apt-get update; apt-get install -y curl; curl --version
    ->
    FROM debian:trixie-slim
    RUN set -eux; apt-get update; apt-get install -y curl; rm -rf /var/lib/apt/lists/*; curl --version
  `;
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    RUN <<EOF
    set -e
    apt-get update
    apt-get install -y curl
    EOF
    ->
    FROM debian:trixie-slim
    RUN <<EOF
    set -e
    apt-get update
    apt-get install -y curl; rm -rf /var/lib/apt/lists/*
    EOF
  `;
});

test("each manager's own word for it", () => {
  fixes(rule, "safe")`
    FROM example.com/team/base:1
    RUN dnf install -y curl
    RUN microdnf install -y curl
    RUN yum install -y curl
    RUN zypper install -y curl
    ->
    FROM example.com/team/base:1
    RUN dnf install -y curl && dnf clean all
    RUN microdnf install -y curl && microdnf clean all
    RUN yum install -y curl && yum clean all
    RUN zypper install -y curl && zypper clean --all
  `;
});

test("yarn's cache may be part of the program", () => {
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    RUN yarn install
    ->
    FROM node:24-alpine
    RUN yarn install && yarn cache clean
  `;
});

test("nothing to offer where a later RUN needs the lists, or the place is no plain list of commands", () => {
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN apt-get update
    RUN apt-get install -y curl
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim AS base
    RUN apt-get update && apt-get install -y curl
    FROM base
    RUN apt-get install -y git
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y curl || true
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN (apt-get update && apt-get install -y curl)
  `;
});

test("each finding stands for the other linters' rule of its manager", () => {
  const found = problemsOf(rule)`
    FROM python:3.14-slim
    RUN apt-get update && pip install flask
  `;
  expect(found.map((it) => it.aliases)).toEqual([["DL3009", "DKL-DI-0005", "S6587"], ["DL3042"]]);
});

test("in ONBUILD too, since it ends up in an image", () => {
  fixes(rule, "safe")`
    FROM python:3.14-slim
    ONBUILD RUN pip install flask
    ONBUILD RUN apt-get update && apt-get install -y curl
    ->
    FROM python:3.14-slim
    ONBUILD RUN pip install --no-cache-dir flask
    ONBUILD RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
  `;
});

test("each name of pip, whose cache a variable turns off", () => {
  reports(rule)`
    FROM python:3.14-slim
    RUN pip2 install flask
        ^^^^^^^^^^^^ package-cache-left: pip leaves its cache in this layer.
    RUN python3.14 -m pip install flask
        ^^^^^^^^^^^^^^^^^^^^^^^^^ package-cache-left
    RUN export PIP_NO_CACHE_DIR=on && pip install flask
    RUN PIP_NO_CACHE_DIR=off pip install flask
                             ^^^^^^^^^^^ package-cache-left: PIP_NO_CACHE_DIR=off asks pip to leave its cache in this layer.
    RUN pipx install flask && pipenv install flask && pip install flask && pip cache purge
  `;
});

test("dnf and microdnf have a cache each", () => {
  reports(rule)`
    FROM example.com/team/base:1
    RUN dnf install -y curl && microdnf clean all
        ^^^^^^^^^^^ package-cache-left
    RUN microdnf clean all && dnf install -y curl
                              ^^^^^^^^^^^ package-cache-left
    RUN microdnf install -y curl && rm -rf /var/cache/yum/*
    RUN dnf install -y curl && yum clean all
  `;
});

test("packages that apt downloaded stay where docker-clean was removed", () => {
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    RUN rm -f /etc/apt/apt.conf.d/docker-clean
    RUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl
    ->
    FROM debian:trixie-slim
    RUN rm -f /etc/apt/apt.conf.d/docker-clean
    RUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl && apt-get clean
  `;
  reports(rule)`
    FROM debian:trixie-slim
    RUN rm -f /etc/apt/apt.conf.d/docker-clean
    RUN --mount=type=cache,target=/var/lib/apt --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y curl
    FROM debian:trixie-slim
    RUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl
  `;
});

test("triggers run one behind the other, so that one removes docker-clean for the next", () => {
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    ONBUILD RUN rm -f /etc/apt/apt.conf.d/docker-clean
    ONBUILD RUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl
    ->
    FROM debian:trixie-slim
    ONBUILD RUN rm -f /etc/apt/apt.conf.d/docker-clean
    ONBUILD RUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl && apt-get clean
  `;
  reports(rule)`
    FROM debian:trixie-slim
    ONBUILD RUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl
    ONBUILD RUN if [ -n "$KEEP" ]; then rm -f /etc/apt/apt.conf.d/docker-clean; fi
    ONBUILD RUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl
    ONBUILD RUN rm -f /etc/apt/apt.conf.d/docker-clean
    ONBUILD RUN --mount=type=cache,target=/var/lib/apt --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y curl
  `;
});

test("apt-get dist-clean empties the lists, apt-get clean does not", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update; apt-get install -y curl; apt-get dist-clean
    RUN apt-get update; apt-get install -y curl; apt-get distclean
    RUN apt-get update; apt-get install -y curl; apt-get clean
        ^^^^^^^^^^^^^^ package-cache-left
    RUN --mount=type=cache,target=/var/cache --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl
  `;
});

test("apk without the network reads no list that it could leave", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN apk add --no-cache --virtual .build gcc && apk add --no-network --virtual .needed libgcc && apk del --no-network .build
  `;
});

test("the index that apk update fetches though nothing needs it", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN apk update && apk add --no-cache curl
        ^^^^^^^^^^ package-cache-left: apk update leaves its index, which nothing here needs, in this layer.
    RUN apk update && apk add --no-cache curl && rm -rf /var/cache/apk/*
    RUN apk update --no-cache && apk add --no-cache curl
    RUN --mount=type=cache,target=/var/cache/apk apk update && apk add --no-cache curl
    RUN apk update && apk search curl
  `;
  fixes(rule, "safe")`
    FROM alpine:3.24
    RUN apk update && \
        apk add --no-cache curl # for the probe
    ->
    FROM alpine:3.24
    RUN apk add --no-cache curl # for the probe
  `;
});

test("nothing to offer where a RUN only fetches what a later one uses", () => {
  offersNothing(rule)`
    FROM opensuse/leap:16.0
    RUN zypper refresh
  `;
  offersNothing(rule)`
    FROM fedora:43
    RUN dnf makecache
  `;
  fixes(rule, "safe")`
    FROM opensuse/leap:16.0
    RUN zypper refresh && zypper install -y curl
    ->
    FROM opensuse/leap:16.0
    RUN zypper refresh && zypper install -y curl && zypper clean --all
  `;
});

test("conda, mamba and micromamba", () => {
  reports(rule)`
    FROM condaforge/miniforge3:25.3.1-0
    RUN conda install -y numpy
        ^^^^^^^^^^^^^ package-cache-left: conda leaves the packages that it downloaded in this layer.
    RUN mamba env create -f environment.yml
        ^^^^^^^^^^^^^^^^ package-cache-left
    RUN conda install -y numpy && conda clean -afy
    RUN micromamba install -y -n base numpy && rm -rf /opt/conda/pkgs
    RUN --mount=type=cache,target=/opt/conda/pkgs conda env update -f environment.yml
    RUN conda config --add channels conda-forge && conda info && conda run -n base pip list
  `;
  fixes(rule, "safe")`
    FROM condaforge/miniforge3:25.3.1-0
    RUN mamba install -y numpy
    ->
    FROM condaforge/miniforge3:25.3.1-0
    RUN mamba install -y numpy && mamba clean --all --yes
  `;
});

test("the caches go with a folder above them", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y curl && rm -rf /var/lib /var/cache
    RUN apt-get update && apt-get install -y git && rm -rf /var/lib/*
    RUN apt-get update && apt-get install -y nano && rm -rf /var/libexec
        ^^^^^^^^^^^^^^ package-cache-left
  `;
});

test("what other tools have downloaded is information", () => {
  reports(rule)`
    FROM ruby:3.4-slim
    RUN bundle install --jobs 4
        ^^^^^^^^^^^^^^ package-cache-left: Bundler leaves what it downloaded in this layer.
    RUN gem install rails
        ^^^^^^^^^^^ package-cache-left: RubyGems leaves what it downloaded in this layer.
    RUN bundle install && rm -rf /usr/local/bundle/cache
    RUN BUNDLE_PATH=/x bundle install
    RUN gem install bundler
  `;
  reports(rule)`
    FROM archlinux:base
    RUN pacman -Syu --noconfirm nginx
        ^^^^^^^^^^^ package-cache-left: pacman leaves what it downloaded in this layer.
    RUN pacman -Syu --noconfirm nginx && pacman -Scc --noconfirm
    RUN --mount=type=cache,target=/var/cache/pacman/pkg pacman -S --noconfirm nginx
    RUN pacman -Rns --noconfirm nginx && pacman -Qi bash
  `;
  reports(rule)`
    FROM node:24-slim AS builder
    RUN npm ci
    FROM node:24-slim
    RUN npm ci --omit=dev
        ^^^^^^ package-cache-left: npm leaves what it downloaded in this layer.
    RUN npm ci && npm cache clean --force
    RUN npm ci && rm -rf ~/.npm
    RUN --mount=type=cache,target=/root/.npm npm ci
    RUN npm_config_cache=/tmp/x npm ci
    RUN npm install -g npm@11 && npm install -g ./tool.tgz && npm run build
    RUN pnpm install && bun install && uv sync
  `;
  fixes(rule, "unsafe")`
    FROM node:24-slim
    RUN npm ci --omit=dev
    ->
    FROM node:24-slim
    RUN npm ci --omit=dev && npm cache clean --force
  `;
});

test("lists from which another program or a RUN in exec form installs are kept", () => {
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y git
    RUN ["apt-get", "install", "-y", "curl"]
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y sudo
    RUN sudo apt-get install -y curl
  `;
});

test("not where a variable turns the cache off, or may", () => {
  reports(rule)`
    FROM python:3.14-alpine
    ARG PIP_OPTS="--no-cache-dir --upgrade"
    ARG PIP_FLAGS
    ARG APK_ARGS=--no-cache
    ARG VERSION=3.0
    ARG PACKAGES="flask gunicorn"
    RUN pip install $PIP_OPTS flask && pip install $PIP_FLAGS flask
    RUN apk add $APK_ARGS curl
    RUN pip install $PACKAGES
        ^^^^^^^^^^^ package-cache-left
    RUN pip install flask==$VERSION
        ^^^^^^^^^^^ package-cache-left
  `;
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install $APT_OPTS curl
        ^^^^^^^^^^^^^^ package-cache-left
  `;
});

test("pip takes --no-cache for --no-cache-dir", () => {
  reports(rule)`
    FROM python:3.14-slim
    RUN pip install --no-cache flask==3.1.0
    RUN python -m pip install --no-cache-d -r requirements.txt
    RUN pip install --no-c flask==3.1.0
        ^^^^^^^^^^^ package-cache-left
  `;
});
