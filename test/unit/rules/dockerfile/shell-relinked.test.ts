import { test } from "vitest";
import { shellRelinked as rule } from "../../../../server/src/rules/dockerfile/shell-relinked.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("a link in the place of the shell", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN ln -sfv /bin/bash /bin/sh
                          ^^^^^^^ shell-relinked: This replaces the shell of the whole system; SHELL sets the one of this image's commands.
    RUN rm /bin/sh && ln -s bash /usr/bin/sh
                                 ^^^^^^^^^^^ shell-relinked
    ONBUILD RUN ln -sf /bin/bash /bin/sh
                                 ^^^^^^^ shell-relinked
  `;
});

test("not a link to it, and not another one", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN ln -s /bin/sh /usr/local/bin/posix-sh
    RUN ln -sf /bin/true /sbin/initctl && ls /bin/sh
    SHELL ["/bin/bash", "-c"]
  `;
});

test("SHELL in its place", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN ln -sf /bin/bash /bin/sh
    ->
    FROM debian:trixie-slim
    SHELL ["/bin/bash", "-c"]
  `;
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    RUN apk add --no-cache bash \
        # as before
     && apk add --no-cache git \
     && ln -sf bash /bin/sh
    ->
    FROM alpine:3.24
    RUN apk add --no-cache bash \
        # as before
     && apk add --no-cache git
    SHELL ["/bin/bash", "-c"]
  `;
});

test("nothing to offer where more belongs to it, or the shell is not there", () => {
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN rm /bin/sh && ln -s /bin/bash /bin/sh
    RUN ln -sf /bin/busybox /bin/sh
    RUN ln -sf /bin/bash /bin/sh || true
    ONBUILD RUN ln -sf /bin/bash /bin/sh
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    RUN ln -sf /bin/bash /bin/sh
  `;
});

test("a link that gives an image its first shell", () => {
  reports(rule)`
    FROM gcr.io/distroless/static:debug
    SHELL ["/busybox/sh", "-c"]
    RUN ln -s /busybox/sh /bin/sh
  `;
});

test("not in exec form where nobody knows of a shell: it may be the first", () => {
  reports(rule)`
    FROM example.com/team/toolchain:1
    RUN ["/toolchain/bin/ln", "-svf", "/toolchain/bin/bash", "/bin/sh"]
  `;
});
