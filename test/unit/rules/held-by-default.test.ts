import { expect, test } from "vitest";
import { checkDockerfile } from "../../../server/src/rules/check.ts";
import { commandNotFound } from "../../../server/src/rules/dockerfile/command-not-found.ts";
import { modelOf } from "../../support/model.ts";

function severityOf(text: string, buildArguments = {}): string {
  return checkDockerfile(modelOf(text, { buildArguments }), { rules: [commandNotFound] })
    .map((it) => it.severity)
    .join();
}

const LEAD = "ARG BASE_IMAGE=debian:13\nARG GPU_IMAGE=${BASE_IMAGE}\n";
const GPU = "FROM ${GPU_IMAGE} AS gpu\nRUN gpg --version\n";

test("what rests on an image that is a default alone is no error where no plain build comes", () => {
  expect(severityOf(`${LEAD}${GPU}FROM \${BASE_IMAGE}\n`)).toBe("warning");
  expect(severityOf(`${LEAD}${GPU}FROM gpu AS gpu-dev\nRUN xz --version\nFROM \${BASE_IMAGE}\n`)).toBe(
    "warning,warning",
  );
});

test("an error where a plain build comes, the image is named, or the build is told which", () => {
  expect(severityOf(LEAD + GPU)).toBe("error");
  expect(severityOf(`${LEAD}${GPU}FROM scratch\nCOPY --from=gpu /etc /etc\n`)).toBe("error");
  expect(severityOf("FROM debian:13 AS gpu\nRUN gpg --version\nFROM debian:13\n")).toBe("error");
  expect(severityOf("ARG V=13\nFROM debian:${V} AS gpu\nRUN gpg --version\nFROM debian:13\n")).toBe("error");
  expect(severityOf(`${LEAD}${GPU}FROM \${BASE_IMAGE}\n`, { GPU_IMAGE: "debian:12" })).toBe("error");
});
