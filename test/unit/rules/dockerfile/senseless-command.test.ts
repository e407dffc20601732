import { test } from "vitest";
import { senselessCommand as rule } from "../../../../server/src/rules/dockerfile/senseless-command.ts";
import { reports } from "../../../support/check.ts";

test("commands of a running system, wherever the script runs them", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN top
        ^^^ senseless-command: top is for a running system, and a build has none.
    RUN ls && /usr/sbin/service nginx start && \
              ^^^^^^^^^^^^^^^^^ senseless-command: What service starts ends with this RUN.
        ps aux; (free -m) | cat
        ^^ senseless-command
                 ^^^^ senseless-command
    RUN ["shutdown", "now"]
         ^^^^^^^^^^ senseless-command
    RUN ssh -T git@example.com
        ^^^ senseless-command: Without an ssh mount there is no key that ssh could use, unless one is in the image.
    ONBUILD RUN vim /etc/hosts
                ^^^ senseless-command: Nobody is there to edit during a build.
  `;
});

test("not as a word of another command, and not as a function of the script's own", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y ssh vim procps
    RUN echo top && ls /proc/mount
    RUN kill() { echo "$1"; }; kill 1
    CMD ["top"]
    HEALTHCHECK CMD ps aux | grep nginx
  `;
});

test("not where the build gives them what they need", () => {
  reports(rule)`
    FROM mysql:8
    RUN mysqld --user=mysql & sleep 5 && mysql < /init.sql && kill %1
    RUN --mount=type=ssh ssh -T git@example.com
    RUN ssh -V
    RUN --security=insecure mount -t tmpfs tmpfs /mnt
  `;
});
