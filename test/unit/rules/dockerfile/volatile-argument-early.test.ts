import { test } from "vitest";
import { volatileArgumentEarly as rule } from "../../../../server/src/rules/dockerfile/volatile-argument-early.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("above packages and dependencies", () => {
  reports(rule)`
    FROM node:24
    ARG BUILD_DATE=now VCS_REF
        ^^^^^^^^^^ volatile-argument-early: BUILD_DATE changes with each build, so the RUN in line 6, which does not use it, runs again each time.
                       ^^^^^^^ volatile-argument-early
    LABEL date=$BUILD_DATE ref=$VCS_REF
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci
    COPY . .
    FROM golang:1.27
    ARG VERSION=dev
        ^^^^^^^ volatile-argument-early
    COPY go.mod go.sum ./
    RUN go mod download
    COPY . .
    RUN go build -ldflags "-X main.version=$VERSION" -o /api .
  `;
});

test("not where it is used first, stands below, or belongs to something else", () => {
  for (const lines of [
    "RUN apk add --no-cache git\nARG GIT_SHA\nLABEL sha=$GIT_SHA",
    "ARG GIT_SHA\nRUN git checkout $GIT_SHA && apk add git",
    "COPY . .\nARG GIT_SHA\nRUN npm ci",
    "ARG GIT_SHA\nCOPY . .\nRUN npm ci",
    "ARG GIT_SHA\nRUN ./install.sh && apk add git",
    "ARG GIT_SHA\nRUN make deps",
    "ARG GIT_SHA\nRUN printenv > /env && apk add git",
    "ARG GIT_SHA\nRUN mkdir /x",
    "ARG VERSION=1.4.2\nRUN apk add git\nLABEL version=$VERSION",
    "ARG VERSION\nRUN apk add git\nRUN wget https://example.com/$VERSION",
    "ARG VERSION\nRUN apk add git",
    "ARG NODE_VERSION\nRUN apk add git",
  ])
    reports(rule)(Object.assign([""], { raw: [`FROM alpine:3.24\n${lines}\n`] }));
  reports(rule)`
    ARG GIT_SHA
    FROM alpine:3.24
    RUN apk add --no-cache git
  `;
});

test("moves down to its first use", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    ARG GIT_SHA=none
    RUN apk add --no-cache git
    # who built it
    LABEL sha=$GIT_SHA
    ->
    FROM alpine:3.24
    RUN apk add --no-cache git
    ARG GIT_SHA=none
    # who built it
    LABEL sha=$GIT_SHA
  `;
});

test("stays where more would have to move, or nothing uses it", () => {
  offersNothing(rule)`
    FROM alpine:3.24
    # the commit
    ARG GIT_SHA
    RUN apk add --no-cache git
    LABEL sha=$GIT_SHA
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    ARG GIT_SHA
    RUN apk add --no-cache git
  `;
});

test("an ENV of it is no use by itself", () => {
  reports(rule)`
    FROM alpine:3.24
    ARG GIT_SHA
        ^^^^^^^ volatile-argument-early: GIT_SHA changes with each build, so the RUN in line 4, which does not use it, runs again each time.
    ENV COMMIT=$GIT_SHA
    RUN apk add --no-cache curl
  `;
  reports(rule)`
    FROM alpine:3.24
    ARG GIT_SHA
    ENV COMMIT=$GIT_SHA
    RUN apk add --no-cache "app=$COMMIT"
  `;
});

test("labels that use it above go with it, below all that takes long", () => {
  fixes(rule, "unsafe", "with its labels")`
    FROM alpine:3.24
    ARG VCS_REF
    LABEL vendor=shop
    LABEL org.opencontainers.image.revision=$VCS_REF \
          org.opencontainers.image.title=api
    RUN apk add --no-cache git
    RUN mkdir /x
    RUN apk add --no-cache make
    COPY . .
    ->
    FROM alpine:3.24
    LABEL vendor=shop
    RUN apk add --no-cache git
    RUN mkdir /x
    RUN apk add --no-cache make
    ARG VCS_REF
    LABEL org.opencontainers.image.revision=$VCS_REF \
          org.opencontainers.image.title=api
    COPY . .
  `;
  fixes(rule, "unsafe", "with its labels")`
    FROM alpine:3.24
    ARG GIT_SHA
    LABEL a=$GIT_SHA
    RUN apk add --no-cache git
    CMD ["/api"]
    LABEL b=$GIT_SHA
    ->
    FROM alpine:3.24
    RUN apk add --no-cache git
    CMD ["/api"]
    ARG GIT_SHA
    LABEL a=$GIT_SHA
    LABEL b=$GIT_SHA
  `;
});
