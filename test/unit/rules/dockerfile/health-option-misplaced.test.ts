import { test } from "vitest";
import { healthOptionMisplaced as rule } from "../../../../server/src/rules/dockerfile/health-option-misplaced.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("options of HEALTHCHECK that begin its command", () => {
  reports(rule)`
    FROM alpine:3.24
    HEALTHCHECK CMD --interval=1m /health.sh
                    ^^^^^^^^^^^^^ health-option-misplaced: This is the first word of the command here: options of HEALTHCHECK stand in front of CMD.
  `;
  reports(rule)`
    FROM alpine:3.24
    HEALTHCHECK --timeout=3s CMD --interval=1m --retries=3 wget -q -O - http://127.0.0.1/
                                 ^^^^^^^^^^^^^^^^^^^^^^^^^ health-option-misplaced
  `;
});

test("not in front of it, and not options of the program", () => {
  reports(rule)`
    FROM alpine:3.24
    HEALTHCHECK --interval=1m CMD wget --timeout=3 -q -O - http://127.0.0.1/
  `;
  reports(rule)`
    FROM alpine:3.24
    HEALTHCHECK CMD ["--interval=1m", "/health.sh"]
    HEALTHCHECK CMD /health.sh --interval=1m
    HEALTHCHECK NONE
    ENTRYPOINT ["/app"]
    CMD --interval=1m
  `;
});

test("put in front of CMD", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24
    HEALTHCHECK --timeout=3s CMD --interval=1m --retries=3 /health.sh || exit 1
    ->
    FROM alpine:3.24
    HEALTHCHECK --timeout=3s --interval=1m --retries=3 CMD /health.sh || exit 1
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    HEALTHCHECK --interval=5m CMD --interval=1m /health.sh
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    HEALTHCHECK CMD --interval=1m
  `;
});
