import { test } from "vitest";
import { runPathMissing as rule } from "../../../../server/src/rules/dockerfile/run-path-missing.ts";
import { expectProblems, fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const inputs = {
  context: contextOf({ "build.sh": "#!/bin/sh\n", "scripts/setup": "#!/bin/sh\n", "src/a.c": "" }),
};

test("copied later, to another folder, or not at all", () => {
  fixes(rule, "unsafe", "Copy build.sh first", inputs)`
    FROM debian:trixie-slim
    WORKDIR /app
    RUN ./build.sh --all
    COPY . .
    ->
    FROM debian:trixie-slim
    WORKDIR /app
    COPY build.sh ./
    RUN ./build.sh --all
    COPY . .
  `;
  reports(rule, inputs)`
    FROM debian:trixie-slim
    COPY build.sh /opt/
    WORKDIR /app
    RUN mkdir out && ./build.sh && echo done
                     ^^^^^^^^^^ run-path-missing: ./build.sh is not in /app here.
  `;
  reports(rule, inputs)`
    FROM debian:trixie-slim
    WORKDIR /app
    COPY src /src
    RUN ["/app/setup"]
         ^^^^^^^^^^^^ run-path-missing: /app/setup is not in the image here.
  `;
  reports(rule, inputs)`
    FROM debian:trixie-slim
    WORKDIR /srv/api
    COPY build.sh /
    RUN cd .. && ./build.sh
                 ^^^^^^^^^^ run-path-missing: ./build.sh is not in /srv here.
  `;
  offersNothing(rule, inputs)`
    FROM debian:trixie-slim
    WORKDIR /app
    COPY src ./src
    RUN ./configure
  `;
});

test.each([
  ["copied", "COPY build.sh ./\nRUN ./build.sh"],
  ["copied with all", "COPY . .\nRUN ./build.sh && scripts/setup"],
  ["mounted", "COPY src .\nRUN --mount=type=bind,target=. ./build.sh"],
  ["cloned", "COPY src .\nRUN git clone https://example.com/a.git && cd a && ./autogen.sh"],
  [
    "downloaded",
    "COPY src .\nRUN curl -fsSLO https://example.com/build.sh && chmod +x build.sh && ./build.sh",
  ],
  ["unpacked", "ADD a.tar.gz ./\nRUN ./configure"],
  ["written", "COPY src .\nRUN echo '#!/bin/sh' > build.sh && chmod +x build.sh && ./build.sh"],
  ["compiled", "COPY src .\nRUN gcc -o tool a.c && ./tool"],
  ["made by a build", "COPY src .\nRUN make\nRUN ./tool"],
  ["installed", "COPY src .\nRUN python3 -m venv /venv && /venv/bin/pip install flask"],
  ["of the system", "COPY src .\nRUN /bin/true && /usr/bin/env"],
  ["asked first", "COPY src .\nRUN if [ -x ./build.sh ]; then ./build.sh; fi"],
  ["may fail", "COPY src .\nRUN ./build.sh || true"],
  ["a variable", "COPY src .\nRUN ./$NAME.sh"],
  ["another folder", "COPY src .\nRUN cd $DIR && ./build.sh"],
  ["a sketch", "RUN ./build.sh"],
  ["a trigger", "COPY src .\nONBUILD RUN ./build.sh"],
])("silent: %s", (_, text) =>
  expectProblems(rule, `FROM debian:trixie-slim\nWORKDIR /app\n${text}\n`, inputs),
);

test("silent for an image from elsewhere, which may have it", () =>
  expectProblems(rule, "FROM example/builder\nWORKDIR /app\nCOPY src .\nRUN ./build.sh\n", inputs));
