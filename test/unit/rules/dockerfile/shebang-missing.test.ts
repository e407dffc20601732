import { test } from "vitest";
import { shebangMissing as rule } from "../../../../server/src/rules/dockerfile/shebang-missing.ts";
import { expectProblems, fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const context = contextOf({
  "start.sh": 'set -e\nexec "$@"\n',
  "late.sh": "\n#!/bin/bash\nexec api\n",
  "blank.sh": "  #!/bin/sh\nexec api\n",
  "mark.sh": "\uFEFF#!/bin/sh\nexec api\n",
  "slip.sh": "#/usr/bin/env bash\nexec api\n",
  "tool.py": "import sys\n",
  "good.sh": "#!/bin/sh\nexec api\n",
  "empty.sh": "",
  api: "\u007FELF\u0002\u0001\u0000\u0000",
});

test("what is amiss with the first line", () => {
  fixes(rule, "unsafe", "", { context })`
    FROM debian:13
    COPY late.sh /
    ENTRYPOINT ["/late.sh", "-v"]
    ->
    FROM debian:13
    COPY late.sh /
    ENTRYPOINT ["bash", "/late.sh", "-v"]
  `;
  reports(rule, { context })`
    FROM debian:13
    COPY *.sh tool.py /app/
    RUN ["/app/blank.sh"]
         ^^^^^^^^^^^^^^^ shebang-missing: blank.sh has blanks in front of its #!, so that the kernel does not start it.
    HEALTHCHECK CMD ["/app/slip.sh"]
                     ^^^^^^^^^^^^^^ shebang-missing: slip.sh begins with #/usr/bin/env bash, which is a comment without the !, so that the kernel does not start it.
    CMD ["/app/tool.py"]
         ^^^^^^^^^^^^^^ shebang-missing: tool.py does not begin with a #! line, so that the kernel does not start it.
  `;
  offersNothing(rule, { context })`
    FROM debian:13
    COPY mark.sh /
    CMD ["/mark.sh"]
  `;
});

test("a here-document, and a script that another stage hands over", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    COPY --chmod=755 <<EOF /start.sh
    exec api
    EOF
    CMD ["/start.sh"]
    ->
    FROM alpine:3.24
    COPY --chmod=755 <<EOF /start.sh
    exec api
    EOF
    CMD ["sh", "/start.sh"]
  `;
  reports(rule, { context })`
    FROM alpine:3.24 AS files
    WORKDIR /files
    COPY start.sh .
    FROM alpine:3.24
    WORKDIR /app
    COPY --from=files /files/ ./
    ENTRYPOINT ["./start.sh"]
                ^^^^^^^^^^^^ shebang-missing
  `;
});

test.each([
  ["a #! line", 'COPY good.sh /\nCMD ["/good.sh"]'],
  ["shell form", "COPY start.sh /\nRUN /start.sh true\nCMD /start.sh"],
  ["handed to a shell", 'COPY start.sh /\nENTRYPOINT ["sh", "/start.sh"]'],
  ["a shell line", 'COPY start.sh /\nENTRYPOINT ["/bin/sh", "-c", "/start.sh"]'],
  ["tini", 'COPY start.sh /\nENTRYPOINT ["tini", "--", "/start.sh"]'],
  ["a program", 'COPY api /\nCMD ["/api"]'],
  ["an empty file", 'COPY empty.sh /\nCMD ["/empty.sh"]'],
  ["changed", "COPY start.sh /\nRUN sed -i '1i #!/bin/sh' /start.sh\nCMD [\"/start.sh\"]"],
  ["not in the context", 'COPY other.sh /\nCMD ["/other.sh"]'],
  ["an image's own script", 'CMD ["/docker-entrypoint.sh"]'],
])("silent: %s", (_, text) => {
  expectProblems(rule, `FROM debian:13\nRUN apt-get update && apt-get install -y tini\n${text}\n`, {
    context,
  });
});

test("behind an entrypoint that is a shell's script, the shell reads it", () => {
  reports(rule, { context })`
    FROM node:24
    COPY start.sh /
    CMD ["/start.sh"]
  `;
});
