import { test } from "vitest";
import { packagesArchived as rule } from "../../../../server/src/rules/dockerfile/packages-archived.ts";
import { reports } from "../../../support/check.ts";

test("the first call that asks mirrors which have nothing", () => {
  reports(rule)`
    FROM debian:buster-slim
    RUN apt-get -qq update && apt-get install -y curl
        ^^^^^^^^^^^^^^^^^^ packages-archived: Debian 10 has left the mirrors: its packages are at archive.debian.org only.
    RUN apt-get update && apt-get install -y git
    FROM debian:9.13
    RUN apt update; apt install -y curl
        ^^^^^^^^^^ packages-archived: Debian 9 has left the mirrors: its packages are at archive.debian.org only.
    FROM node:14-stretch
    RUN set -e; apt-get update
                ^^^^^^^^^^^^^^ packages-archived
    FROM debian:stretch-slim
    RUN apt-get update && apt-get install -y curl && curl -sL https://deb.nodesource.com/setup_6.x | bash -
        ^^^^^^^^^^^^^^ packages-archived
    COPY sources.list /etc/apt/sources.list
    FROM ubuntu:23.04
    RUN apt-get update
        ^^^^^^^^^^^^^^ packages-archived: Ubuntu 23.04 has left the mirrors: its packages are at old-releases.ubuntu.com only.
    FROM centos:7
    RUN yum install -y gcc
        ^^^^^^^^^^^ packages-archived: CentOS 7 has left the mirrors: its packages are at vault.centos.org only.
    FROM centos:centos8.4.2105
    RUN dnf -y update
        ^^^^^^^^^^^^^ packages-archived
  `;
});

test("not where the sources are others, the release is there, or nothing is known", () => {
  reports(rule)`
    FROM debian:bullseye
    RUN apt-get update
    FROM debian
    RUN apt-get update
    FROM ubuntu:18.04
    RUN apt-get update
    FROM ubuntu:25.10
    RUN apt-get update
    FROM alpine:3.5
    RUN apk update
    FROM debian:buster
    RUN sed -i s/deb.debian.org/archive.debian.org/ /etc/apt/sources.list && apt-get update
    FROM debian:buster
    COPY sources.list /etc/apt/sources.list
    RUN apt-get update
    FROM debian:buster
    RUN ./prepare.sh && apt-get update
    FROM debian:buster
    RUN --mount=type=bind,source=apt,target=/etc/apt apt-get update
    FROM debian:buster
    RUN apt-get update || true
    FROM debian/eol:buster
    RUN apt-get update
    FROM example.com/debian:buster
    RUN apt-get update
    FROM centos:7
    RUN sed -i s/mirrorlist/#mirrorlist/ /etc/yum.repos.d/*.repo && yum install -y gcc
    FROM centos:stream9
    RUN dnf install -y gcc
    FROM centos:7
    RUN yum clean all
    FROM quay.io/centos/centos:stream8
    RUN dnf install -y gcc
  `;
});
