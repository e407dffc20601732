import { describe, test } from "vitest";
import { contextOf } from "../../../support/model.ts";
import { answers } from "../../../support/stage-questions.ts";

describe("users and groups", () => {
  test("of the base", () => {
    answers({
      "user? node": "yes",
      "user? nobody": "yes",
      "user? app": "no",
      "user? 1234": "yes",
      "group? 5": "yes",
      "group? app": "no",
    })`
      FROM node:24-alpine
    `;
    answers({ "user? root": "no", "user? app": "no", "user? 1000": "yes", "group? app": "no" })`
      FROM scratch
    `;
    answers({ "user? app": "?" })`
      FROM example.com/app:1
    `;
  });

  test.each([
    "adduser -D app",
    "adduser -D -H -u 1000 -s /sbin/nologin app",
    "addgroup -S app && adduser -S -G app app",
    "adduser --disabled-password --gecos '' app",
    "addgroup -g 1000 -S app && adduser -u 1000 -S app -G app",
    "useradd --uid 10001 --create-home --shell /usr/sbin/nologin app",
    "groupadd -r app && useradd -r -g app app",
    'echo "app:x:1000:1000::/:/sbin/nologin" >> /etc/passwd && echo "app:x:1000:" >> /etc/group',
  ])("%s", (command) => {
    answers({ "user? app": "yes", "group? app": "yes", "user? other": "no" })(
      Object.assign([""], { raw: [`FROM alpine:3.24\nRUN ${command}\n`] }),
    );
  });

  test("a system user of BusyBox joins a group that is there", () => {
    answers({ "user? app": "yes", "group? app": "no" })`
      FROM alpine:3.24
      RUN adduser -S app
    `;
  });

  test("names in variables, known and not", () => {
    answers({ "user? app": "yes", "user? other": "no" })`
      FROM alpine:3.24
      ARG NAME=app
      RUN adduser -D "$NAME"
    `;
    answers({ "user? app": "?" })`
      FROM alpine:3.24
      ARG NAME
      RUN adduser -D "$NAME"
    `;
  });

  test("made where they may not be, or removed", () => {
    answers({ "user? app": "?", "user? node": "no" })`
      FROM node:24-alpine
      RUN id app || adduser -D app
      RUN deluser node
    `;
  });

  test("only in the builder", () => {
    answers({ "user? app": "no" })`
      FROM alpine:3.24 AS builder
      RUN adduser -D app
      FROM scratch
      COPY --from=builder /app /app
    `;
  });

  test("with /etc/passwd of the builder", () => {
    answers({ "user? app": "yes", "user? other": "no", "user? nobody": "yes", "group? app": "no" })`
      FROM alpine:3.24 AS builder
      RUN adduser -D app
      FROM scratch
      COPY --from=builder /etc/passwd /etc/passwd
    `;
    answers({ "user? app": "yes", "group? app": "yes" })`
      FROM alpine:3.24 AS builder
      RUN adduser -D app
      FROM scratch
      COPY --from=builder /etc/passwd /etc/group /etc/
    `;
    answers({ "user? app": "?", "user? other": "no" })`
      FROM alpine:3.24 AS builder
      RUN adduser -D app
      FROM scratch
      COPY --from=builder /etc /etc
    `;
  });

  test("with an /etc/passwd of the context", () => {
    const inputs = { context: contextOf({ "build/passwd": "root:x:0:0::/:/bin/sh\napp:x:1000:1000::/:\n" }) };
    answers({ "user? app": "yes", "user? other": "no" }, inputs)`
      FROM scratch
      COPY build/passwd /etc/passwd
    `;
    answers({ "user? app": "?" })`
      FROM scratch
      COPY build/passwd /etc/passwd
    `;
    answers({ "user? app": "yes", "user? other": "no" })`
      FROM scratch
      COPY <<EOF /etc/passwd
      app:x:1000:1000::/:
      EOF
    `;
  });

  test("under another name", () => {
    answers({ "user? app": "yes", "user? node": "no", "group? app": "yes", "user? other": "no" })`
      FROM node:24
      RUN groupmod -n app node && usermod -l app -d /home/app -m node && usermod -aG users app
    `;
    answers({ "user? app": "?" })`
      FROM node:24
      ARG NAME
      RUN usermod --login "$NAME" node
    `;
  });

  test("a copy elsewhere brings none", () => {
    answers({ "user? app": "no" })`
      FROM alpine:3.24
      WORKDIR /srv
      COPY . .
      COPY etc/passwd /srv/passwd
      RUN go build ./...
    `;
  });
});

test("a RUN whose shell is mounted changes the image", () => {
  answers({ "user? app": "yes", "user? other": "no" })`
    FROM gcr.io/distroless/static-debian12
    RUN --mount=type=bind,from=busybox:1.37,source=/bin,target=/bin echo "app:x:1000:1000::/:/bin/false" >> /etc/passwd
  `;
  answers({ "user? app": "no" })`
    FROM gcr.io/distroless/static-debian12
    RUN --mount=type=bind,from=busybox:1.37,source=/bin,target=/tools echo "app:x:1000:1000::/:/bin/false" >> /etc/passwd
  `;
});
