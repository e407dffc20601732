import { describe, test } from "vitest";
import { answers, type Questions } from "../../../support/stage-questions.ts";

/** Held to what the programs of Debian 12 and 13 and of BusyBox 1.37 do in a real engine. */
function check(base: string, lines: readonly string[], questions: Questions): void {
  answers(questions)(Object.assign([""], { raw: [[`FROM ${base}`, ...lines, ""].join("\n")] }));
}

describe("homes", () => {
  test.each<[string, Questions]>([
    ["RUN useradd app", { "path /home/app": "no" }],
    [
      "RUN useradd -m app",
      { "path /home/app": "yes", "path /home/app/.bashrc": "?", "path /home/app/x": "no" },
    ],
    ["RUN useradd -m -b /srv app", { "path /srv/app": "yes", "path /home/app": "no" }],
    ["RUN useradd -md /srv/x app", { "path /srv/x": "yes", "owner /srv/x": "app", "path /home/app": "no" }],
    ["RUN useradd --create-home --base-dir=/srv app", { "path /srv/app": "yes", "path /home/app": "no" }],
    ["RUN useradd -m -k /srv/skel app", { "path /home/app/x": "?" }],
    ["COPY x /etc/skel/\nRUN useradd -m app", { "path /home/app/x": "?" }],
    ["RUN useradd -m app && userdel app", { "path /home/app": "yes", "owner /home/app": "?" }],
    ["RUN useradd -m app && userdel -r app", { "path /home/app": "no" }],
    ["RUN useradd -m -d /srv/x app && userdel --remove app", { "path /srv/x": "no" }],
    ["RUN useradd -m app && usermod -d /srv/x -m app", { "path /home/app": "no", "path /srv/x": "yes" }],
    ["RUN adduser --disabled-password app", { "path /home/app": "yes" }],
    ["RUN adduser --system app", { "path /home/app": "?" }],
    ["RUN adduser --system --home /srv/x app", { "path /srv/x": "yes", "path /home/app": "no" }],
  ])("%s", (lines, questions) => {
    check("debian:trixie", [lines], questions);
  });

  test("BusyBox makes one for a system user too", () => {
    check("alpine:3.24", ["RUN adduser -S app"], { "path /home/app": "yes", "owner /home/app": "app" });
    check("alpine:3.24", ["RUN adduser --system --disabled-password app"], { "path /home/app": "yes" });
  });
});

describe("what is deleted", () => {
  test.each<[string, Questions]>([
    ["useradd app && userdel app", { "user? app": "no", "group? app": "?" }],
    ["groupadd app && groupdel app", { "group? app": "no" }],
    ["groupadd app && delgroup app", { "group? app": "no" }],
    ["groupadd app && deluser --group app", { "group? app": "no" }],
    ["useradd app && (userdel app || true)", { "user? app": "?" }],
    // With two names a user leaves a group.
    ["useradd app && deluser app www-data", { "user? app": "yes", "user? www-data": "yes" }],
    ["useradd app && userdel -R /rootfs app", { "user? app": "yes" }],
  ])("%s", (command, questions) => {
    check("debian:trixie", [`RUN ${command}`], questions);
  });
});

describe("groups", () => {
  test.each<[string, Questions]>([
    ["useradd -N app", { "group? app": "no" }],
    ["useradd --no-user-group app", { "group? app": "no" }],
    ["useradd -U app", { "group? app": "yes" }],
    ["groupadd x && groupmod -n y x", { "group? x": "no", "group? y": "yes" }],
    ["groupadd x && groupmod --new-name=y x", { "group? x": "no", "group? y": "yes" }],
    ["useradd app && gpasswd -a app staff", { "user? other": "no", "path /srv/x": "no" }],
  ])("%s", (command, questions) => {
    check("debian:trixie", [`RUN ${command}`], questions);
  });
});

test("those of another root are not the image's", () => {
  check("debian:trixie", ["RUN useradd -P /rootfs app"], {
    "user? app": "no",
    "path /rootfs/etc/passwd": "?",
  });
});

test("a user under another name has the same files", () => {
  check(
    "debian:trixie",
    ["RUN useradd old && mkdir /a /b && chown old:old /a && usermod -l new old && groupmod -n newer old"],
    {
      "user? old": "no",
      "user? new": "yes",
      "owner /a": "new:newer",
      "owner /b": "root:root",
    },
  );
});

test("with another id only the home stays a user's", () => {
  check(
    "debian:trixie",
    ["RUN useradd app && mkdir /a /b && chown app:app /a && usermod -u 2000 app && mkdir /c && chown app /c"],
    {
      "owner /a": "?",
      "owner /b": "root:root",
      "owner /c": "app:root",
    },
  );
});

describe("what is written to /etc/passwd", () => {
  test.each<[string, Questions]>([
    ["printf 'app:x:%s:%s::/:/bin/false\\n' 9 9 >> /etc/passwd", { "user? app": "?", "user? games": "yes" }],
    ["printf 'app:x:9:9::/:/bin/false\\n' >> /etc/passwd", { "user? app": "yes", "user? other": "no" }],
    ["echo 'app:x:9:9::/:/bin/false' > /etc/passwd", { "user? app": "yes", "user? games": "no" }],
    ["sed -i '/^games:/d' /etc/passwd", { "user? games": "?", "user? www-data": "yes" }],
    ["sed -i 's/^www-data:/web:/' /etc/passwd", { "user? www-data": "?", "user? web": "?" }],
  ])("%s", (command, questions) => {
    check("debian:trixie", [`RUN ${command}`], questions);
  });
});

test("--chown of a group alone leaves the user root", () => {
  check("debian:trixie", ["COPY --chown=:staff package.json /a"], { "owner /a": "root:staff" });
});
