import { expect, test } from "vitest";
import { rules } from "../../../../server/src/rules/all.ts";
import { argumentOutOfScope as rule } from "../../../../server/src/rules/dockerfile/argument-out-of-scope.ts";
import { fixedByAll, fixes, problemsOf, reports } from "../../../support/check.ts";

test("in RUN, and in the words that the build expands", () => {
  reports(rule)`
    ARG VERSION=1.4
    ARG HOST
    FROM alpine:3.24
    COPY app-$VERSION /app
             ^^^^^^^^ argument-out-of-scope: VERSION is empty here: the stage has no ARG VERSION.
    RUN apk add --no-cache curl \
      # the archive
      && curl -fo app.tgz "https://$HOST/app-\${VERSION%.*}.tgz"
                                   ^^^^^ argument-out-of-scope
                                             ^^^^^^^^^^^^^ argument-out-of-scope
    LABEL version=$VERSION
                  ^^^^^^^^ argument-out-of-scope
  `;
});

test("in here-documents, tests, a case, assignments and redirections", () => {
  reports(rule)`
    ARG VERSION=1.4
    ARG FLAVOR=full
    FROM alpine:3.24
    RUN <<EOF
    echo $VERSION
         ^^^^^^^^ argument-out-of-scope
    EOF
    RUN if [ "$FLAVOR" = "full" ]; then echo yes; fi
              ^^^^^^^ argument-out-of-scope
    RUN case "$FLAVOR" in full) echo yes ;; *) echo no ;; esac
              ^^^^^^^ argument-out-of-scope
    RUN APP="app-$VERSION" && echo "$APP" > "/$VERSION.txt"
                 ^^^^^^^^ argument-out-of-scope
    RUN (cd /tmp && echo "$(cat "/x/$VERSION")") | cat
                                    ^^^^^^^^ argument-out-of-scope
  `;
});

test("not what is declared again, here or in a stage below", () => {
  reports(rule)`
    ARG VERSION=1.4
    FROM alpine:$VERSION AS base
    ARG VERSION
    RUN echo $VERSION
    FROM base
    RUN echo $VERSION
    FROM alpine:3.24
    ENV VERSION=2
    RUN echo $VERSION
  `;
});

test("not what the script sets, has a default for, or asks whether it is set", () => {
  reports(rule)`
    ARG VERSION=1.4
    FROM alpine:3.24
    RUN VERSION=2 && echo $VERSION
    RUN VERSION=$(cat version) ; echo $VERSION
    RUN for VERSION in 1 2; do echo $VERSION; done
    RUN cat versions | while read -r VERSION; do echo "$VERSION"; done
    RUN read NAME VERSION < x && echo $NAME
    RUN export VERSION=2; echo $VERSION
    RUN export "VERSION=$(cat version)"; echo $VERSION
    RUN echo \${VERSION:-1} \${VERSION-1} $VERSION
    RUN : "\${VERSION:=1}" && echo $VERSION
    RUN echo \${VERSION:+--tag} $VERSION
    RUN if [ -n "$VERSION" ]; then echo $VERSION; fi
    RUN [ -z "\${VERSION+x}" ] || echo $VERSION
    RUN test "$VERSION" && echo $VERSION
    RUN if [ "x$VERSION" = x ]; then echo $VERSION; fi
    RUN [ "$VERSION" = "" ] || echo $VERSION
    RUN case "$VERSION" in "") exit 1 ;; *) echo $VERSION ;; esac
    RUN . ./versions.sh && echo $VERSION
    RUN eval "$(cat versions)" && echo $VERSION
    RUN set_it() { VERSION=3; }; set_it; echo $VERSION
    RUN getopts v VERSION; echo $VERSION
    RUN echo $((VERSION + 1))
  `;
});

test("not what a secret, a profile or a file of variables may set", () => {
  reports(rule)`
    ARG TOKEN
    FROM alpine:3.24 AS one
    RUN --mount=type=secret,id=token,env=TOKEN echo $TOKEN
    RUN export $(xargs < .env) && echo $TOKEN
    SHELL ["/bin/bash", "-lc"]
    RUN echo $TOKEN
    FROM alpine:3.24
    ENV BASH_ENV=/etc/profile
    RUN echo $TOKEN
  `;
});

test("not what is only written down, run elsewhere, or expanded by nobody", () => {
  reports(rule)`
    ARG VERSION=1.4
    FROM alpine:3.24
    RUN echo '$VERSION' \$VERSION
    RUN ["echo", "$VERSION"]
    RUN cat <<EOF > /x
    version $VERSION
    EOF
    COPY <<EOF /x
    version $VERSION
    EOF
    ONBUILD RUN echo $VERSION
    CMD echo $VERSION
    HEALTHCHECK CMD test $VERSION
  `;
});

test("not where the base image may set it, nor in a shell of another kind", () => {
  reports(rule)`
    ARG VERSION=1.4
    FROM example.com/app
    RUN echo $VERSION
    FROM alpine:3.24
    SHELL ["pwsh", "-Command"]
    RUN echo $VERSION
  `;
});

test("not variables of the shell and of proxies", () => {
  reports(rule)`
    ARG HOME=/x
    ARG HTTP_PROXY
    FROM alpine:3.24
    RUN echo $HOME $HTTP_PROXY
  `;
});

test("declares it above the first use, and once", () => {
  fixes(rule, "safe")`
    ARG VERSION=1.4
    FROM alpine:3.24
    RUN apk add --no-cache curl
    # the archive
    RUN curl -fo app.tgz https://example.com/app-$VERSION.tgz
    ->
    ARG VERSION=1.4
    FROM alpine:3.24
    RUN apk add --no-cache curl
    ARG VERSION
    # the archive
    RUN curl -fo app.tgz https://example.com/app-$VERSION.tgz
  `;
  const before = "ARG V=1\nFROM alpine:3.24\nRUN echo $V\nCOPY $V /x/\nFROM alpine:3.24\nRUN echo $V\n";
  expect(fixedByAll(before, [rule])).toBe(
    "ARG V=1\nFROM alpine:3.24\nARG V\nRUN echo $V\nCOPY $V /x/\nFROM alpine:3.24\nARG V\nRUN echo $V\n",
  );
});

test("one mistake has one finding, and only what the build expands goes by BuildKit's name", () => {
  const [written, run] = problemsOf(rule)`
    ARG VERSION=1.4
    FROM golang:1.27
    LABEL version=$VERSION
    RUN go build -ldflags "-X main.version=$VERSION" .
  `;
  expect(written?.aliases).toContain("UndefinedVar");
  expect(run?.aliases).not.toContain("UndefinedVar");
  expect(rules.filter((it) => it.aliases.includes("UndefinedVar"))).toHaveLength(4);
});

test("an ARG of a stage that is copied from", () => {
  reports(rule)`
    FROM alpine:3.24 AS fetch
    ARG VERSION=1.4
    RUN wget -q https://example.com/app-$VERSION.tgz
    FROM alpine:3.24 AS other
    RUN echo $VERSION
    FROM alpine:3.24
    COPY --from=fetch /app.tgz /
    RUN echo "$VERSION" > /version && ls "/$VERSION"
              ^^^^^^^^ argument-out-of-scope: VERSION is empty here: the stage has no ARG VERSION.
    RUN . /etc/os-release && echo "$VERSION"
    RUN VERSION=1; echo $VERSION
    RUN echo \${VERSION:-none}
  `;
  reports(rule)`
    FROM example.com/any AS fetch
    ARG VERSION=1.4
    FROM example.com/any
    COPY --from=fetch /app.tgz /
    RUN echo $VERSION
  `;
  fixes(rule, "unsafe")`
    FROM alpine:3.24 AS fetch
    ARG VERSION=1.4
    FROM alpine:3.24
    COPY --from=fetch /app.tgz /
    RUN echo $VERSION
    ->
    FROM alpine:3.24 AS fetch
    ARG VERSION=1.4
    FROM alpine:3.24
    COPY --from=fetch /app.tgz /
    ARG VERSION=1.4
    RUN echo $VERSION
  `;
});
