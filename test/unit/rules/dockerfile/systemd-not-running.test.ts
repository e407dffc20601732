import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { systemdNotRunning as rule } from "../../../../server/src/rules/dockerfile/systemd-not-running.ts";
import { reports } from "../../../support/check.ts";
import { modelOf } from "../../../support/model.ts";

test("what asks the manager", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y systemd && systemctl daemon-reload
                                                        ^^^^^^^^^ systemd-not-running: No systemd runs in a build, so that systemctl daemon-reload fails.
    RUN systemctl --quiet start nginx; true
        ^^^^^^^^^ systemd-not-running
    RUN systemctl enable --now nginx
        ^^^^^^^^^ systemd-not-running: No systemd runs in a build, so that systemctl enable --now fails.
  `;
  expect(check("FROM debian:trixie-slim\nRUN systemctl restart nginx\n")).toEqual(["error"]);
  expect(check("FROM debian:trixie-slim\nRUN systemctl restart nginx; echo done\n")).toEqual(["warning"]);
});

test.each([
  "RUN systemctl enable nginx && systemctl mask getty.target",
  "RUN systemctl set-default multi-user.target",
  "RUN systemctl start nginx || true",
  "RUN systemctl --root=/mnt start nginx",
  "RUN if [ -d /run/systemd ]; then systemctl daemon-reload; fi",
  "COPY systemctl3.py /usr/bin/systemctl\nRUN systemctl start nginx",
  "RUN curl -fsSLo /usr/bin/systemctl https://example.com/systemctl.py\nRUN systemctl start nginx",
  "ENV SYSTEMD_OFFLINE=1\nRUN systemctl start nginx",
  "RUN SYSTEMD_OFFLINE=1 systemctl daemon-reload",
  "RUN systemctl --root=/mnt enable --now nginx",
  "ONBUILD RUN systemctl start nginx",
])("silent: %s", (lines) => expect(check(`FROM debian:trixie-slim\n${lines}\n`)).toEqual([]));

function check(text: string) {
  return checkDockerfile(modelOf(text), { rules: [rule] }).map((it) => it.severity);
}
