import { test } from "vitest";
import { systemWorkdir as rule } from "../../../../server/src/rules/dockerfile/system-workdir.ts";
import { reports } from "../../../support/check.ts";

test("directories of the kernel and of booting", () => {
  reports(rule)`
    FROM alpine:3.24
    WORKDIR /proc
            ^^^^^ system-workdir: What is in /proc is the kernel's: it is mounted anew when a container starts.
    WORKDIR self
            ^^^^ system-workdir
    WORKDIR "/dev/app"
            ^^^^^^^^^^ system-workdir
    ENV WHERE=/sys
    WORKDIR $WHERE/fs
            ^^^^^^^^^ system-workdir
    WORKDIR /boot
            ^^^^^ system-workdir: /boot belongs to a machine that boots, and an image does not.
  `;
});

test("not names that only begin so, nor what is not known", () => {
  reports(rule)`
    FROM example.com/base:1
    WORKDIR proc
    WORKDIR $WHERE
    WORKDIR /process
    WORKDIR /developer
    WORKDIR /app/dev
    WORKDIR /
  `;
});
