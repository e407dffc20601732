import { test } from "vitest";
import { packagesUpgraded as rule } from "../../../../server/src/rules/dockerfile/packages-upgraded.ts";
import { reports } from "../../../support/check.ts";

test("everything, by each manager; not single packages", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN apk update && apk upgrade --no-cache
                      ^^^^^^^^^^^ packages-upgraded
    RUN apk upgrade openssl && apk add --upgrade curl
    FROM fedora:44
    RUN dnf -y upgrade && dnf clean all
        ^^^^^^^^^^^^^^ packages-upgraded: dnf upgrade stores again what the base image has, in whatever version there is that day.
    RUN yum -y update
        ^^^^^^^^^^^^^ packages-upgraded
    RUN apt-get dist-upgrade -y && apt-get update && dnf upgrade $PACKAGES
  `;
});
