import { test } from "vitest";
import { commentBehindInstruction as rule } from "../../../../server/src/rules/dockerfile/comment-behind-instruction.ts";
import { fixes, reports } from "../../../support/check.ts";

test("behind each instruction that a shell does not read", () => {
  reports(rule)`
    FROM debian:trixie-slim
    ARG VERSION=1 # of the service
                  ^^^^^^^^^^^^^^^^ comment-behind-instruction: Only a whole line can be a comment: each of these words becomes an argument.
    WORKDIR /app   # where it runs
                   ^^^^^^^^^^^^^^^ comment-behind-instruction: Only a whole line can be a comment: this is a part of the directory's name.
    COPY apps/api/.sqlx ./.sqlx      # metadata
                                     ^^^^^^^^^^ comment-behind-instruction: Only a whole line can be a comment: these words are sources too, and the last one is the destination.
    COPY a.txt b.txt /srv/ #both
                           ^^^^^ comment-behind-instruction
    ADD a.tar.gz /srv/ #unpacked here
                       ^^^^^^^^^^^^^^ comment-behind-instruction
    VOLUME /data # kept
                 ^^^^^^ comment-behind-instruction: Only a whole line can be a comment: each of these words becomes a volume.
    USER nobody # not root
                ^^^^^^^^^^ comment-behind-instruction: Only a whole line can be a comment: this is a part of the user's name.
    ONBUILD WORKDIR /src # of others
                         ^^^^^^^^^^^ comment-behind-instruction
  `;
});

test("not where the sign is meant or a shell reads it", () => {
  reports(rule)`
    FROM debian:trixie-slim
    # COPY a b # c
    WORKDIR "/srv/a # b"
    WORKDIR /srv/c#
    WORKDIR /srv/#d
    COPY #notes# /srv/
    COPY ["a", "b"] # c
    COPY a#b /srv/#c
    COPY a b #c
    ADD https://example.com/page#part /srv/
    ADD https://github.com/moby/buildkit.git#v0.20.0 /src
    RUN echo a # b
    CMD sleep 1 # b
    ENV GREETING hello # world
    ARG TAG=a#b
    ARG TAG="a # b"
    COPY <<EOF /etc/motd
    hello # world
    EOF
    USER 1000:1000
  `;
});

test("the comment becomes a line of its own", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24
    COPY api /usr/local/bin/ # the service
    ->
    FROM alpine:3.24
    # the service
    COPY api /usr/local/bin/
  `;
  fixes(rule, "safe")`
    FROM alpine:3.24
    # for the tag
      ARG VERSION=3.24 # of Alpine
    ->
    FROM alpine:3.24
    # for the tag
      # of Alpine
      ARG VERSION=3.24
  `;
});

test("a comment in RUN takes the lines below it along", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y curl # to download \
                                                  ^^^^^^^^^^^^^ comment-behind-instruction: This comment goes on to the end of the script: what stands below it is never run.
        && rm -rf /var/lib/apt/lists/*
    RUN if make; then \
          make install; # as root \
                        ^^^^^^^^^ comment-behind-instruction
        fi
    RUN echo "a # b" \
        c#d \
        # a whole line
        && make # the end
    RUN <<EOF
    make # all
    make install
    EOF
  `;
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN make && \
        make install # as root \
        && rm -rf /src
    ->
    FROM debian:trixie-slim
    RUN make && \
        # as root
        make install \
        && rm -rf /src
  `;
});
