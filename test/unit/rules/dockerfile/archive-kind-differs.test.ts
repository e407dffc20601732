import { test } from "vitest";
import { archiveKindDiffers as rule } from "../../../../server/src/rules/dockerfile/archive-kind-differs.ts";
import { fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("what is piped, downloaded or copied", () => {
  reports(rule, { context: contextOf({ "a.tar.gz": "", "b.tar": "" }) })`
    FROM alpine:3.24
    ARG VERSION=1
    RUN wget -qO- https://example.com/a-$VERSION.tar.xz | tar xz -C /opt
                                                              ^^ archive-kind-differs: a-$VERSION.tar.xz is compressed by xz, and z stands for gzip.
    RUN wget https://example.com/a.tar.bz2 && tar -xzf a.tar.bz2
                                                  ^^^^ archive-kind-differs: a.tar.bz2 is compressed by bzip2, and z stands for gzip.
    RUN wget -O /tmp/x.tar.xz "https://example.com/a.tar.xz" && tar -C / -xjf /tmp/x.tar.xz
                                                                         ^^^^ archive-kind-differs
    COPY a.tar.gz /tmp/
    RUN tar xJf /tmp/a.tar.gz
            ^^^ archive-kind-differs
  `;
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    RUN wget -qO- https://example.com/a.tar.xz | tar -xz
    ->
    FROM alpine:3.24
    RUN wget -qO- https://example.com/a.tar.xz | tar -xJ
  `;
});

test("not where the kinds agree, or are not known", () => {
  reports(rule, { context: contextOf({ "a.tar.gz": "" }) })`
    FROM alpine:3.24
    RUN wget -qO- https://example.com/a.tar.xz | tar xJ
    RUN wget -qO- https://example.com/download | tar xz
    RUN wget -qO- "https://example.com/a.tar.xz?raw=1" | tar xz
    RUN wget -qO- https://example.com/a.tar.xz | unxz | tar xz
    RUN wget -O x.tar.gz https://example.com/a.tar.xz && tar xJf x.tar.gz
    RUN wget https://example.com/a.tar.xz && tar xf a.tar.xz
    RUN wget https://example.com/a.tar.xz && mv other a.tar.xz && tar xzf a.tar.xz
    RUN wget https://example.com/a.tar.xz && tar czf a.tar.xz /opt
    RUN wget https://example.com/a.tar.xz && tar xzf a.tar.xz || true
    RUN tar xzf /srv/b.tar.xz
    COPY a.tar.gz /tmp/a.tar.xz
    RUN tar xzf /tmp/a.tar.xz
    COPY --from=x /a.tar.xz /opt/
    RUN tar xzf /opt/a.tar.xz
  `;
});
