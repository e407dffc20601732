import { test } from "vitest";
import { redirectNotFollowed as rule } from "../../../../server/src/rules/dockerfile/redirect-not-followed.ts";
import { fixes, reports } from "../../../support/check.ts";

test("addresses that always answer with another one", () => {
  reports(rule)`
    FROM example.com/base:1
    RUN curl -fsSO https://github.com/a/b/archive/refs/tags/v1.0.tar.gz
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ redirect-not-followed: github.com answers this with another address, which curl follows only with -L.
    RUN curl "https://github.com/a/b/releases/download/v$VERSION/b" -o /usr/local/bin/b && chmod +x /usr/local/bin/b
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ redirect-not-followed
    RUN curl https://github.com/a/b/releases/latest/download/b.sh | sh
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ redirect-not-followed
    RUN ["curl", "-o", "/b", "https://github.com/a/b/raw/main/b"]
                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ redirect-not-followed
    RUN curl -s https://api.github.com/repos/a/b/tarball/v1 | tar xz
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ redirect-not-followed: api.github.com answers this with another address, which curl follows only with -L.
    RUN curl --url https://downloads.sourceforge.net/project/a/a.zip -o a.zip
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ redirect-not-followed
    ONBUILD RUN curl -O https://aka.ms/tool
                        ^^^^^^^^^^^^^^^^^^^ redirect-not-followed
  `;
});

test("not where it is followed, or the answer itself is wanted", () => {
  reports(rule)`
    FROM example.com/base:1
    RUN curl -fsSLO https://github.com/a/b/archive/v1.tar.gz
    RUN curl --location -o a https://github.com/a/b/raw/main/a && curl -o a https://github.com/a/b/raw/main/a -L
    RUN curl -sI https://github.com/a/b/releases/latest/download/b | grep -i location
    RUN curl -s -o /dev/null -w '%{redirect_url}' https://github.com/a/b/releases/latest/download/b
    RUN curl $OPTIONS -o a https://github.com/a/b/raw/main/a
    RUN curl -K settings https://github.com/a/b/raw/main/a
  `;
});

test("not other addresses, programs and settings", () => {
  reports(rule)`
    FROM example.com/base:1
    RUN curl -o a https://raw.githubusercontent.com/a/b/main/a && curl https://github.com/a/b/releases/latest
    RUN curl -s https://api.github.com/repos/a/b/releases/latest | jq -r .tag_name
    RUN curl -o a https://example.com/github.com/a/b/raw/main/a && curl -o a "$HOST/a/b/raw/main/a"
    RUN wget https://github.com/a/b/archive/v1.tar.gz
    RUN curl() { command curl -L "$@"; }; curl https://github.com/a/b/raw/main/a
  `;
  reports(rule)`
    FROM example.com/base:1
    RUN echo location >> /root/.curlrc
    RUN curl -o a https://github.com/a/b/raw/main/a
  `;
});

test("follows", () => {
  fixes(rule, "safe")`
    FROM example.com/base:1
    RUN curl -fsS -o a https://github.com/a/b/raw/main/a
    RUN ["curl", "-o", "/b", "https://github.com/a/b/raw/main/b"]
    ->
    FROM example.com/base:1
    RUN curl -L -fsS -o a https://github.com/a/b/raw/main/a
    RUN ["curl", "-L", "-o", "/b", "https://github.com/a/b/raw/main/b"]
  `;
});
