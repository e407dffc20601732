import { test } from "vitest";
import { timeZoneUnknown as rule } from "../../../../server/src/rules/dockerfile/time-zone-unknown.ts";
import { fixes, reports } from "../../../support/check.ts";

test("slips, small letters and cities without a zone", () => {
  reports(rule)`
    FROM debian:trixie-slim
    ENV TZ=Europe/Berln
           ^^^^^^^^^^^^ time-zone-unknown: There is no time zone Europe/Berln; Europe/Berlin is the one of that place.
    ENV LANG=C.UTF-8 TZ="asia/tokyo"
                         ^^^^^^^^^^ time-zone-unknown: There is no time zone asia/tokyo; Asia/Tokyo is the one of that place.
    ENV TZ Asia/Beijing
           ^^^^^^^^^^^^ time-zone-unknown
  `;
});

test("not those that there are, other variables, and what is not known", () => {
  reports(rule)`
    FROM debian:trixie-slim
    ARG TZ=Asia/Beijing
    ENV TZ=$TZ
    ENV TZ=Europe/Berlin
    ENV TZ=Asia/Calcutta
    ENV TZ=UTC
    ENV TZ=CET-1CEST
    ENV TZ=America/Newtown
    ENV REGION=Asia/Beijing
  `;
});

test("the zone that was meant", () => {
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    ENV TZ="Asia/Beijing" LANG=C
    ->
    FROM debian:trixie-slim
    ENV TZ="Asia/Shanghai" LANG=C
  `;
});
