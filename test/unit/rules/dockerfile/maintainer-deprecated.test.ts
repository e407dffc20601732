import { test } from "vitest";
import { maintainerDeprecated as rule } from "../../../../server/src/rules/dockerfile/maintainer-deprecated.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("each MAINTAINER, not the label", () => {
  reports(rule)`
    FROM scratch
    MAINTAINER me@example.org
    ^^^^^^^^^^ maintainer-deprecated: MAINTAINER is deprecated; a label names the authors.
    FROM scratch
    # MAINTAINER you@example.org
    LABEL org.opencontainers.image.authors="me@example.org"
    LABEL maintainer="me@example.org"
  `;
});

test("writes the label, with what means something between quotes escaped", () => {
  fixes(rule, "safe")`
    FROM scratch
    # Who made it.
    MAINTAINER  Jane "JD" Doe <jane@example.com>, $5 \
      and others
    RUN ls
    FROM scratch
    maintainer "Jane Doe"
    ->
    FROM scratch
    # Who made it.
    LABEL org.opencontainers.image.authors="Jane \"JD\" Doe <jane@example.com>, \$5   and others"
    RUN ls
    FROM scratch
    label org.opencontainers.image.authors="Jane Doe"
  `;
  fixes(rule, "safe")`
    # escape=\`
    FROM scratch
    MAINTAINER CORP\jane $x
    ->
    # escape=\`
    FROM scratch
    LABEL org.opencontainers.image.authors="CORP\jane \`$x"
  `;
});

test("beside a label of its own it is taken away, which the author has to judge", () => {
  fixes(rule, "unsafe")`
    FROM scratch
    LABEL org.opencontainers.image.authors="me@example.org"
    MAINTAINER you@example.org
    ->
    FROM scratch
    LABEL org.opencontainers.image.authors="me@example.org"
  `;
});

test("in front of the first FROM too, where a label could not stand either", () => {
  offersNothing(rule)`
    MAINTAINER Lukas
    FROM debian
  `;
});

test("nothing to offer where a comment would be lost", () => {
  offersNothing(rule)`
    FROM scratch
    MAINTAINER me \
      # and
      you
  `;
});
