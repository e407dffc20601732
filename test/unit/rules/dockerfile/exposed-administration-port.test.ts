import { test } from "vitest";
import { exposedAdministrationPort as rule } from "../../../../server/src/rules/dockerfile/exposed-administration-port.ts";
import { reports } from "../../../support/check.ts";

test("ports of logins, among others", () => {
  reports(rule)`
    FROM debian:13
    ARG PORT=3389
    EXPOSE 80 22 443
              ^^ exposed-administration-port: 22 is the port of SSH.
    EXPOSE 23/tcp $PORT 5900
           ^^^^^^ exposed-administration-port: 23 is the port of Telnet.
                  ^^^^^ exposed-administration-port: 3389 is the port of Remote Desktop.
                        ^^^^ exposed-administration-port: 5900 is the port of VNC.
    ONBUILD EXPOSE 22
                   ^^ exposed-administration-port
  `;
});

test("not others", () => {
  reports(rule)`
    FROM debian:13
    EXPOSE 2222 22/udp 8022 $UNKNOWN 20-21 220
    ENV PORT=22
  `;
});
