import { test } from "vitest";
import { copyThenExtract as rule } from "../../../../server/src/rules/dockerfile/copy-then-extract.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("tar archives that a later RUN unpacks", () => {
  reports(rule)`
    FROM debian:trixie-slim
    COPY app.tar /usr/src/app
         ^^^^^^^ copy-then-extract: A RUN unpacks this archive; ADD does that and leaves no archive behind.
    COPY build/lib.tar.gz other.txt /tmp/
         ^^^^^^^^^^^^^^^^ copy-then-extract
    COPY some.tgz /renamed.tar.xz
         ^^^^^^^^ copy-then-extract
    RUN echo && tar -xf /usr/src/app/app.tar
    RUN tar xzf /tmp/lib.tar.gz && tar --extract --file=/renamed.tar.xz --directory=/opt
  `;
});

test("not an archive of another stage or another name, and not one that is not unpacked", () => {
  reports(rule)`
    FROM debian:trixie-slim AS build
    COPY app.tar /
    FROM debian:trixie-slim
    COPY --from=build /lib.tar /lib.tar
    COPY package.json other.tar /
    RUN tar -xf /app.tar && tar -xf /lib.tar && tar -tf /other.tar && tar -cf /other.tar /srv
  `;
});

test("not what ADD cannot do: zip, a single file, parts of an archive", () => {
  reports(rule)`
    FROM debian:trixie-slim
    COPY a.zip dump.sql.gz b.tar.gz c.tar.gz /
    RUN unzip /a.zip && gunzip /dump.sql.gz
    RUN tar -xzf /b.tar.gz --strip-components=1 && tar -xzf /c.tar.gz bin/tool
  `;
});

test("ADD with the directory that it is unpacked to", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    COPY app.tar.gz /tmp/app.tar.gz
    RUN tar -xzf /tmp/app.tar.gz -C /opt && rm /tmp/app.tar.gz
    ->
    FROM debian:trixie-slim
    ADD app.tar.gz /opt/
  `;
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    WORKDIR /srv
    COPY app.tgz .
    RUN mkdir /data \
     && tar -xf app.tgz \
     && rm -f app.tgz \
        # for the service
     && chown www-data /data
    ->
    FROM debian:trixie-slim
    WORKDIR /srv
    ADD app.tgz /srv/
    RUN mkdir /data \
        # for the service
     && chown www-data /data
  `;
});

test("nothing to offer where the archive is used again, or the directory is not known", () => {
  offersNothing(rule)`
    FROM debian:trixie-slim
    COPY app.tgz /
    RUN tar -xf /app.tgz -C /opt
    RUN sha256sum /app.tgz
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    COPY app.tgz /
    RUN cd /opt && tar -xf /app.tgz
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    COPY --chown=www-data app.tgz /
    RUN tar -xf /app.tgz -C /opt
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    COPY app.tgz /
    RUN tar -xf /app.tgz -C /opt || true
  `;
});
