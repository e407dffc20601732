import { test } from "vitest";
import { stopSignalUngraceful as rule } from "../../../../server/src/rules/dockerfile/stop-signal-ungraceful.ts";
import { fixes, reports } from "../../../support/check.ts";

test("by name, number and variable, behind ONBUILD too", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    STOPSIGNAL sigkill
               ^^^^^^^ stop-signal-ungraceful: No program can handle SIGKILL, so that nothing is finished or saved at a stop.
    FROM alpine:3.24 AS two
    STOPSIGNAL 9
               ^ stop-signal-ungraceful
    ARG SIGNAL=STOP
    STOPSIGNAL SIG\${SIGNAL}
               ^^^^^^^^^^^^ stop-signal-ungraceful
    ONBUILD STOPSIGNAL KILL
                       ^^^^ stop-signal-ungraceful
  `;
});

test("not other signals, and not what is not known", () => {
  reports(rule)`
    FROM alpine:3.24
    ARG SIGNAL
    STOPSIGNAL SIGTERM
    STOPSIGNAL SIGINT
    STOPSIGNAL 3
    STOPSIGNAL SIGRTMIN+3
    STOPSIGNAL $SIGNAL
  `;
});

test("asks for SIGTERM instead", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    STOPSIGNAL SIGKILL
    ->
    FROM alpine:3.24
    STOPSIGNAL SIGTERM
  `;
});
