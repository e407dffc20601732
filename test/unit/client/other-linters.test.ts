import { expect, test } from "vitest";
import { otherLinters, ownRules } from "../../../client/src/editor/other-linters.ts";

const settingsOf = (extension: string) => otherLinters.find((it) => it.extension === extension)?.settings;
const nothing = () => undefined;

test("hadolint ignores what Plimsoll reports, and nothing else changes", () => {
  const settings = settingsOf("exiasr.hadolint");
  expect(settings?.(["DL3002", "DL3008"], nothing, true)).toEqual({
    "hadolint.cliOptions": ["--no-color", "--ignore", "DL3002", "--ignore", "DL3008"],
  });
  const own = ["-c", "x.yaml", "--ignore", "DL3002", "--ignore", "DL4006"];
  expect(settings?.(["DL3002"], () => own, true)).toEqual({
    "hadolint.cliOptions": ["-c", "x.yaml", "--ignore", "DL4006", "--ignore", "DL3002"],
  });
  expect(settings?.(["DL3002"], () => own, false)).toEqual({
    "hadolint.cliOptions": ["-c", "x.yaml", "--ignore", "DL4006"],
  });
});

test("Container Tools: the settings of the checks that both have", () => {
  const settings = settingsOf("ms-azuretools.vscode-containers");
  expect(settings?.(["MaintainerDeprecated", "StageNameCasing"], nothing, true)).toEqual({
    "docker.languageserver.diagnostics.deprecatedMaintainer": "ignore",
  });
  expect(settings?.(["MaintainerDeprecated"], nothing, false)).toEqual({
    "docker.languageserver.diagnostics.deprecatedMaintainer": undefined,
  });
});

test("which names each reports too", () => {
  const reported = (name: string) => otherLinters.filter((it) => it.reports(name)).map((it) => it.extension);
  expect(reported("DL3002")).toEqual(["exiasr.hadolint"]);
  expect(reported("StageNameCasing")).toEqual(["docker.docker"]);
  expect(reported("JSONArgsRecommended")).toEqual(["docker.docker"]);
  expect(reported("NoEmptyContinuation")).toEqual(["ms-azuretools.vscode-containers", "docker.docker"]);
  expect(reported("S01")).toEqual([]);
  expect(reported("CKV2_DOCKER_2")).toEqual([]);
});

test("our own rules are off while the other reports, and back when it does not", () => {
  const present = { "runs-as-root": "error", DL3008: "hint" };
  const off = ownRules(present, ["DL3002", "DL3008"], "other");
  expect(off).toEqual({ "runs-as-root": "error", DL3002: "off", DL3008: "off" });
  expect(ownRules(off, ["DL3002", "DL3008"], "both")).toEqual({ "runs-as-root": "error" });
  expect(ownRules(undefined, ["DL3002"], "plimsoll")).toEqual({});
});
