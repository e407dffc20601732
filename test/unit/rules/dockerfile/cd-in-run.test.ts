import { test } from "vitest";
import { cdInRun as rule } from "../../../../server/src/rules/dockerfile/cd-in-run.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("the first cd of each RUN", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN cd /opt
        ^^ cd-in-run: cd holds for this RUN only; WORKDIR says the directory.
    RUN make && cd /src && ls && cd ..
                ^^ cd-in-run
    RUN (cd /src && make)
         ^^ cd-in-run
    RUN <<EOF
    cd /src
    ^^ cd-in-run
    make
    EOF
    ONBUILD RUN cd /src && make
                ^^ cd-in-run
  `;
});

test("not what looks like it", () => {
  reports(rule)`
    FROM debian:trixie-slim
    WORKDIR /opt
    RUN echo cd /opt && make -C /src && git -C /src status
    CMD cd /opt && ./run
  `;
});

test("a RUN that begins with it gets a WORKDIR above, and above its comment", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    # builds
    RUN cd /src && make
    ->
    FROM debian:trixie-slim
    WORKDIR /src
    # builds
    RUN make
  `;
});

test("a relative directory counts from the one before, and lines stay", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    WORKDIR /src
    RUN --mount=type=cache,target=/root/.cache cd tools \
     && make \
        # all of them
     && make install
    ->
    FROM debian:trixie-slim
    WORKDIR /src
    WORKDIR /src/tools
    RUN --mount=type=cache,target=/root/.cache make \
        # all of them
     && make install
  `;
});

test("nothing to offer where WORKDIR would not say the same, or a comment would go", () => {
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN cd /src && make && cd /doc && make
    RUN make && cd /src
    RUN cd ~ && make
    RUN cd $HOME && make
    RUN cd - && make
    RUN cd /src || cd /lib
    RUN cd /src; make
    RUN cd /src && (make; make install)
    RUN --mount=type=cache,target=node_modules cd /src && npm ci
    RUN cd /src && \
        # all of them
        make
    RUN <<EOF
    cd /src && make
    EOF
    ONBUILD RUN cd /src && make
  `;
  offersNothing(rule)`
    FROM example.com/team/base:1
    RUN cd src && make
  `;
});

test("nothing to offer where something behind may need the directory from before", () => {
  offersNothing(rule)`
    FROM debian:trixie-slim
    WORKDIR /app
    RUN cd assets && make
    RUN make all
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN cd /src && make
    COPY conf ./conf
    RUN cd /doc && make
    WORKDIR lib
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    WORKDIR /app
    RUN cd /src && make
    CMD ["./run"]
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim AS base
    RUN cd /src && make
    FROM base
    RUN make
  `;
});

test("what does not ask where it is started is in nobody's way, nor what is behind the next WORKDIR", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    WORKDIR /src
    RUN cd tools && make
    RUN apt-get update && rm -rf /var/lib/apt/lists/*
    COPY conf /etc/conf
    ENV A=1
    WORKDIR /app
    RUN make
    CMD ["./run"]
    ->
    FROM debian:trixie-slim
    WORKDIR /src
    WORKDIR /src/tools
    RUN make
    RUN apt-get update && rm -rf /var/lib/apt/lists/*
    COPY conf /etc/conf
    ENV A=1
    WORKDIR /app
    RUN make
    CMD ["./run"]
  `;
});
