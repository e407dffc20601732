import { test } from "vitest";
import { sudoInRun as rule } from "../../../../server/src/rules/dockerfile/sudo-in-run.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("as root, as somebody else, and where it is not there", () => {
  reports(rule)`
    FROM example.com/team/base:1
    RUN sudo make install
        ^^^^ sudo-in-run: USER says who runs what follows, sudo hides it.
    USER root
    RUN ls && /usr/bin/sudo make install
              ^^^^^^^^^^^^^ sudo-in-run: The user is root here, so sudo only gets in the way.
    RUN ["sudo", "make"]
         ^^^^^^ sudo-in-run
    ONBUILD RUN sudo make
                ^^^^ sudo-in-run
    FROM alpine:3.24
    RUN sudo apk add curl
        ^^^^ sudo-in-run: sudo is not in this image.
  `;
});

test("as root somebody else is no way to become root", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y sudo
    RUN sudo -u www-data ls
        ^^^^ sudo-in-run: USER says who runs what follows, sudo hides it.
    RUN sudo -EHu www-data ls && sudo --user=www-data ls && sudo -E ls
        ^^^^ sudo-in-run: USER says who runs what follows, sudo hides it.
                                 ^^^^ sudo-in-run: USER says who runs what follows, sudo hides it.
                                                            ^^^^ sudo-in-run: The user is root here, so sudo only gets in the way.
  `;
});

test("not the word alone", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y sudo && echo sudo
    RUN visudo -c
  `;
});

test("as root it goes", () => {
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    RUN sudo apt-get update && \
        # again
        sudo apt-get install -y curl
    ->
    FROM debian:trixie-slim
    RUN apt-get update && \
        # again
        apt-get install -y curl
  `;
});

test("nothing to offer where sudo says more, or does something", () => {
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN sudo -u www-data ls
    RUN sudo DEBIAN_FRONTEND=noninteractive apt-get install -y curl
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    USER 1000
    RUN sudo ls
  `;
});
