// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { delimiter } from "node:path";
import { expect, test } from "vitest";
import { listedFileMissing as rule } from "../../../../server/src/rules/environment/listed-file-missing.ts";
import {
  problemsOfSideFile,
  reportsInSideFile,
  type SideFileSurroundings,
} from "../../../support/side-files.ts";

const compose = "services:\n  api:\n    image: example/api:1.4\n";
const around: SideFileSurroundings = {
  files: { "compose.yaml": compose, "sub/compose.yaml": compose, "second.yaml": compose },
};

/** Texts that are reported. */
function named(text: string, more = around): string[] {
  return problemsOfSideFile(text, rule, more).map(({ span }) => text.slice(span.start, span.end));
}

test("what is not there, and a folder", () => {
  reportsInSideFile(rule, around)`
    COMPOSE_PATH_SEPARATOR=,
    COMPOSE_FILE="compose.yaml,./gone.yaml,sub,sub/compose.yaml,"
                               ^^^^^^^^^^^ listed-file-missing: There is no file ./gone.yaml, and Compose starts nothing without it.
                                           ^^^ listed-file-missing: sub is a folder; Compose wants a file.
  `;
  const [absent, folder] = problemsOfSideFile(
    "COMPOSE_PATH_SEPARATOR=,\nCOMPOSE_FILE=gone.yaml,sub\n",
    rule,
    around,
  );
  expect([absent?.severity, folder?.severity]).toEqual(["warning", "error"]);
});

test("the last one counts, with the separator of this machine", () => {
  expect(named(`COMPOSE_FILE=gone.yaml\nCOMPOSE_FILE=compose.yaml${delimiter}other.yaml\n`)).toEqual([
    "other.yaml",
  ]);
});

test("silent for what is there, variables and other files", () => {
  expect(named(`COMPOSE_FILE=compose.yaml${delimiter}second.yaml\n`)).toEqual([]);
  expect(named("COMPOSE_FILE=${FILE}.yaml\n")).toEqual([]);
  expect(named("COMPOSE_FILE=\nFILE=gone.yaml\n")).toEqual([]);
  expect(named("COMPOSE_FILE=gone.yaml\n", { ...around, name: "api.env" })).toEqual([]);
});
