import { test } from "vitest";
import { unquotedVersion as rule } from "../../../../server/src/rules/dockerfile/unquoted-version.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("a version that goes to a file, or would come from one", () => {
  reports(rule)`
    FROM python:3.14-slim
    RUN pip install numpy>=2.0 flask && python -m pip install six>1
                    ^^^^^^^^^^ unquoted-version: The shell writes the output to a file named =2.0: no version of numpy is asked for.
                                                              ^^^^^ unquoted-version
    RUN uv pip install a2>=1 2>/dev/null; conda install -y python>=3.8; for p in a b; do pip3 install $p>=2; done
                       ^^^^^ unquoted-version
                                                           ^^^^^^^^^^^ unquoted-version
                                                                                                      ^^^^^ unquoted-version
    RUN pip install --no-cache-dir "pillow>=9" setuptools<58
                                               ^^^^^^^^^^^^^ unquoted-version: The shell reads from a file named 58, which is not there.
    RUN pip install celery>=5,<6
                    ^^^^^^^^^^^^ unquoted-version: The shell reads from a file named 6, which is not there.
    FROM alpine:3.24
    RUN apk add --no-cache bash>5
                           ^^^^^^ unquoted-version
  `;
});

test("not what is in quotes, names no file, or is meant", () => {
  reports(rule)`
    FROM python:3.14-slim
    RUN pip install "numpy>=2.0" 'flask<3' six~=1.16 attrs!=2 django==5.2 "a"
    RUN pip install --no-cache-dir -r requirements.txt > 1 && pip list >1.txt
    RUN pip install -r requirements.txt>log 2>&1 && python build.py>1
    RUN ["pip", "install", "numpy>=2.0"]
    RUN echo numpy>=2
  `;
});

test("in quotes it is the package manager's", () => {
  fixes(rule, "safe")`
    FROM python:3.14-slim
    RUN pip install numpy>=2.0 \
          # The last one with its old interface.
          celery[redis]>=5,<6 $EXTRA>=1
    ->
    FROM python:3.14-slim
    RUN pip install "numpy>=2.0" \
          # The last one with its old interface.
          "celery[redis]>=5,<6" "$EXTRA>=1"
  `;
  offersNothing(rule)`
    FROM python:3.14-slim
    RUN pip install "celery[redis]">=5
  `;
});
