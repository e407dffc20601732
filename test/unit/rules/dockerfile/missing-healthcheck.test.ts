import { test } from "vitest";
import { missingHealthcheck as rule } from "../../../../server/src/rules/dockerfile/missing-healthcheck.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("the image that is built, without one", () => {
  reports(rule)`
    FROM scratch AS base
    HEALTHCHECK CMD ["/bin/check"]
    FROM scratch
         ^^^^^^^ missing-healthcheck: The image has no HEALTHCHECK, so Docker only knows that its process runs.
    EXPOSE 8080
  `;
});

test("not with one, of the stage or of one below, and not where it was decided against", () => {
  reports(rule)`
    FROM scratch AS base
    HEALTHCHECK CMD ["/bin/check"]
    FROM base
  `;
  reports(rule)`
    FROM alpine:3.24
    HEALTHCHECK NONE
  `;
});

test("not where the base may have one", () => {
  reports(rule)`
    FROM example.com/base:1
    EXPOSE 80
  `;
});

test("with what the image holds", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    EXPOSE 8080
    # What runs:
    CMD ["/api"]
    ->
    FROM alpine:3.24
    EXPOSE 8080
    HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:8080/ || exit 1
    # What runs:
    CMD ["/api"]
  `;
});

test("nothing to offer without one port, for another protocol, without a tool", () => {
  for (const port of ["5432", "80 443", "53/udp"]) {
    const run = offersNothing(rule);
    run(Object.assign([], { raw: [`FROM alpine:3.24\nEXPOSE ${port}\n`] }));
  }
  offersNothing(rule)`
    FROM scratch
    COPY api /api
    EXPOSE 8080
    ENTRYPOINT ["/api"]
  `;
});

test("the port is the one on which the server listens", () => {
  fixes(rule, "unsafe", "8000")`
    FROM python:3.14-slim
    EXPOSE 8080
    CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8000"]
    ->
    FROM python:3.14-slim
    EXPOSE 8080
    HEALTHCHECK CMD python3 -c "import urllib.request; urllib.request.urlopen('http://localhost:8000/', timeout=3)" || exit 1
    CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8000"]
  `;
});
