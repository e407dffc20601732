import { test } from "vitest";
import { archiveLeft as rule } from "../../../../server/src/rules/dockerfile/archive-left.ts";
import { fixes, reports } from "../../../support/check.ts";

test("tar and zip, from wget and curl", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN curl -fsSLo /tmp/go.tgz https://example.com/go.tgz && tar -C /usr/local -xzf /tmp/go.tgz
                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ archive-left: go.tgz stays in the image.
    RUN cd /opt && wget https://example.com/x/tool.zip && unzip tool.zip
                                                          ^^^^^^^^^^^^^^ archive-left
    RUN curl https://example.com/a > a.tar && tar xf a.tar
                                              ^^^^^^^^^^^^ archive-left
  `;
});

test("not where it is removed, mounted, piped, made, or in a stage that is not shipped", () => {
  reports(rule)`
    FROM debian:trixie-slim AS build
    RUN wget https://example.com/a.tar.gz && tar xzf a.tar.gz
    FROM debian:trixie-slim
    RUN wget https://example.com/a.tar.gz && tar xzf a.tar.gz && rm a.tar.gz
    RUN wget https://example.com/b.tar.gz && tar xzf b.tar.gz && rm -rf *.tar.gz
    RUN wget -P /tmp https://example.com/c.tar.gz && tar xzf /tmp/c.tar.gz && rm -r /tmp/
    RUN curl https://example.com/d.tar.gz | tar xz
    RUN tar czf e.tar.gz /opt && tar tf e.tar.gz
    RUN --mount=type=tmpfs,target=/tmp wget -O /tmp/f.tgz https://example.com/f.tgz && tar xzf /tmp/f.tgz
    RUN wget https://example.com/h.tar.gz && tar xzf h.tar.gz
    RUN sha256sum h.tar.gz
    COPY g.tar.gz /
    RUN tar xzf /g.tar.gz
  `;
});

test("removes it", () => {
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    RUN wget https://example.com/tool.tar.gz \
     && tar -xzf tool.tar.gz \
     && tool --version
    ->
    FROM debian:trixie-slim
    RUN wget https://example.com/tool.tar.gz \
     && tar -xzf tool.tar.gz \
     && rm tool.tar.gz \
     && tool --version
  `;
});

test("a name with variables, which are the same where it is downloaded and unpacked", () => {
  fixes(rule, "safe")`
    FROM debian:13-slim
    ARG VERSION
    RUN wget -q https://example.com/app-\${VERSION}.tgz && tar -xf app-\${VERSION}.tgz && cd app-\${VERSION} && make
    RUN curl -fsSLo /tmp/lib-$VERSION.tar.gz "https://example.com/lib-$VERSION.tar.gz" && tar -C /opt -xzf "/tmp/lib-$VERSION.tar.gz"
    ->
    FROM debian:13-slim
    ARG VERSION
    RUN wget -q https://example.com/app-\${VERSION}.tgz && tar -xf app-\${VERSION}.tgz && rm app-\${VERSION}.tgz && cd app-\${VERSION} && make
    RUN curl -fsSLo /tmp/lib-$VERSION.tar.gz "https://example.com/lib-$VERSION.tar.gz" && tar -C /opt -xzf "/tmp/lib-$VERSION.tar.gz" && rm /tmp/lib-$VERSION.tar.gz
  `;
  reports(rule)`
    FROM debian:13-slim
    ARG VERSION
    RUN wget -q https://example.com/a-$VERSION.tgz && tar -xf a-$VERSION.tgz && rm a-$VERSION.tgz
    RUN mkdir /b && cd /b && wget -q https://example.com/b-$VERSION.tgz && tar -xf b-$VERSION.tgz -C / && rm -rf /b
    RUN --mount=type=tmpfs,target=/c cd /c && wget -q https://example.com/c-$VERSION.tgz && tar -xf c-$VERSION.tgz -C /
    RUN for v in 1 2; do wget -q https://example.com/d-$v.tgz && tar -xf d-$v.tgz; done
    RUN wget -qO- https://example.com/e-$VERSION.tgz | tar -xz
    RUN tar -xf f-$VERSION.tgz
    RUN wget -q https://example.com/g-$VERSION.tgz && tar -xf g-$VERSION.tgz
    RUN sha256sum g-$VERSION.tgz
  `;
});

test("packages and installers, and other programs that unpack", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN wget https://example.com/a.deb && dpkg -i a.deb
                                          ^^^^^^^^^^^^^ archive-left: a.deb stays in the image.
    RUN curl -fsSLO https://example.com/b.deb && apt-get update && apt-get install -y ./b.deb && rm -rf /var/lib/apt/lists/*
                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^ archive-left
    RUN curl -fsSLo c.7z https://example.com/c.7z && 7z x c.7z
                                                     ^^^^^^^^^ archive-left
    RUN wget https://example.com/d.gz && gunzip -k d.gz
                                         ^^^^^^^^^^^^^^ archive-left
    RUN wget https://example.com/e.gz && gunzip e.gz
    RUN wget https://example.com/f.deb && dpkg -i f.deb && rm *.deb
    RUN wget https://example.com/g.deb && dpkg -I g.deb
    RUN apt-get update && apt-get install -y curl
  `;
});
