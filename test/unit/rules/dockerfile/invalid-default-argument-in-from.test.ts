import { expect, test } from "vitest";
import { invalidDefaultArgumentInFrom as rule } from "../../../../server/src/rules/dockerfile/invalid-default-argument-in-from.ts";
import { problemsOf, reports } from "../../../support/check.ts";

test("an image that is none with the defaults", () => {
  reports(rule)`
    ARG VERSION
    ARG IMAGE
    ARG SFX="box:"
    FROM busybox:$VERSION AS one
         ^^^^^^^^^^^^^^^^ invalid-default-argument-in-from: Without --build-arg VERSION this is busybox:, which is no image.
    FROM $IMAGE AS two
         ^^^^^^ invalid-default-argument-in-from: Without --build-arg IMAGE this is empty.
    FROM busy\${SFX}
         ^^^^^^^^^^ invalid-default-argument-in-from: Without --build-arg SFX this is busybox:, which is no image.
  `;
});

test("not where the defaults give an image", () => {
  reports(rule)`
    ARG VERSION="latest"
    ARG BASE=busybox:$VERSION
    ARG VARIANT=""
    ARG SUFFIX
    FROM busybox:\${VERSION} AS one
    FROM busybox:stable\${VARIANT} AS two
    FROM busybox:stable\${SUFFIX} AS three
    FROM $BASE AS four
    FROM busybox:\${SUFFIX:-1.37} AS five
    FROM scratch$SUFFIX AS six
    FROM busybox
  `;
});

test("not what is unknown, nor what is declared nowhere", () => {
  reports(rule)`
    ARG TARGETARCH
    ARG MACHINE=$TARGETARCH
    FROM $TARGETARCH/busybox AS one
    FROM example.com/$MACHINE/ AS two
    FROM busybox:$NOWHERE
  `;
});

test("what a Compose file gives is missing in any other build, as BuildKit tells", () => {
  const severities = (buildArguments: Record<string, string>) =>
    problemsOf(rule, { buildArguments })`
      ARG IMAGE
      FROM $IMAGE
    `.map((it) => it.severity);
  expect(severities({ IMAGE: "alpine:3.24" })).toEqual(["info"]);
  expect(severities({ IMAGE: "no image" })).toEqual(["warning"]);
  expect(severities({})).toEqual(["warning"]);
});

test("shows the arguments", () => {
  const [problem] = problemsOf(rule)`
    ARG IMAGE
    FROM $IMAGE
  `;
  expect(problem?.related.map((it) => it.message)).toEqual(["IMAGE is declared here."]);
});
