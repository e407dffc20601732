import { test } from "vitest";
import { plainHttpDownload as rule } from "../../../../server/src/rules/dockerfile/plain-http-download.ts";
import { fixes, reports } from "../../../support/check.ts";

test("ADD, curl and wget", () => {
  reports(rule)`
    FROM debian:trixie-slim
    ADD http://example.com/a.tar.gz /opt/
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ plain-http-download: Nothing protects what comes from example.com over HTTP.
    RUN curl -fsSL -o /a "http://example.com/$VERSION/a"
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ plain-http-download
    RUN ls; wget -q http://user@example.com:8080/a
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ plain-http-download
    ONBUILD ADD http://example.com/a /
                ^^^^^^^^^^^^^^^^^^^^ plain-http-download
  `;
});

test("not over HTTPS, from the own network, or where something else checks it", () => {
  reports(rule)`
    FROM debian:trixie-slim
    ADD https://example.com/a /
    ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d http://example.com/a /
    ARG MIRROR
    RUN curl http://localhost:8080/a && curl http://10.1.2.3/a && wget http://nexus/a http://nexus.corp/a
    RUN curl "http://$MIRROR/a"
    RUN curl -O http://example.com/a && echo "abc  a" | sha256sum -c -
    RUN curl -O http://example.com/a && gpg --batch --verify a.asc a
    RUN curl -H "Referer: http://example.com" https://example.com/a && echo http://example.com
    RUN curl --proxy http://proxy.example.com:3128 https://example.com/a
  `;
});

test("https in its place", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    ADD http://example.com/a /
    RUN curl -o /a 'http://example.com/a'
    ->
    FROM debian:trixie-slim
    ADD https://example.com/a /
    RUN curl -o /a 'https://example.com/a'
  `;
});
