import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkCompose, checkDockerfile } from "../../server/src/rules/check.ts";
import { safeEdits } from "../../server/src/rules/fix-all.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { composeOf } from "../support/compose.ts";
import { contextOf, modelOf } from "../support/model.ts";

const example = (path: string): string => readFileSync(`examples/${path}`, "utf8");
const goContext = contextOf({
  "go.mod": example("go-api/go.mod"),
  "main.go": example("go-api/main.go"),
});
const onFailure = ({ error }: { error: unknown }) => {
  throw error;
};
const findings = (text: string) => checkDockerfile(modelOf(text, { context: goContext }), { onFailure });
const ids = (text: string): string[] =>
  findings(text)
    .map((it) => it.rule)
    .toSorted();

describe("the good Dockerfiles of the examples are clean", () => {
  test.each([
    "go-api/Dockerfile",
    "go-api/Dockerfile.scratch",
    "go-api/Dockerfile.distroless",
    "go-api/Dockerfile.alpine",
  ])("%s", (path) => {
    expect(ids(example(path))).toEqual([]);
  });

  test("blog/Dockerfile", () => {
    expect(checkDockerfile(modelOf(example("blog/Dockerfile")), { onFailure })).toEqual([]);
  });

  test("blog/compose.yaml", () => {
    const project = composeOf(example("blog/compose.yaml"), {
      dockerfiles: { Dockerfile: example("blog/Dockerfile") },
      env: { POSTGRES_PASSWORD: "x" },
    });
    expect(checkCompose(project, { onFailure })).toEqual([]);
  });
});

test("the single-stage Dockerfile ships its toolchain, and that is all", () => {
  expect(ids(example("go-api/Dockerfile.single-stage"))).toEqual(["toolchain-in-final-stage"]);
});

test("the bad Dockerfile has six mistakes, one left after the safe fixes, and no warning after that one", () => {
  const bad = example("go-api/Dockerfile.bad");
  expect(ids(bad)).toEqual([
    "copy-then-chown",
    "go-binary-needs-libc",
    "package-cache-left",
    "runs-as-root",
    "shell-form-swallows-signals",
    "unknown-stage",
  ]);
  const safe = applyEdits(bad, safeEdits(findings(bad)));
  expect(ids(safe)).toEqual(["runs-as-root"]);
  const [fix] = findings(safe)[0]?.fixes ?? [];
  // The user that the fix creates has a name, of which Kubernetes wants to know the number.
  expect(ids(applyEdits(safe, fix?.edits ?? []))).toEqual([]);
});

test("ten mistakes give ten findings", () => {
  expect(ids(example("go-api/Dockerfile.ten-mistakes"))).toEqual([
    "copy-then-chown",
    "dependencies-after-sources",
    "go-binary-needs-libc",
    "healthcheck-tool-missing",
    "package-cache-left",
    "path-never-produced",
    "runs-as-root",
    "secret-in-image",
    "shell-form-swallows-signals",
    "unknown-stage",
  ]);
});
