import { test } from "vitest";
import { aptSourcesMoved as rule } from "../../../../server/src/rules/dockerfile/apt-sources-moved.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("a list that Debian's images do not have any more", () => {
  reports(rule)`
    FROM debian:bookworm-slim
    RUN sed -i 's/deb.debian.org/mirrors.aliyun.com/g' /etc/apt/sources.list && apt-get update
                                                       ^^^^^^^^^^^^^^^^^^^^^ apt-sources-moved: Debian 12 has no /etc/apt/sources.list: its sources are in /etc/apt/sources.list.d/debian.sources.
    FROM node:24-trixie
    RUN cp /etc/apt/sources.list /etc/apt/sources.list.bak
           ^^^^^^^^^^^^^^^^^^^^^ apt-sources-moved
    FROM debian:13
    RUN sed -Ei.bak -e 's/main/main contrib/' /etc/apt/sources.list; apt-get update
                                              ^^^^^^^^^^^^^^^^^^^^^ apt-sources-moved
  `;
});

test("a list that is a comment in Ubuntu's", () => {
  reports(rule)`
    FROM ubuntu:24.04
    RUN sed -i 's@//.*archive.ubuntu.com@//mirrors.ustc.edu.cn@g' /etc/apt/sources.list
                                                                  ^^^^^^^^^^^^^^^^^^^^^ apt-sources-moved: Ubuntu 24.04 has only a comment in /etc/apt/sources.list: its sources are in /etc/apt/sources.list.d/ubuntu.sources.
  `;
});

test("not where the list is there, may be, or need not be", () => {
  reports(rule)`
    FROM debian:bullseye
    RUN sed -i 's/deb.debian.org/m/' /etc/apt/sources.list
    FROM ubuntu:22.04
    RUN sed -i 's/archive.ubuntu.com/m/' /etc/apt/sources.list
    FROM example.com/team/debian:bookworm
    RUN sed -i 's/deb.debian.org/m/' /etc/apt/sources.list
    FROM debian:bookworm-20220801-slim
    RUN sed -i 's/deb.debian.org/m/' /etc/apt/sources.list
    FROM debian:bookworm
    RUN sed -i 's/deb.debian.org/m/' /etc/apt/sources.list || true
    FROM debian:bookworm
    RUN if [ -f /etc/apt/sources.list ]; then sed -i 's/a/b/' /etc/apt/sources.list; fi
    FROM debian:bookworm
    RUN [ ! -f /etc/apt/sources.list ] || sed -i 's/a/b/' /etc/apt/sources.list
    RUN sed -n p /etc/apt/sources.list.d/debian.sources && sed -i 's/a/b/' /etc/apt/sources.list.d/debian.sources
    FROM ubuntu:24.04
    RUN cp /etc/apt/sources.list /etc/apt/sources.list.bak
    FROM debian:bookworm
    COPY sources.list /etc/apt/sources.list
    RUN sed -i 's/deb.debian.org/m/' /etc/apt/sources.list
    FROM debian:bookworm
    RUN echo "deb http://deb.debian.org/debian bookworm main" > /etc/apt/sources.list
    RUN sed -i 's/deb.debian.org/m/' /etc/apt/sources.list
    FROM debian:bookworm
    RUN echo "deb http://deb.debian.org/debian bookworm main" > /etc/apt/sources.list && sed -i 's/deb.debian.org/m/' /etc/apt/sources.list
    FROM debian:bookworm
    RUN touch /etc/apt/sources.list && sed -i 's/deb.debian.org/m/' /etc/apt/sources.list
    FROM debian:bookworm
    RUN --mount=type=bind,source=sources.list,target=/etc/apt/sources.list sed -i 's/deb.debian.org/m/' /etc/apt/sources.list
  `;
});

test("changes the file that is there", () => {
  fixes(rule, "unsafe")`
    FROM python:3.12-slim-bookworm
    RUN sed -i 's@//.*deb.debian.org@//mirrors.ustc.edu.cn@g' /etc/apt/sources.list && apt-get update
    ->
    FROM python:3.12-slim-bookworm
    RUN sed -i 's@//.*deb.debian.org@//mirrors.ustc.edu.cn@g' /etc/apt/sources.list.d/debian.sources && apt-get update
  `;
  offersNothing(rule)`
    FROM debian:bookworm
    RUN sed -i '/^deb /s/main/main contrib/' /etc/apt/sources.list
  `;
});
