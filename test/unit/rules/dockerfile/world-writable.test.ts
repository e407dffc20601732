import { test } from "vitest";
import { worldWritable as rule } from "../../../../server/src/rules/dockerfile/world-writable.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("modes with the right to write for everybody", () => {
  reports(rule)`
    FROM debian:trixie-slim
    COPY --chmod=777 a /a
                 ^^^ world-writable: Every user may write to what has the mode 777.
    ADD --chmod=0666 a /a
                ^^^^ world-writable
    RUN chmod -R 777 /var/www && chmod a+rwx /b && chmod o+w /c && chmod u+x,ugo+rw /d
                 ^^^ world-writable
                                       ^^^^^ world-writable
                                                         ^^^ world-writable
                                                                         ^^^^^^^^^^ world-writable
    RUN mkdir -p -m 777 /a && install -m777 b /b && install -d --mode=o=rwx /c
                    ^^^ world-writable
                                        ^^^ world-writable
                                                                      ^^^^^ world-writable
  `;
});

test("not for the owner or a group, with the sticky bit, or in a stage that is not shipped", () => {
  reports(rule)`
    FROM debian:trixie-slim AS build
    RUN chmod -R 777 /src
    FROM debian:trixie-slim
    COPY --chmod=755 a /a
    RUN chmod 775 /a && chmod +x /b && chmod u+w /c && chmod g=rwX /d && chmod o-w /e
    RUN chmod 1777 /tmp && chmod -R 3777 /var/run/postgresql && chmod a+rwxt /f
    RUN chmod "$MODE" /g && mkdir -m 755 /h && chmod --reference=/a /777
  `;
});

test("a number loses that right, for the group too", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    COPY --chmod=777 a /a
    RUN useradd app && chown -R app /b && chmod -R 0666 /b && touch /c && chmod 777 /c
    ->
    FROM debian:trixie-slim
    COPY --chmod=755 a /a
    RUN useradd app && chown -R app /b && chmod -R 0644 /b && touch /c && chmod 755 /c
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN chmod a+rwx /b
  `;
});

test("no number where a folder of root's is open to whoever the service runs as", () => {
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN mkdir -p /cache && chmod 777 /cache
    VOLUME /cache
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN mkdir -m 777 /cache
    USER 10001
  `;
});

test("not a folder of mktemp's", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN work="$(mktemp -d)" \
        && chmod 777 "$work" \
        && rm -rf "$work" \
        && chmod 777 "$work" "$OTHER"
                 ^^^ world-writable
  `;
});
