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

test("SIGTERM for a web server that is started here", () => {
  reports(rule)`
    FROM nginx:1.30
    STOPSIGNAL SIGTERM
               ^^^^^^^ stop-signal-ungraceful: nginx ends at once at this signal; at SIGQUIT it finishes first.
    CMD ["nginx", "-g", "daemon off;"]
  `;
  reports(rule)`
    FROM php:8.4-fpm
    STOPSIGNAL 15
               ^^ stop-signal-ungraceful
    CMD ["php-fpm"]
  `;
  fixes(rule, "unsafe")`
    FROM httpd:2.4
    STOPSIGNAL TERM
    CMD ["httpd-foreground"]
    ->
    FROM httpd:2.4
    STOPSIGNAL SIGWINCH
    CMD ["httpd-foreground"]
  `;
});

test("not for other programs, scripts, or stages that start nothing", () => {
  reports(rule)`
    FROM nginx:1.30 AS base
    STOPSIGNAL SIGTERM
    FROM nginx:1.30
    STOPSIGNAL SIGTERM
    ENTRYPOINT ["/start.sh"]
  `;
  reports(rule)`
    FROM node:24
    STOPSIGNAL SIGINT
    CMD ["node", "server.js"]
  `;
});

test("systemd, which does not end at SIGTERM", () => {
  reports(rule)`
    FROM debian:13
    STOPSIGNAL SIGTERM
               ^^^^^^^ stop-signal-ungraceful: systemd does not end at this signal, and is killed; at SIGRTMIN+3 it shuts down.
    CMD ["/sbin/init"]
  `;
  fixes(rule, "unsafe")`
    FROM debian:13
    STOPSIGNAL 15
    CMD ["/lib/systemd/systemd"]
    ->
    FROM debian:13
    STOPSIGNAL SIGRTMIN+3
    CMD ["/lib/systemd/systemd"]
  `;
  reports(rule)`
    FROM alpine:3.24
    STOPSIGNAL SIGTERM
    CMD ["/sbin/init"]
  `;
});

test("in a Windows image, which has no signals", () => {
  fixes(rule, "unsafe")`
    FROM mcr.microsoft.com/windows/servercore:ltsc2022
    STOPSIGNAL SIGQUIT
    CMD ["app.exe"]
    ->
    FROM mcr.microsoft.com/windows/servercore:ltsc2022
    CMD ["app.exe"]
  `;
});
