import { describe, test } from "vitest";
import { contextOf } from "../../../support/model.ts";
import { answers } from "../../../support/stage-questions.ts";

describe("a root file system put together somewhere else", () => {
  test("in a folder of another stage may hold users of its own", () => {
    answers({ "user? app": "?" })`
      FROM golang:1.27-alpine AS b
      RUN mkdir -p /rootfs/etc && echo 'app:x:1000:1000::/:/sbin/nologin' > /rootfs/etc/passwd
      FROM scratch
      COPY --from=b /rootfs/ /
    `;
  });

  test("unpacked into a folder of another stage may hold a shell", () => {
    answers({ shell: "?", "tool curl": "?", "user? guest": "?" })`
      FROM alpine:3.24 AS b
      COPY minirootfs.tgz /
      RUN mkdir /r && tar -C /r -xzf /minirootfs.tgz
      FROM scratch
      COPY --from=b /r /
    `;
  });

  test("installed by the package manager below a folder", () => {
    answers({ "tool curl": "?", "user? nginx": "?" })`
      FROM alpine:3.24 AS b
      RUN apk add --root /rootfs --initdb busybox curl nginx
      FROM scratch
      COPY --from=b /rootfs/ /
    `;
  });

  test("in the build context", () => {
    for (const words of ["rootfs/ /", "rootfs/* /", "./rootfs-amd64/. /", ". /"]) {
      answers(
        { shell: "?", "tool curl": "?" },
        {},
      )(Object.assign([`FROM scratch\nCOPY ${words}\n`], { raw: [`FROM scratch\nCOPY ${words}\n`] }));
    }
  });

  test("the whole root of another stage brings its users, and no others", () => {
    answers({ "user? app": "?", "user? postgres": "no" })`
      FROM alpine:3.24 AS b
      RUN adduser -S app
      FROM scratch
      COPY --from=b / /
    `;
  });
});

test("a file of another name that becomes /etc/passwd holds its author's users", () => {
  answers({ "user? app": "?" })`
    FROM alpine:3.24 AS b
    RUN echo "app:x:65534:65534:app:/:" > /etc_passwd
    FROM scratch
    COPY --from=b /etc_passwd /etc/passwd
  `;
  answers({ "user? app": "yes", "user? other": "no" })`
    FROM alpine:3.24 AS b
    RUN adduser -S app
    FROM scratch
    COPY --from=b /etc/passwd /etc/passwd
  `;
});

describe("tools from the build context", () => {
  test("may be in a folder that goes where programs are looked for", () => {
    answers({ "tool curl": "?" })`
      FROM debian:bookworm-slim
      COPY bin/ /usr/local/bin/
    `;
    answers({ "tool curl": "?" })`
      FROM debian:bookworm-slim
      COPY curl /usr/local/bin/
    `;
  });

  test("are not in one that goes to the author's own", () => {
    answers({ "tool curl": "no" })`
      FROM debian:bookworm-slim
      COPY bin/ /app/
    `;
  });
});

test("what the context lacks may be made before the build", () => {
  answers(
    { "path /src/config.yaml": "?", "path /src/main.go": "yes" },
    { context: contextOf({ "main.go": "" }) },
  )`
    FROM alpine:3.24
    WORKDIR /src
    COPY . .
  `;
});
