import { test } from "vitest";
import { shebangInterpreterMissing as rule } from "../../../../server/src/rules/dockerfile/shebang-interpreter-missing.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const context = contextOf({
  "start.sh": '#!/bin/bash -e\nexec "$@"\n',
  "plain.sh": '#!/bin/sh\nexec "$@"\n',
  "tool.py": "#!/usr/bin/env python3\n",
  "docker/entry.sh": "#!/usr/bin/env bash\n",
});

test("what starts the container, by a file, a folder, another stage or a here-document", () => {
  reports(rule, { context })`
    FROM alpine:3.24
    COPY docker/ /docker/
    ENTRYPOINT ["/docker/entry.sh"]
                ^^^^^^^^^^^^^^^^^^ shebang-interpreter-missing: /docker/entry.sh starts with #!/usr/bin/env bash, and bash is not in this image.
  `;
  reports(rule, { context })`
    FROM alpine:3.24 AS files
    WORKDIR /files
    COPY start.sh .
    FROM alpine:3.24
    COPY --from=files /files/start.sh /usr/local/bin/
    CMD start.sh api
        ^^^^^^^^ shebang-interpreter-missing
  `;
  reports(rule)`
    FROM alpine:3.24
    COPY --chmod=755 <<EOF /start.sh
    #!/usr/bin/python3
    EOF
    CMD ["/start.sh"]
         ^^^^^^^^^^^ shebang-interpreter-missing
  `;
});

test("what tini, an official entrypoint or a health check starts, whoever set its mode", () => {
  reports(rule, { context })`
    FROM node:24-alpine
    COPY . /src
    RUN chmod +x /src/*.sh
    HEALTHCHECK --interval=5m CMD ["/src/tool.py"]
                                   ^^^^^^^^^^^^^^ shebang-interpreter-missing
    ENTRYPOINT ["/sbin/tini", "-g", "--"]
    CMD ["/src/start.sh"]
         ^^^^^^^^^^^^^^^ shebang-interpreter-missing
  `;
  reports(rule, { context })`
    FROM eclipse-temurin:21-jre-alpine
    COPY start.sh /
    CMD exec /start.sh
             ^^^^^^^^^ shebang-interpreter-missing
  `;
});

test("what a RUN runs", () => {
  reports(rule, { context })`
    FROM debian:trixie-slim
    WORKDIR /src
    COPY . .
    RUN ./tool.py build && ./start.sh
        ^^^^^^^^^ shebang-interpreter-missing: /src/tool.py starts with #!/usr/bin/env python3, and python3 is not in this image.
  `;
});

test("not where the interpreter is, comes, or the script is something else's to read", () => {
  reports(rule, { context })`
    FROM debian:trixie-slim AS a
    COPY . /src
    RUN /src/start.sh
    FROM alpine:3.24 AS b
    COPY . /src
    RUN apk add --no-cache bash && /src/start.sh
    RUN /src/start.sh
    FROM alpine:3.24 AS c
    COPY . /src
    RUN /src/plain.sh
    RUN sh /src/start.sh
    FROM alpine:3.24 AS d
    COPY . /src
    RUN sed -i 1s/bash/sh/ /src/start.sh && /src/start.sh
    RUN /src/start.sh
    FROM alpine:3.24 AS e
    COPY . /src
    RUN if [ -x /bin/bash ]; then /src/start.sh; fi
    RUN /src/start.sh || true
    FROM example.com/base:1 AS f
    COPY . /src
    RUN /src/start.sh
    FROM alpine:3.24
    COPY start.sh /
    ENTRYPOINT ["/usr/local/bin/run"]
    CMD ["/start.sh"]
  `;
  reports(rule)`
    FROM alpine:3.24
    COPY start.sh /
    ENTRYPOINT ["/start.sh"]
  `;
});

test("installs it", () => {
  fixes(rule, "unsafe", "", { context })`
    FROM alpine:3.24
    COPY start.sh /
    ENTRYPOINT ["/start.sh"]
    ->
    FROM alpine:3.24
    COPY start.sh /
    RUN apk add --no-cache bash
    ENTRYPOINT ["/start.sh"]
  `;
  offersNothing(rule, { context })`
    FROM gcr.io/distroless/base-debian13
    COPY start.sh /
    ENTRYPOINT ["/start.sh"]
  `;
});
