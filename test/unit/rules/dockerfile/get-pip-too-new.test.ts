import { test } from "vitest";
import { getPipTooNew as rule } from "../../../../server/src/rules/dockerfile/get-pip-too-new.ts";
import { fixes, reports } from "../../../support/check.ts";

test("by the name of the program, or as python3 of an old release", () => {
  reports(rule)`
    FROM example.com/team/base:1
    RUN curl -L https://bootstrap.pypa.io/get-pip.py > get-pip.py \
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ get-pip-too-new: This get-pip.py wants Python 3.9 or later, and here Python 2.7 runs it.
        && mv get-pip.py /opt && python2.7 /opt/get-pip.py
    FROM ubuntu:20.04
    RUN wget -qO- "https://bootstrap.pypa.io/get-pip.py" | python3 -
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ get-pip-too-new: This get-pip.py wants Python 3.9 or later, and here Python 3.8 runs it.
    FROM ubuntu:bionic
    RUN curl -O https://bootstrap.pypa.io/get-pip.py
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ get-pip-too-new: This get-pip.py wants Python 3.9 or later, and here Python 3.6 runs it.
    RUN python3 get-pip.py --no-cache-dir
  `;
  fixes(rule, "unsafe")`
    FROM ubuntu:20.04
    RUN curl -sS 'https://bootstrap.pypa.io/get-pip.py' | python3.8
    ->
    FROM ubuntu:20.04
    RUN curl -sS 'https://bootstrap.pypa.io/pip/3.8/get-pip.py' | python3.8
  `;
});

test("not a newer Python, one of which nothing is known, or the script for it", () => {
  reports(rule)`
    FROM ubuntu:20.04
    RUN apt-get update && apt-get install -y python3.11 && ln -s /usr/bin/python3.11 /usr/local/bin/python3
    RUN curl -sS https://bootstrap.pypa.io/get-pip.py | python3
    FROM ubuntu:20.04
    COPY --from=python:3.12 /usr/local /usr/local
    RUN curl -sS https://bootstrap.pypa.io/get-pip.py | python3
    FROM ubuntu:22.04
    RUN curl -sS https://bootstrap.pypa.io/get-pip.py | python3
    FROM python:3.8
    RUN curl -sS https://bootstrap.pypa.io/get-pip.py | python3
    FROM example.com/team/base:1
    RUN curl -sS https://bootstrap.pypa.io/get-pip.py | python3.11
    RUN curl -sS https://bootstrap.pypa.io/pip/2.7/get-pip.py | python2
    RUN curl -sS https://bootstrap.pypa.io/get-pip.py -o get-pip.py && (python2 get-pip.py || true)
    RUN curl -sS https://example.com/get-pip.py | python2.7
    RUN python3.8 manage.py
  `;
});
