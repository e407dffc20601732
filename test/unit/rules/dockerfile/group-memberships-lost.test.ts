import { test } from "vitest";
import { groupMembershipsLost as rule } from "../../../../server/src/rules/dockerfile/group-memberships-lost.ts";
import { fixes, reports } from "../../../support/check.ts";

test("each way into a group", () => {
  reports(rule)`
    FROM debian:trixie-slim AS one
    RUN useradd -r -G docker,sudo app
    USER app:app
         ^^^^^^^ group-memberships-lost: With :app this runs in no other group, and not in docker, which app was put into.
    FROM debian:trixie-slim
    RUN useradd app && usermod -aG audio,video app
    USER app:audio
         ^^^^^^^^^ group-memberships-lost: With :audio this runs in no other group, and not in video, which app was put into.
    FROM alpine:3.24
    RUN adduser -D app && addgroup app dialout && /usr/sbin/adduser app tty
    USER root
    RUN ["gpasswd", "-a", "app", "disk"]
    USER "app:app"
         ^^^^^^^^^ group-memberships-lost: With :app this runs in no other group, and not in dialout, tty and disk, which app was put into.
    FROM one
    USER root
    RUN true
    USER app:app
         ^^^^^^^ group-memberships-lost
  `;
});

test("not without a group, without another one, or where it is not certain", () => {
  reports(rule)`
    FROM debian:trixie-slim AS one
    RUN useradd -G docker app
    USER app
    FROM debian:trixie-slim
    RUN useradd -g app -G sudo app && usermod -aG docker other
    USER app:app
    FROM debian:trixie-slim
    RUN useradd -G docker app
    USER app:docker
    FROM debian:trixie-slim
    RUN useradd -G root app
    USER app:0
    FROM debian:trixie-slim
    RUN useradd -G docker app
    USER app:1000
    FROM alpine:3.24
    RUN addgroup -S app && adduser -S -G app app
    USER app:app
    FROM debian:trixie-slim
    RUN useradd app; if getent group docker; then usermod -aG docker app; fi
    USER app:app
    FROM debian:trixie-slim
    RUN useradd -G docker app
    USER app:app
    RUN true
    USER app
    FROM one
    RUN true
  `;
});

test("leaves the group out", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN useradd -G docker app
    USER app:app
    ->
    FROM debian:trixie-slim
    RUN useradd -G docker app
    USER app
  `;
});
