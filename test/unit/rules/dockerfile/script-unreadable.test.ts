import { test } from "vitest";
import { scriptUnreadable as rule } from "../../../../server/src/rules/dockerfile/script-unreadable.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("a word that would end what is open is an argument", () => {
  reports(rule)`
    FROM debian:trixie-slim
    ARG T
    RUN if [ "$T" == "arm64" ] ; then \
          apt-get install libgeos-dev \
        fi
        ^^ script-unreadable: A ; is missing in front of fi: here it is an argument of apt-get, and nothing ends the if.
    RUN for it in a b; do echo "$it" done
                                     ^^^^ script-unreadable: A ; is missing in front of done: here it is an argument of echo, and nothing ends the for.
    RUN if [ -n "$T" ] then touch /a; fi
                       ^^^^ script-unreadable: A ; is missing in front of then: here it is an argument of [, and nothing ends the if.
    RUN while read -r it do echo "$it"; done < /a
                         ^^ script-unreadable: A ; is missing in front of do: here it is an argument of read, and nothing ends the while.
    RUN { echo a; echo b } > /c
                         ^ script-unreadable: A ; is missing in front of }: here it is an argument of echo, and nothing ends the {.
    RUN for a in 1 2; do if [ -f $a ]; then rm $a fi; done
                                                  ^^ script-unreadable
  `;
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    ARG T
    RUN if [ -n "$T" ]; then \
          touch /a \
        fi
    ->
    FROM debian:trixie-slim
    ARG T
    RUN if [ -n "$T" ]; then \
          touch /a; \
        fi
  `;
});

test("nothing ends it, or no command stands where one has to", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN set -e; if [ -f /a ]; then rm /a
                ^^ script-unreadable: Nothing ends this if: there is no fi.
    RUN (cd /srv && make
        ^ script-unreadable: Nothing ends this (: there is no ).
    RUN apt-get update; && apt-get install -y curl
                        ^^ script-unreadable: No command stands between ; and &&.
    RUN apt-get update && \
        apt-get install -y curl && \
        || true
        ^^ script-unreadable: No command stands between && and ||.
    RUN && make
        ^^ script-unreadable: Nothing stands in front of &&.
    RUN if make; then make install && fi
                                      ^^ script-unreadable: No command stands between && and fi.
    RUN make && make install &&
                             ^^ script-unreadable: Nothing follows &&.
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN apt-get update; && apt-get install -y curl
  `;
});

test("here-documents keep their lines", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN <<EOF
    if [ -f /a ]
    then
      rm /a &&
      # why
      make
    fi
    for it in a b
    do echo $it; done
    EOF
  `;
  reports(rule)`
    FROM debian:trixie-slim
    RUN <<EOF
    if [ -f /a ]; then
    ^^ script-unreadable: Nothing ends this if: there is no fi.
      rm /a
    EOF
  `;
});

test("not what a shell reads", () => {
  reports(rule)`
    FROM debian:trixie-slim
    ARG T
    RUN case "$T" in amd64) a=1 ;; (arm64|aarch64) a=2; b=3 ;; *) exit 1 ;; esac && echo "$a"
    RUN case $T in a) ;; b) echo b; esac
    RUN while read -r x; do echo $x; done < /a && ( cd /b && ls ) && x=$(a | b) && echo "\${x:-$(case a in b) c ;; esac)}"
    RUN retry() { bash -c 'for i in 1; do "$@"; done' -- "$@"; } && retry make
    RUN if ! make; then :; elif [ -f a ]; then echo fi; else echo done; fi && for x do echo $x; done
    RUN [[ -f a && ( -f b ) ]] || exit 1; find . -exec rm {} \; ; echo {a,b} { } then do fi done esac
    RUN a=1 b=2; > /empty; exec 2>&1; echo a >&2 &
    RUN echo "if then" && echo 'for' && echo \; # if
    RUN cat <<< "if" && a=(1 2) && ((a++)) && function b { :; }
    RUN for f in $(ls *.csproj); do mkdir -p ./\${f%.*}/ && mv $f ./\${f%.*}/; done
    RUN until nc -z db 5432; do sleep 1; done & wait
    RUN set -eux; { echo a; echo b; } | tee /c; ! grep x /c
    RUN if a; then b; fi > /c 2>&1
    RUN if { a; }; then { b; } fi
    RUN echo a \
        ; echo b
  `;
});

test("not another language's script, a template or a here-document of the shell", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN {% if proxy %} export http_proxy={{ proxy }} && {% endif %} if make; then ls
    RUN ["sh", "-c", "if true"]
    RUN cat <<END && if true
    a
    END
    SHELL ["python3", "-c"]
    RUN if a:
    FROM mcr.microsoft.com/windows/servercore:ltsc2025
    SHELL ["powershell", "-Command"]
    RUN if (Test-Path C:/a) { rm C:/a
    RUN && echo
  `;
});
