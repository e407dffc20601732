import { expect, test } from "vitest";
import { bashSyntaxInSh as rule } from "../../../../server/src/rules/dockerfile/bash-syntax-in-sh.ts";
import { expectProblems, fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("builtins of bash, which end the build", () => {
  reports(rule)`
    FROM python:3.14-slim
    RUN apt-get update && apt-get install -y curl
    RUN source /opt/venv/bin/activate && pip list
        ^^^^^^ bash-syntax-in-sh: The sh of this image is dash, which has no source.
  `;
  reports(rule)`
    FROM ubuntu:24.04
    RUN [[ -f /etc/os-release ]] && cat /etc/os-release
        ^^ bash-syntax-in-sh: The sh of this image is dash, which has no [[.
  `;
  reports(rule)`
    FROM debian:trixie-slim
    RUN pushd /tmp && ls && popd
        ^^^^^ bash-syntax-in-sh: The sh of this image is dash, which has no pushd.
                            ^^^^ bash-syntax-in-sh
    RUN set -euo pipefail; ls | cat
                 ^^^^^^^^ bash-syntax-in-sh: The sh of this image is dash, which does not know pipefail.
  `;
});

test("what dash cannot read or expand", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN cat <<< "$A"
            ^^^^^^^^ bash-syntax-in-sh: The sh of this image is dash, which cannot read <<<.
    RUN diff <(ls /a) /b
             ^^^^^^^^ bash-syntax-in-sh: The sh of this image is dash, which cannot read <(.
    RUN NAMES=(a b); ls
              ^^^^^ bash-syntax-in-sh: The sh of this image is dash, which has no arrays.
    RUN A=1.2; echo "\${A//./-}" \${A:0:1} \${A^} \${A:-0} \${A%.*} \${#A}
                     ^^^^^^^^^ bash-syntax-in-sh: The sh of this image is dash, which has no such expansion.
                                ^^^^^^^^ bash-syntax-in-sh
                                         ^^^^^ bash-syntax-in-sh
    RUN ls >& /log
           ^^^^^^^ bash-syntax-in-sh: The sh of this image is dash, which takes no file behind >&.
  `;
});

test("what goes on with something else than was meant", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN if [ "$A" == arm64 ]; then ls; fi
                  ^^ bash-syntax-in-sh: The sh of this image is dash, whose [ compares with = and fails on ==.
    RUN echo -e "a\nb" > /list
             ^^ bash-syntax-in-sh: The sh of this image is dash, whose echo prints -e too.
    RUN ls &> /log
           ^^^^^^^ bash-syntax-in-sh: The sh of this image is dash, which reads &> as & and >: the command goes on in the background.
    RUN mkdir -p /srv/{a,b} "/srv/{c,d}" && touch /srv/f{1..3}
                 ^^^^^^^^^^ bash-syntax-in-sh: The sh of this image is dash, which leaves {a,b} as it stands.
                                                  ^^^^^^^^^^^^ bash-syntax-in-sh
  `;
});

test("a container that starts with it", () => {
  reports(rule)`
    FROM python:3.14-slim
    CMD source /venv/bin/activate && python app.py
        ^^^^^^ bash-syntax-in-sh
  `;
});

test("not where bash or another shell runs it, or may", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN bash -c 'source /etc/profile'
    RUN ["bash", "-c", "source /etc/profile"]
    RUN <<EOF
    #!/bin/bash
    source /etc/profile
    EOF
    SHELL ["/bin/bash", "-c"]
    RUN source /etc/profile
    FROM alpine:3.24
    RUN source /etc/profile && [[ -f /a ]]
    FROM fedora:43
    RUN source /etc/profile
    FROM company/base
    RUN source /etc/profile
    FROM debian:trixie-slim
    RUN ln -sf bash /bin/sh
    RUN source /etc/profile
    FROM debian:trixie-slim
    RUN echo "dash dash/sh boolean false" | debconf-set-selections && dpkg-reconfigure dash
    RUN source /etc/profile
    FROM debian:sid-slim
    RUN set -o pipefail && ls | cat
    FROM ubuntu:26.04
    RUN set -o pipefail && ls | cat
  `;
});

test("not what is no shell's to expand, nor a function of the script", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN curl -O https://example.com/{a,b} && find . -name x -exec rm {} +
    RUN echo "-e" && echo -n a && test a = b && [ "$(echo ==)" ]
    RUN let() { echo; }; let
    RUN ls > /log 2>&1
  `;
});

test("the same for every shell", () => {
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    RUN if [ "$A" == arm64 ]; then echo -e "a\nb" > /list; fi # arm
    RUN echo -ne a > /list
    RUN ls &> /log && ls &>> /log
    ->
    FROM debian:trixie-slim
    RUN if [ "$A" = arm64 ]; then echo "a\nb" > /list; fi # arm
    RUN echo -n a > /list
    RUN ls > /log 2>&1 && ls >> /log 2>&1
  `;
  fixes(rule, "unsafe", "every shell")`
    FROM debian:trixie-slim
    RUN source /opt/environment && source settings && source "$A/b"
    ->
    FROM debian:trixie-slim
    RUN . /opt/environment && . ./settings && . "$A/b"
  `;
});

test("one SHELL for all that only bash has", () => {
  const found = problemsOf(rule)`
    FROM debian:trixie-slim
    RUN apt-get update
    RUN mkdir -p /srv/{a,b}
    ENV A=1
    RUN mkdir -p /opt/{a,b}
  `;
  const edits = found.map(({ fixes }) => fixes.find((it) => it.title.includes("SHELL"))?.edits);
  expect(edits).toHaveLength(2);
  expect(edits[1]).toEqual(edits[0]);
});

test("SHELL for what only bash has", () => {
  fixes(rule, "unsafe", "SHELL")`
    FROM debian:trixie-slim
    # Both folders.
    RUN mkdir -p /srv/{a,b}
    ->
    FROM debian:trixie-slim
    SHELL ["/bin/bash", "-c"]
    # Both folders.
    RUN mkdir -p /srv/{a,b}
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN rm /bin/bash
    RUN source /opt/setup.bash
  `;
});

test("BusyBox's ash has no arrays and leaves braces as they are", () => {
  reports(rule)`
    FROM alpine:3.22
    RUN mkdir -p /srv/{data,logs} && [[ -d /srv ]]
                 ^^^^^^^^^^^^^^^^ bash-syntax-in-sh: The sh of this image is BusyBox's ash, which leaves {data,logs} as it stands.
    RUN a=(1 2) && echo x
          ^^^^^ bash-syntax-in-sh: The sh of this image is BusyBox's ash, which has no arrays.
    SHELL ["/bin/ash", "-eo", "pipefail", "-c"]
    RUN touch /{a,b}
              ^^^^^^ bash-syntax-in-sh
    SHELL ["/bin/bash", "-c"]
    RUN touch /{a,b}
  `;
  reports(rule)`
    FROM alpine:3.22
    RUN apk add --no-cache bash && ln -sf /bin/bash /bin/sh
    RUN mkdir -p /srv/{data,logs}
  `;
  reports(rule)`
    FROM example.com/team/base:1
    RUN mkdir -p /srv/{data,logs}
  `;
});

const scripts = (text: string) => ({ context: contextOf({ "start.sh": text, a: "" }) });

test("scripts that sh reads", () => {
  reports(rule, scripts("#!/bin/sh\nset -e\nif [[ -f /x ]]; then echo; fi\n"))`
    FROM debian:trixie-slim
    COPY start.sh /
    CMD ["/start.sh"]
         ^^^^^^^^^^^ bash-syntax-in-sh: The sh that reads line 3 of start.sh is dash, which has no [[.
  `;
  reports(rule, scripts("#!/bin/bash\narr=(a b)\n"))`
    FROM debian:trixie-slim
    COPY start.sh /
    RUN sh /start.sh
           ^^^^^^^^^ bash-syntax-in-sh
  `;
  reports(rule, scripts("#!/bin/sh\narr=(a b)\n"))`
    FROM alpine:3.24
    COPY start.sh /
    ENTRYPOINT ["/start.sh"]
                ^^^^^^^^^^^ bash-syntax-in-sh
  `;
});

test.each([
  ["#!/bin/bash\n[[ -f /x ]]\n", "debian:trixie-slim"],
  ["#!/bin/sh\n[ -f /x ] && . /x\n", "debian:trixie-slim"],
  ["#!/bin/sh\n[[ -f /x ]] && source /x\n", "alpine:3.24"],
  ["#!/bin/sh\n[[ -f /x ]]\n", "rockylinux:9"],
  ['#!/bin/sh\n[ -z "$BASH_VERSION" ] || [[ -f /x ]]\n', "debian:trixie-slim"],
  ["#!/bin/sh\n[[ -f /x ]]\n", "debian:trixie-slim\nRUN ln -sf /bin/bash /bin/sh"],
])("not what the shell understands: %j on %s", (text, base) => {
  expectProblems(rule, `FROM ${base}\nCOPY start.sh /\nCMD ["/start.sh"]\n`, scripts(text));
});
