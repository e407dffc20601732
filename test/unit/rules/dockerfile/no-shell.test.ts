import { expect, test } from "vitest";
import { noShell as rule } from "../../../../server/src/rules/dockerfile/no-shell.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("shell form of each kind", () => {
  reports(rule)`
    FROM gcr.io/distroless/static-debian12:nonroot
    RUN echo hello
        ^^^^^^^^^^ no-shell: This needs /bin/sh, which is not in gcr.io/distroless/static-debian12:nonroot.
    HEALTHCHECK --interval=5s CMD /api -health || exit 1
                                  ^^^^^^^^^^^^^^^^^^^^^^ no-shell
    ENTRYPOINT /api
               ^^^^ no-shell
    CMD ["/bin/sh", "-c", "/api"]
        ^^^^^^^^^^^^^^^^^^^^^^^^^ no-shell: This needs /bin/sh, which is not in gcr.io/distroless/static-debian12:nonroot.
  `;
});

test("a stage is what the stage below it is", () => {
  reports(rule)`
    FROM scratch AS base
    FROM base
    CMD /api
        ^^^^ no-shell: This needs /bin/sh, which is not in base.
  `;
});

test("not exec form, not where a shell is, and not where nobody knows", () => {
  reports(rule)`
    FROM scratch AS one
    RUN ["/api", "init"]
    HEALTHCHECK CMD ["/api", "-health"]
    ENTRYPOINT ["/api"]
    FROM alpine:3.24 AS two
    RUN echo hello
    CMD sleep 1
    ENTRYPOINT ["/bin/bash", "-c", "sleep 1"]
    FROM example.com/team/base:1 AS three
    RUN echo hello
    FROM gcr.io/distroless/static-debian12:debug
    SHELL ["/busybox/sh", "-c"]
    RUN echo hello
  `;
});

test("not after a shell was copied or a root file system unpacked", () => {
  reports(rule)`
    FROM scratch
    COPY --from=busybox:musl /bin/ /bin/
    RUN echo hello
    CMD sleep 1
  `;
  reports(rule)`
    FROM scratch
    ADD rootfs.tar.xz /
    RUN echo hello
    CMD ["/bin/bash"]
  `;
  reports(rule)`
    FROM scratch
    COPY . /
    RUN echo hello
  `;
});

test("exec form for plain words", () => {
  fixes(rule, "safe")`
    FROM scratch
    COPY api /api
    ENTRYPOINT /api --port 8080
    ->
    FROM scratch
    COPY api /api
    ENTRYPOINT ["/api", "--port", "8080"]
  `;
  fixes(rule, "safe")`
    FROM scratch
    COPY api /api
    HEALTHCHECK --interval=5s CMD /api -health || exit 1
    ->
    FROM scratch
    COPY api /api
    HEALTHCHECK --interval=5s CMD ["/api", "-health"]
  `;
});

test("CMD behind an entrypoint that starts the same program", () => {
  fixes(rule, "unsafe")`
    FROM gcr.io/distroless/nodejs22-debian12
    COPY app.js /
    CMD node /app.js
    ->
    FROM gcr.io/distroless/nodejs22-debian12
    COPY app.js /
    CMD ["/app.js"]
  `;
  fixes(rule, "unsafe")`
    FROM gcr.io/distroless/java21-debian13:nonroot
    COPY app.jar /
    CMD java -jar /app.jar
    ->
    FROM gcr.io/distroless/java21-debian13:nonroot
    COPY app.jar /
    CMD ["/app.jar"]
  `;
  // The entrypoint says -jar already.
  offersNothing(rule)`
    FROM gcr.io/distroless/java21-debian13:nonroot
    CMD java -cp /app org.example.Main
  `;
  // What python3 this starts is not known of each release.
  fixes(rule, "unsafe")`
    FROM gcr.io/distroless/python3-debian11
    CMD python3 /app.py
    ->
    FROM gcr.io/distroless/python3-debian11
    CMD ["python3", "/app.py"]
  `;
});

test("nothing to offer for shell syntax and for programs that are not there", () => {
  offersNothing(rule)`
    FROM scratch
    CMD /api --port $PORT
  `;
  offersNothing(rule)`
    FROM scratch
    HEALTHCHECK CMD curl -f http://localhost || exit 1
  `;
  offersNothing(rule)`
    FROM scratch
    RUN mkdir /data
  `;
});

test("one name for each kind of instruction", () => {
  const found = problemsOf(rule)`
    FROM scratch
    RUN echo a
    HEALTHCHECK CMD b
    CMD c
  `;
  expect(found.map((it) => it.aliases[0])).toEqual(["S04", "S02", "S03"]);
});

test("not where a mount brings the shell for that RUN", () => {
  reports(rule)`
    FROM scratch AS bb
    SHELL ["/bb/sh", "-c"]
    RUN --mount=from=busybox:1.37,source=/bin,target=/bb echo hello
    FROM scratch
    WORKDIR /
    RUN --mount=type=bind,from=busybox:1.37,source=/bin,target=/bin echo hello
    RUN --mount=from=busybox:1.37,dst=/usr echo hello
    RUN --mount=from=busybox:1.37,target=bin/sh,source=/bin/sh echo hello
    RUN --mount=from=busybox:1.37,target=$WHERE echo hello
    RUN --mount=type=cache,target=/root/.cache echo hello
                                               ^^^^^^^^^^ no-shell
    RUN --mount=from=busybox:1.37,source=/bin,target=/tools echo hello
                                                            ^^^^^^^^^^ no-shell
    CMD /api
        ^^^^ no-shell
    FROM scratch
    RUN --mount=from=busybox:1.37,target=/ ["/bin/sh", "-c", "echo hello"]
    FROM scratch
    RUN --mount=from=busybox:1.37,target=/tools ["/bin/sh", "-c", "echo hello"]
                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no-shell
  `;
});

test("not where a stage built on this one brings a shell", () => {
  reports(rule)`
    FROM scratch AS base
    COPY api /api
    CMD /api
    HEALTHCHECK CMD /api check
    FROM base
    COPY --from=busybox:1.37 / /
  `;
  reports(rule)`
    FROM scratch AS base
    COPY api /api
    CMD /api
        ^^^^ no-shell: This needs /bin/sh, which is not in scratch.
    FROM base AS other
    COPY --from=busybox:1.37 / /
    CMD ["/api"]
  `;
});

test("installs bash above the SHELL that names it", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    SHELL ["/bin/bash", "-o", "pipefail", "-c"]
    RUN wget -q -O - https://example.com/a.tgz | tar -xz
    ->
    FROM alpine:3.24
    RUN apk add --no-cache bash
    SHELL ["/bin/bash", "-o", "pipefail", "-c"]
    RUN wget -q -O - https://example.com/a.tgz | tar -xz
  `;
  offersNothing(rule)`
    FROM gcr.io/distroless/static-debian12
    SHELL ["/bin/bash", "-c"]
    RUN ls | wc -l
  `;
});
