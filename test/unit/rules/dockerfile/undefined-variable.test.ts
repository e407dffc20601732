import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { undefinedVariable as rule } from "../../../../server/src/rules/dockerfile/undefined-variable.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";
import { modelOf } from "../../../support/model.ts";

test("in the words that the build expands", () => {
  reports(rule)`
    FROM alpine:3.24
    COPY $foo .
         ^^^^ undefined-variable: Nothing sets foo here.
    ARG foo=bar
    COPY --chown=$OWNER --chmod=$foo a$foo/$bar /x
                 ^^^^^^ undefined-variable: Nothing sets OWNER here.
                                           ^^^^ undefined-variable
    ENV A=$NOWHERE
          ^^^^^^^^ undefined-variable
    LABEL name=$NOWHERE
               ^^^^^^^^ undefined-variable
    USER $NOWHERE
         ^^^^^^^^ undefined-variable
    WORKDIR /app/$NOWHERE
                 ^^^^^^^^ undefined-variable
    VOLUME /data/$NOWHERE
                 ^^^^^^^^ undefined-variable
    STOPSIGNAL $NOWHERE
               ^^^^^^^^ undefined-variable
    EXPOSE $NOWHERE
           ^^^^^^^^ undefined-variable
    ARG B=$NOWHERE
          ^^^^^^^^ undefined-variable
  `;
});

test("not what is set, here or in a stage below, with a value or without", () => {
  reports(rule)`
    FROM alpine:3.24 AS base
    ARG foo=Dockerfile
    ARG empty
    COPY Dockerfile$empty $PATH/
    FROM base
    COPY $foo .
    ENV PATH=/x:$PATH ONE=1
    ENV TWO=$ONE
    ENV EIGHT='$NOWHERE' NINE=\$NOWHERE SCAN=$BUILDKIT_SBOM_SCAN_STAGE
  `;
});

test("not in the default of an argument that is given, as nothing reads it (docker build --check, 2026-11)", () => {
  const told = problemsOf(rule, { buildArguments: { GIVEN: "" } })`
    FROM alpine:3.24
    ARG GIVEN=$NOWHERE OTHER=$NOWHERE
  `;
  expect(told.map((it) => it.span.start)).toHaveLength(1);
});

test("an argument that is its own default, and proxies, which only RUN is given (docker build --check, 2026-11)", () => {
  reports(rule)`
    FROM alpine:3.24
    ARG A=$A
          ^^ undefined-variable: Nothing sets A here.
    ARG A=$A
    ENV PROXY=$HTTP_PROXY NONE=$no_proxy
              ^^^^^^^^^^^ undefined-variable: Nothing sets HTTP_PROXY here.
                               ^^^^^^^^^ undefined-variable
    RUN echo $HTTP_PROXY $https_proxy
    ARG all_proxy
    ENV ALL=$all_proxy
  `;
});

test("a default that is always taken weighs less, a value that is demanded more", () => {
  reports(rule)`
    FROM alpine:3.24
    ENV THREE=\${OTHER:-3} FOUR=\${OTHER+x}
              ^^^^^^^^^^^ undefined-variable: Nothing sets OTHER here, so its default is always taken.
                               ^^^^^^^^^^ undefined-variable: Nothing sets OTHER here.
    USER \${OTHER:?no}
         ^^^^^^^^^^^^ undefined-variable: Nothing sets OTHER here, so the build ends here.
    ENV PYTHONPATH=/app:$PYTHONPATH
                        ^^^^^^^^^^^ undefined-variable: Nothing sets PYTHONPATH here.
    ARG LATER=1
    USER \${LATER:-app}
  `;
  const found = problemsOf(rule)`
    FROM alpine:3.24
    ENV A=\${OTHER:-3} B=\${OTHER:?no} C=$OTHER
  `;
  expect(found.map((it) => it.severity)).toEqual(["info", "error", "warning"]);
});

test("in mounts, and in what COPY writes to a file", () => {
  reports(rule)`
    FROM alpine:3.24
    ARG NAME=x
    RUN --mount=type=cache,target=/a,id=$CACHE ls $NOWHERE
                                        ^^^^^^ undefined-variable: Nothing sets CACHE here.
    COPY <<EOF /etc/app.conf
    listen $NOWHERE as '$NAME'
           ^^^^^^^^ undefined-variable: The build expands this here-document, and nothing sets NOWHERE here.
    not \$NOWHERE
    EOF
    COPY <<"EOF" /etc/app.conf
    listen $NOWHERE
    EOF
  `;
});

test("a script is written as it stands", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24
    COPY --chmod=755 <<EOF /entrypoint.sh
    #!/bin/sh
    exec "$@"
    EOF
    ->
    FROM alpine:3.24
    COPY --chmod=755 <<"EOF" /entrypoint.sh
    #!/bin/sh
    exec "$@"
    EOF
  `;
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    COPY <<EOF /etc/app.conf
    home=$APP_HOME
    EOF
    ->
    FROM alpine:3.24
    COPY <<"EOF" /etc/app.conf
    home=$APP_HOME
    EOF
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    ENV PORT=80
    COPY <<EOF /etc/app.conf
    listen $PORT
    home=$APP_HOME
    EOF
  `;
});

test("not what a shell expands", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN echo $NOWHERE
    CMD echo $NOWHERE
    ENTRYPOINT ["/bin/echo", "$NOWHERE"]
    HEALTHCHECK CMD test $NOWHERE
    RUN <<EOF
    listen $NOWHERE
    EOF
  `;
});

test("not where the base image may set it", () => {
  reports(rule)`
    ARG BASE
    FROM example.com/app AS one
    COPY $HOME_OF_APP /x
    FROM $BASE AS two
    COPY $HOME_OF_APP /x
    FROM one
    COPY $HOME_OF_APP /x
  `;
});

test("what is near is taken", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24 AS base
    ARG DIR_BINARIES=binaries/
    ARG DIR_ASSETS=assets/
    FROM base
    COPY $DIR_ASSET \
      # the programs
      \${DIR_BINARES} .
    ENV PATH=$PAHT:/tmp/bin
    ->
    FROM alpine:3.24 AS base
    ARG DIR_BINARIES=binaries/
    ARG DIR_ASSETS=assets/
    FROM base
    COPY $DIR_ASSETS \
      # the programs
      \${DIR_BINARIES} .
    ENV PATH=$PATH:/tmp/bin
  `;
});

test("an argument for FROM, or of the platform, has a rule of its own", () => {
  reports(rule)`
    ARG VERSION=1.4
    FROM alpine:3.24
    COPY app-$TARGETARCH /app
    LABEL version=$VERSION
    RUN echo $VERSION $TARGETARCH
  `;
});

test("words with a meaning of their own are no slips of one another", () => {
  reports(rule)`
    FROM alpine:3.24
    ARG USER_UID=1000
    ENV LDFLAGS=-s PUID=1 MYHTTP_PORT=80
    RUN addgroup -g $USER_GID app && CFLAGS="$CFLAGS" ./configure && echo $PGID
    EXPOSE $MYHTTPS_PORT
           ^^^^^^^^^^^^^ undefined-variable: Nothing sets MYHTTPS_PORT here.
    ENV OTHER=$USER_UDI
              ^^^^^^^^^ undefined-variable: Nothing sets USER_UDI here; did you mean USER_UID?
  `;
});

test("in a script only a slip of what is set", () => {
  reports(rule)`
    FROM alpine:3.24
    ARG RELEASE_NAME=one
    RUN echo $NOWHERE $RELEASE_NAME "$RELEASE_NAEM"
                                     ^^^^^^^^^^^^^ undefined-variable: Nothing sets RELEASE_NAEM here; did you mean RELEASE_NAME?
    RUN RELEASE_NAMES=1 && echo $RELEASE_NAMES
    RUN . ./env && echo $RELEASE_NAMES
    RUN echo \$RELEASE_NAEM '$RELEASE_NAEM' \${RELEASE_NAEM2:-1}
  `;
  fixes(rule, "safe")`
    FROM alpine:3.24
    ENV RELEASE_NAME=one
    RUN echo x \
      # why
      && test "\${RELEASE_NAEM}" = one
    ->
    FROM alpine:3.24
    ENV RELEASE_NAME=one
    RUN echo x \
      # why
      && test "\${RELEASE_NAME}" = one
  `;
});

test("what is set further down is shown, and nothing is offered", () => {
  const [problem] = problemsOf(rule)`
    FROM alpine:3.24
    COPY $foo .
    ARG foo=bar
  `;
  expect(problem?.related.map((it) => it.message)).toEqual(["foo is set only here."]);
  offersNothing(rule)`
    FROM alpine:3.24
    COPY $foo .
    ARG foo=bar
  `;
});

test("a stage with hundreds of them has each named, and only the first ones explained", () => {
  const copies = Array.from({ length: 150 }, () => "COPY $ASETS /srv\n").join("");
  const strings = Object.assign([copies], { raw: [`FROM alpine:3.24\nARG ASSETS=public\n${copies}`] });
  const messages = problemsOf(rule)(strings).map((it) => it.message);
  expect(messages.filter((it) => it === "Nothing sets ASETS here; did you mean ASSETS?")).toHaveLength(100);
  expect(messages.filter((it) => it === "Nothing sets ASETS here.")).toHaveLength(50);
});

test("a variable that is asked for first is one use", () => {
  reports(rule)`
    FROM alpine:3.24
    ENV LD_LIBRARY_PATH=/opt/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ undefined-variable: Nothing sets LD_LIBRARY_PATH here.
    ENV A=\${B:+$C$B} D=$B
          ^^^^^^^^^^ undefined-variable
               ^^ undefined-variable: Nothing sets C here.
                       ^^ undefined-variable: Nothing sets B here.
  `;
});

test("an error where the build ends for an empty value", () => {
  const text = (line: string) => `FROM alpine:3.24\nENV DATA=/data\n${line}\n`;
  for (const [line, message] of [
    ["VOLUME $STORE", "Nothing sets STORE here, and VOLUME ends the build for that."],
    ['VOLUME ["/a", "$STORE"]', "Nothing sets STORE here, and VOLUME ends the build for that."],
    ["VOLUME $DATTA", "Nothing sets DATTA here; did you mean DATA?"],
    ["STOPSIGNAL $WHICH", "Nothing sets WHICH here, and STOPSIGNAL ends the build for that."],
    ["EXPOSE $WEB/tcp", "Nothing sets WEB here, and EXPOSE ends the build for that."],
  ] as const)
    expect(severities(text(line))).toEqual([["error", message]]);
  // BuildKit takes these for the root folder, for root, and for nothing.
  for (const line of ["VOLUME /srv/$STORE", "WORKDIR $STORE", "USER $WHO", "EXPOSE $WEB", "LABEL a=$STORE"])
    expect(severities(text(line)).map(([severity]) => severity)).toEqual(["warning"]);
});

function severities(text: string): readonly (readonly [string, string])[] {
  return checkDockerfile(modelOf(text), { rules: [rule] }).map((it) => [it.severity, it.message] as const);
}

test("arguments of one ARG see those before them, and not themselves or those behind", () => {
  reports(rule)`
    FROM alpine:3.24
    ARG A=1 B=$A C=\${B:-x}
    ARG D=$E E=$D
          ^^ undefined-variable: Nothing sets E here.
    ARG F=$F
          ^^ undefined-variable
  `;
});

test("in a name that ENV, ARG or LABEL sets", () => {
  reports(rule)`
    FROM alpine:3.24
    ENV \${PREFIX}_HOME=/x
        ^^^^^^^^^ undefined-variable: Nothing sets PREFIX here.
  `;
});
