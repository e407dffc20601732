import { test } from "vitest";
import { setuidFile as rule } from "../../../../server/src/rules/dockerfile/setuid-file.ts";
import { reports } from "../../../support/check.ts";

test("octal, symbolic, with install and COPY; not for groups, nor taken away", () => {
  reports(rule)`
    FROM debian:trixie-slim
    COPY --chmod=4755 a b /usr/local/bin/
                 ^^^^ setuid-file
    COPY --chmod=u+s,go-w c /usr/local/bin/
                 ^^^^^^^^ setuid-file
    COPY --chmod=0755 d /usr/local/bin/
    RUN chmod -R u+s /opt/a && chmod 06711 /b && install -m 4755 e /usr/bin/e
                 ^^^ setuid-file: Whoever starts what has the mode u+s runs it with the rights of its owner.
                                     ^^^^^ setuid-file
                                                            ^^^^ setuid-file
    RUN chmod +s /bin/x
              ^^ setuid-file
    RUN chmod g+s /srv && chmod 2775 /srv && chmod u-s /bin/su && chmod 1777 /tmp && mkdir -m 4755 /d
    RUN chmod --reference=/a /b && chmod "$MODE" /c && chmod +x /s && chmod a+rx /s
  `;
});

test("not in a stage that is not shipped", () => {
  reports(rule)`
    FROM debian:trixie-slim AS builder
    RUN chmod 4755 /usr/bin/x
    FROM debian:trixie-slim
    COPY --from=builder /etc/x /etc/x
  `;
});
