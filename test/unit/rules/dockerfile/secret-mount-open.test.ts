import { test } from "vitest";
import { secretMountOpen as rule } from "../../../../server/src/rules/dockerfile/secret-mount-open.ts";
import { reports } from "../../../support/check.ts";

test("for others, and only secrets and agents", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN --mount=type=secret,id=a,mode=0444 --mount=type=ssh,mode=666 true
                                      ^^^^ secret-mount-open
                                                                 ^^^ secret-mount-open: With the mode 666 every user who runs something here can use this agent.
    RUN --mount=type=secret,id=a,mode=0440,gid=1000 --mount=type=secret,id=b --mount=type=secret,id=c,mode=0400,uid=1000 true
    RUN --mount=type=cache,target=/c,mode=0777 --mount=type=secret,id=d,mode=$MODE true
  `;
});
