import { test } from "vitest";
import { unverifiedDownload as rule } from "../../../../server/src/rules/dockerfile/unverified-download.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("downloads that take any certificate", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN curl -k https://example.com/a
             ^^ unverified-download: curl -k accepts any certificate.
    RUN ls && curl --insecure -o /a https://example.com/a
                   ^^^^^^^^^^ unverified-download: curl --insecure accepts any certificate.
    RUN curl -fksSL https://example.com/a | tar -x
             ^^^^^^ unverified-download
    RUN ["wget", "--no-check-certificate", "https://example.com/a"]
                 ^^^^^^^^^^^^^^^^^^^^^^^^ unverified-download: wget --no-check-certificate accepts any certificate.
    ONBUILD RUN curl -k https://example.com/a
                     ^^ unverified-download
  `;
});

test("git, and variables that turn the check off for Python, Node and git", () => {
  reports(rule)`
    FROM debian:trixie-slim
    ENV A=1 NODE_TLS_REJECT_UNAUTHORIZED=0
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unverified-download: NODE_TLS_REJECT_UNAUTHORIZED=0 turns the check of certificates off.
    ARG PYTHONHTTPSVERIFY="0"
        ^^^^^^^^^^^^^^^^^^^^^ unverified-download: PYTHONHTTPSVERIFY=0 turns the check of certificates off.
    RUN GIT_SSL_NO_VERIFY=true git clone https://example.com/a
        ^^^^^^^^^^^^^^^^^^^^^^ unverified-download
    RUN export PYTHONHTTPSVERIFY=0 && env NODE_TLS_REJECT_UNAUTHORIZED=0 npm ci
               ^^^^^^^^^^^^^^^^^^^ unverified-download
                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unverified-download
    RUN git -c http.sslVerify=false clone https://example.com/a
               ^^^^^^^^^^^^^^^^^^^^ unverified-download: git accepts any certificate.
    RUN git config --global http.sslVerify false
                            ^^^^^^^^^^^^^^^^^^^^ unverified-download
  `;
});

test("not where the check is on, the letter is another option's, or the host is of the own network", () => {
  reports(rule)`
    FROM debian:trixie-slim
    ENV NODE_TLS_REJECT_UNAUTHORIZED=1 PYTHONHTTPSVERIFY=1
    ARG GIT_SSL_NO_VERIFY
    RUN curl -okeep https://example.com/a && curl -H "k: -k" --cacert /ca.pem https://example.com/a
    RUN curl -k https://localhost:8443/health && wget --no-check-certificate https://build.internal/a
    RUN git config --global http.sslVerify true && git config --global --unset http.sslVerify
    RUN echo curl -k https://example.com
    HEALTHCHECK CMD curl -k https://localhost/ || exit 1
  `;
});

test("the option goes, alone or from among others", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN curl -k -o /a https://example.com/a && curl -fsSLk https://example.com/a
    RUN wget -q \
        --no-check-certificate \
        https://example.com/a
    ->
    FROM debian:trixie-slim
    RUN curl -o /a https://example.com/a && curl -fsSL https://example.com/a
    RUN wget -q \
     \
        https://example.com/a
  `;
});

test("nothing to offer for a variable, for git, or in exec form", () => {
  offersNothing(rule)`
    FROM debian:trixie-slim
    ENV GIT_SSL_NO_VERIFY=1
    RUN git -c http.sslVerify=false clone https://example.com/a
    RUN ["curl", "-k", "https://example.com/a"]
  `;
});

test("settings for all downloads", () => {
  reports(rule)`
    FROM buildpack-deps:trixie
    RUN echo insecure >> ~/.curlrc
             ^^^^^^^^ unverified-download: From here on curl accepts any certificate.
    RUN echo "check_certificate = off" > /root/.wgetrc
             ^^^^^^^^^^^^^^^^^^^^^^^^^ unverified-download
    RUN echo "silent" >> ~/.curlrc && echo insecure && echo insecure > /etc/motd
  `;
});
