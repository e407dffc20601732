import { test } from "vitest";
import { packageConflicts as rule } from "../../../../server/src/rules/dockerfile/package-conflicts.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("curl where curl-minimal is", () => {
  reports(rule)`
    FROM registry.access.redhat.com/ubi9-minimal:9.4
    RUN microdnf install -y tar curl
                                ^^^^ package-conflicts: registry.access.redhat.com/ubi9-minimal:9.4 has curl-minimal, which has the program curl and conflicts with this package.
    FROM amazonlinux:2023
    RUN yum update -y && yum install -y curl gzip && yum clean all
                                        ^^^^ package-conflicts: amazonlinux:2023 has curl-minimal, which has the program curl and conflicts with this package.
    FROM registry.access.redhat.com/ubi9/ubi:9.4 AS ubi
    FROM ubi
    RUN dnf -y install \
          curl
          ^^^^ package-conflicts: registry.access.redhat.com/ubi9/ubi:9.4 has curl-minimal, which has the program curl and conflicts with this package.
  `;
});

test("not where the full package is, nothing is known, or it was thought of", () => {
  reports(rule)`
    FROM rockylinux:8
    RUN dnf install -y curl
    FROM fedora:42
    RUN dnf install -y curl
    FROM example.com/ubi9:latest
    RUN dnf install -y curl
    FROM rockylinux:9-minimal
    RUN microdnf install -y curl
    FROM amazonlinux:2
    RUN yum install -y curl
    FROM rockylinux:9
    RUN dnf install -y --allowerasing curl
    RUN dnf install -y curl
    FROM rockylinux:9
    RUN dnf swap -y curl-minimal curl-full && dnf install -y curl
    FROM rockylinux:9
    RUN dnf install -y curl || true
    RUN dnf install -y libcurl-devel curl-7.76.1 $OPTIONS
    RUN dnf remove -y curl
    FROM rockylinux:9
    COPY dnf.conf /etc/dnf/dnf.conf
    RUN dnf install -y curl
  `;
});

test("the full package may take its place", () => {
  fixes(rule, "unsafe")`
    FROM rockylinux:9
    RUN dnf install -y curl tar
    ->
    FROM rockylinux:9
    RUN dnf install --allowerasing -y curl tar
  `;
  offersNothing(rule)`
    FROM registry.access.redhat.com/ubi9/ubi-minimal:9.4
    RUN microdnf install -y curl
  `;
});
