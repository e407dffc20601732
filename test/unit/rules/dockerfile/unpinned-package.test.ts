import { expect, test } from "vitest";
import { unpinnedPackage as rule } from "../../../../server/src/rules/dockerfile/unpinned-package.ts";
import { problemsOf, reports } from "../../../support/check.ts";

test("each package manager", () => {
  reports(rule)`
    FROM example.com/team/base:1
    RUN apt-get update && apt-get install -y curl git=1:2.47.3-0+deb13u1
                          ^^^^^^^^^^^^^^^ unpinned-package: No version is given for curl, so a later build may get another one.
    RUN apt-get install -y curl \ git \ ;
        ^^^^^^^^^^^^^^^ unpinned-package: No version is given for curl, so a later build may get another one.
    RUN apk add --no-cache -t .build gcc make
        ^^^^^^^ unpinned-package: No version is given for gcc and make, so a later build may get another one.
    RUN dnf -y install tomcat java-21-openjdk nginx gcc-c++
        ^^^^^^^^^^^^^^ unpinned-package: No version is given for tomcat, java-21-openjdk, nginx and 1 more, so a later build may get another one.
    RUN yum module install -y nodejs
        ^^^^^^^^^^^^^^^^^^ unpinned-package
    RUN zypper -n in -r main nginx
        ^^^^^^^^^^^^ unpinned-package
    RUN ["pip3", "install", "flask"]
         ^^^^^^^^^^^^^^^^^ unpinned-package
    RUN python3.14 -m pip install -U pip
        ^^^^^^^^^^^^^^^^^^^^^^^^^ unpinned-package
    RUN npm i -g typescript
        ^^^^^ unpinned-package
    RUN gem install --no-document bundler -- --with-x
        ^^^^^^^^^^^ unpinned-package
    RUN go install golang.org/x/tools/gopls@latest
        ^^^^^^^^^^ unpinned-package
    RUN yes '' | pecl install -f pecl.php.net/redis xdebug-3.4.5 apcu-beta
                 ^^^^^^^^^^^^ unpinned-package: No version is given for pecl.php.net/redis and apcu-beta, so a later build may get another one.
    ONBUILD RUN pip install flask
                ^^^^^^^^^^^ unpinned-package
  `;
});

test("not what has a version, brings its own, or is a file", () => {
  reports(rule)`
    FROM example.com/team/base:1
    RUN apt-get install -y curl=8.* git/stable ./tool.deb vim-
    RUN apk add curl~8 git=~2.5 'jq>1' ./own.apk .build-dependencies
    RUN dnf install -y 'dnf-command(config-manager)' && yum install -y "yum(x)"
    RUN dnf install -y nginx-1:1.26.3-1.el10 @web https://example.com/x.rpm /opt/x && dnf module install -y nodejs:22
    RUN zypper in -y nginx=1.27 VirtualBox-7.0.6 && zypper in -t pattern devel_basis
    RUN pip install -r requirements.txt gunicorn && pip install .[test] && pip install -e src && pip install --no-index -f /wheels app
    RUN pip install 'flask~=3.1' git+ssh://git@example.com/a/b.git@v1 https://example.com/x.whl
    RUN npm ci && npm install && npm install express@5 ./local a/b#v1 && npm install --unsafe-perm true
    RUN gem install rails:8.0 && gem install rails -v 8.0 && bundle install
    RUN pecl install redis-6.1.0 channel://pecl.php.net/xdebug-3.4.5 ./own.tgz package.xml https://example.com/apcu.tgz
    RUN pecl install -D 'enable-x="no"' redis-6.1.0 && pecl list redis && pecl uninstall redis
    RUN go install example.com/tool@v1.2.3 && go run ./cmd/gen && go install std
  `;
});

test("names that a variable is known to hold", () => {
  reports(rule)`
    FROM debian:trixie-slim
    ENV TOOLS="jq make=4.4.1-2"
    RUN apt-get update && apt-get install -y $TOOLS
                          ^^^^^^^^^^^^^^^ unpinned-package: No version is given for jq, so a later build may get another one.
    RUN set -ex; \
        build=' \
          gcc \
          git=1:2.47.3-0+deb13u1 \
        '; \
        apt-get update; \
        apt-get install -y --no-install-recommends \${build}
        ^^^^^^^^^^^^^^^ unpinned-package: No version is given for gcc, so a later build may get another one.
    RUN if true; then TOOLS=curl=1; fi; apt-get install -y $TOOLS
    RUN tools="curl=$VERSION"; apt-get install -y $tools "$TOOLS"
  `;
});

test("not what a variable may bring", () => {
  reports(rule)`
    FROM example.com/team/base:1
    RUN apt-get install -y $PACKAGES "curl=$VERSION" linux-image-$(uname -r)
    RUN apk add --no-cache $PHPIZE_DEPS
    RUN dnf install -y "git-core-\${GIT_VERSION}"
    RUN go install example.com/tool@\${VERSION:-latest}
  `;
  reports(rule)`
    FROM python:3.14-slim
    ENV PIP_CONSTRAINT=/etc/constraints.txt
    RUN pip install flask
  `;
});

test("not data that has to be the newest", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN apk add --no-cache ca-certificates tzdata
    RUN apk add --no-cache ca-certificates curl
        ^^^^^^^ unpinned-package: No version is given for curl, so a later build may get another one.
  `;
});

test("not other commands of the same programs", () => {
  reports(rule)`
    FROM example.com/team/base:1
    RUN apt-get remove -y curl && apt-cache show curl && apk del gcc && dnf remove -y gcc
    RUN pip uninstall -y flask && pip download flask && npm run install && npm uninstall x && gem list rails
    RUN echo apt-get install curl; go build example.com/x && uv pip install flask && pipx install flask
  `;
});

test("in a module go.mod has the versions", () => {
  reports(rule)`
    FROM golang:1.27 AS outside
    RUN go install example.com/tool
        ^^^^^^^^^^ unpinned-package
    FROM golang:1.27 AS build
    WORKDIR /src
    COPY . .
    RUN go install example.com/tool
    RUN go run example.com/tool@latest
        ^^^^^^ unpinned-package
    FROM build
    RUN go get example.com/tool
    FROM golang:1.27
    RUN --mount=target=/src go install example.com/tool
    RUN git clone https://example.com/x && cd x && go install example.com/x/cmd
  `;
});

test("each finding stands for hadolint's rule of its manager", () => {
  const found = problemsOf(rule)`
    FROM python:3.14-slim
    RUN apt-get install -y curl && pip install flask
  `;
  expect(found.map((it) => it.aliases)).toEqual([["DL3008"], ["DL3013"]]);
});
