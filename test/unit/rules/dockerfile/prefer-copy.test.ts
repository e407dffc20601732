import { test } from "vitest";
import { preferCopy as rule } from "../../../../server/src/rules/dockerfile/prefer-copy.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("local files and folders", () => {
  reports(rule)`
    FROM alpine:3.24
    ARG JAR=target/app.jar
    ADD file /usr/src/app/
    ^^^ prefer-copy: COPY is enough for local files and folders.
    ADD file.zip "file.zip" /usr/src/app/
    ^^^ prefer-copy
    ADD . /app
    ^^^ prefer-copy
    ADD $JAR app.jar
    ^^^ prefer-copy
    ADD ["a b", "/x/"]
    ^^^ prefer-copy
    ADD --chown=1000 a.tar b /x/
    ^^^ prefer-copy
    ONBUILD ADD src /src
            ^^^ prefer-copy
  `;
});

test("not what only ADD can do, or may have to do", () => {
  reports(rule)`
    FROM scratch
    ADD file.tar /usr/src/app/
    ADD a.gz b.bz2 c.xz d.tgz e.tar.zst f.tar.gz g.txz /usr/src/app/
    ADD "file.tgz" /usr/src/app/
    ADD http://example.com/file /usr/src/app/
    ADD "https://example.com/a.zip" /usr/src/app/
    ADD git@github.com:team/repo.git /src
    ADD https://github.com/team/repo.git#main /src
    ADD ssh://git@example.com/repo /src
    ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d $URL /x
    ADD --unpack=true archive /x
    ADD --keep-git-dir=true . /x
    ADD $SOURCE /x
    ADD \${NAME}\${SUFFIX} /x
    ADD rootfs* /
    ADD <<EOF /x
    text
    EOF
    ADD rootfs.tar.xz rootfs.* /
  `;
});

test("COPY in its place, in the file's own case", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24
    ADD --chown=1000:1000 \
      # the sources
      src /src
    add ["a b", "/x/"]
    ->
    FROM alpine:3.24
    COPY --chown=1000:1000 \
      # the sources
      src /src
    copy ["a b", "/x/"]
  `;
});

test("a variable or a pattern may be an archive one day", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    ARG JAR=target/app.jar
    ADD $JAR app.jar
    ADD package*.json /app/
    ->
    FROM alpine:3.24
    ARG JAR=target/app.jar
    COPY $JAR app.jar
    COPY package*.json /app/
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    ADD src app.tar /x/
  `;
});
