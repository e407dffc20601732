import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { accountUnknown as rule } from "../../../../server/src/rules/dockerfile/account-unknown.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";
import { modelOf } from "../../../support/model.ts";

test("users and groups that nothing has made yet", () => {
  reports(rule)`
    FROM alpine:3.24
    COPY . /app
    RUN chown -R app:web /app
                 ^^^ account-unknown: No user app is in this image here, and chown fails for that.
    RUN chown root:web /app
                   ^^^ account-unknown: No group web is in this image here, and chown fails for that.
    RUN addgroup -S web && adduser -S -G web app && chown app:web /app && chgrp www /app; true
                                                                                ^^^ account-unknown: No group www is in this image here, and chgrp fails for that.
  `;
  for (const [image, command] of [
    ["alpine:3.24", "install -d -o app /srv/x"],
    ["alpine:3.24", "install -g web -m 755 /bin/sh /srv/sh"],
    ["alpine:3.24", "su app -c 'touch x'"],
    ["alpine:3.24", "su - app -s /bin/sh -c 'touch x'"],
    ["alpine:3.24", "adduser app root"],
    ["alpine:3.24", "addgroup root web"],
    ["alpine:3.24", "adduser -D -G web app"],
    ["alpine:3.24", "deluser app"],
    ["alpine:3.24", "delgroup web"],
    ["debian:trixie-slim", "useradd -g web app"],
    ["debian:trixie-slim", "useradd -G sudo,web app"],
    ["debian:trixie-slim", "usermod -aG docker root"],
    ["debian:trixie-slim", "usermod -aG sudo app"],
    ["debian:trixie-slim", "userdel -r app"],
    ["debian:trixie-slim", "groupdel web"],
    ["debian:trixie-slim", "passwd -d app"],
    ["debian:trixie-slim", "chown :web /srv"],
  ] as const)
    expect(
      check(`FROM ${image}\nRUN ${command}\n`).map((it) => it.severity),
      command,
    ).toEqual(["error"]);
});

test("not what is there, made before, a number, or may be missing", () => {
  for (const command of [
    "chown 1000:1000 /srv",
    "chown root:root /srv",
    "chown www-data /srv",
    "chown $USER /srv",
    "chown --reference=/etc /srv",
    "chown app /srv || true",
    "id app && chown app /srv; true",
    "useradd app && chown app:app /srv",
    "groupadd web && useradd -g web app && usermod -aG web app",
    "useradd -g 1000 app",
    "apt-get update && apt-get install -y nginx && chown nginx /srv",
    "useradd --root /mnt -g web app",
    "su -c 'id'",
    "adduser app",
    "passwd",
    "./users.sh && chown app /srv",
    "echo 'app:x:900:900::/:/bin/sh' >> /etc/passwd && chown app /srv",
    "gosu app true",
  ])
    expect(check(`FROM debian:trixie-slim\nRUN ${command}\n`), command).toEqual([]);
  expect(check("FROM example/base\nRUN chown app /srv\n")).toEqual([]);
  expect(check("FROM debian:trixie-slim\nUSER 1000\nRUN chown app /srv\n")).toEqual([]);
  expect(check("FROM debian:trixie-slim\nCOPY passwd /etc/\nRUN chown app /srv\n")).toEqual([]);
});

test("creates the user above, where a group of that name is all that is needed too", () => {
  fixes(rule, "unsafe", "Create the user app")`
    FROM alpine:3.24
    RUN mkdir -p /srv/app && chown -R app:app /srv/app
    ->
    FROM alpine:3.24
    RUN adduser -D app
    RUN mkdir -p /srv/app && chown -R app:app /srv/app
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    RUN chown app:web /srv
  `;
  // It is made further down: moving that is the author's to do.
  offersNothing(rule)`
    FROM alpine:3.24
    RUN chown app /srv
    RUN adduser -D app
  `;
});

function check(text: string) {
  return checkDockerfile(modelOf(text), { rules: [rule] });
}
