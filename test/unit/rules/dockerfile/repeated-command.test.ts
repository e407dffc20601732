import { expect, test } from "vitest";
import { repeatedCommand as rule } from "../../../../server/src/rules/dockerfile/repeated-command.ts";
import { fixes, problemsOf, reports } from "../../../support/check.ts";

test("all but the last of a kind", () => {
  reports(rule)`
    FROM scratch
    ENTRYPOINT ["/a"]
    ^^^^^^^^^^ repeated-command: This ENTRYPOINT has no effect: the one on line 6 replaces it.
    CMD ["/a"]
    ^^^ repeated-command: This CMD has no effect: the one on line 7 replaces it.
    HEALTHCHECK CMD ["/a"]
    ^^^^^^^^^^^ repeated-command: This HEALTHCHECK has no effect: the one on line 8 replaces it.
    CMD ["/b"]
    ^^^ repeated-command
    ENTRYPOINT ["/b"]
    CMD ["/c"]
    HEALTHCHECK NONE
  `;
});

test("not one a stage, not those of a base, of ONBUILD and behind HEALTHCHECK", () => {
  reports(rule)`
    FROM scratch AS base
    CMD ["/a"]
    ENTRYPOINT ["/a"]
    HEALTHCHECK CMD ["/a"]
    ONBUILD CMD ["/b"]
    FROM base
    CMD ["/b"]
    ENTRYPOINT ["/b"]
    HEALTHCHECK CMD ["/b"]
    FROM scratch
    CMD ["/c"]
  `;
});

test("each kind under its own name", () => {
  const problems = problemsOf(rule)`
    FROM scratch
    ENTRYPOINT ["/a"]
    CMD ["/a"]
    HEALTHCHECK CMD ["/a"]
    CMD ["/b"]
    ENTRYPOINT ["/b"]
    HEALTHCHECK CMD ["/b"]
  `;
  expect(problems.map((it) => it.aliases[1])).toEqual(["DL4004", "DL4003", "DL3012"]);
  expect(problems.map((it) => it.aliases[0])).toEqual(problems.map(() => "MultipleInstructionsDisallowed"));
});

test("takes the earlier ones away", () => {
  fixes(rule, "safe")`
    FROM scratch
    # One.
    CMD ["/a"]

    ENTRYPOINT /a \
      # with this
      --with this \
      # and that
      --and that
    RUN ["/x"]
    HEALTHCHECK --interval=5s \
      CMD /a
    # Two.
    CMD ["/b"]
    ENTRYPOINT ["/b"]
    HEALTHCHECK CMD ["/b"]
    ->
    FROM scratch
    # One.

      # with this
      # and that
    RUN ["/x"]
    # Two.
    CMD ["/b"]
    ENTRYPOINT ["/b"]
    HEALTHCHECK CMD ["/b"]
  `;
});
