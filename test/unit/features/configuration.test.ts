import { describe, expect, test } from "vitest";
import { completeConfiguration } from "../../../server/src/features/completion/configuration.ts";
import { hoverConfiguration } from "../../../server/src/features/hover/configuration.ts";
import { configurationPlaces } from "../../../server/src/features/knowledge/configuration-places.ts";
import { applyEdits } from "../../../server/src/text/edit.ts";
import { readCursor } from "../../support/cursor.ts";

function candidates(name: string, fixture: string) {
  const { text, offset } = readCursor(fixture);
  const places = configurationPlaces(name);
  return places ? completeConfiguration(places, text, offset) : [];
}

const labels = (name: string, fixture: string) => candidates(name, fixture).map((it) => it.label);

function taken(name: string, fixture: string, label: string): string | undefined {
  const one = candidates(name, fixture).find((it) => it.label === label);
  return one && applyEdits(readCursor(fixture).text, [one.edit]);
}

function hover(name: string, fixture: string): string | undefined {
  const { text, offset } = readCursor(fixture);
  const places = configurationPlaces(name);
  return places && hoverConfiguration(places, text, offset)?.markdown;
}

describe("completion in a .plimsoll.yaml", () => {
  test("keys that are not there yet", () => {
    const found = labels(".plimsoll.yaml", "rules:\n  DL3009: off\n<|>\n");
    expect(found).toContain("fail-on");
    expect(found).not.toContain("rules");
  });

  test("names of rules, tags and other linters' names", () => {
    const found = labels(".plimsoll.yaml", "rules:\n  unpinned-base: off\n  <|>\n");
    expect(found).toEqual(expect.arrayContaining(["runs-as-root", "security", "DL3008", "StageNameCasing"]));
    expect(found).not.toContain("unpinned-base");
  });

  test("severities and other values", () => {
    expect(labels(".plimsoll.yaml", "rules:\n  runs-as-root: <|>\n")).toEqual([
      ...["error", "warning", "info", "hint", "off"],
    ]);
    expect(labels(".plimsoll.yaml", "fail-on: <|>\n")).toContain("never");
    expect(labels(".plimsoll.yaml", "all-rules: t<|>\n")).toEqual(["true", "false"]);
    expect(labels(".plimsoll.yaml", "labels:\n  org.example.version: <|>\n")).toContain("semver");
    expect(labels(".plimsoll.yaml", "size-budget:\n  api:\n    <|>\n")).toEqual(["max-size", "max-transfer"]);
    expect(labels(".plimsoll.yaml", "build-args:\n  <|>\n")).toEqual([]);
  });

  test("what is taken stands as YAML has it", () => {
    expect(taken(".plimsoll.yaml", "ru<|>", "rules")).toBe("rules:\n  ");
    expect(taken(".plimsoll.yaml", "rules:\n  runs<|>: off\n", "runs-as-root")).toBe(
      "rules:\n  runs-as-root: off\n",
    );
    expect(taken(".plimsoll.yaml", "rules: { runs<|> }\n", "runs-as-root")).toBe(
      "rules: { runs-as-root:  }\n",
    );
  });
});

test("completion in a .hadolint.yaml", () => {
  expect(labels(".hadolint.yaml", "<|>")).toContain("failure-threshold");
  expect(labels(".hadolint.yaml", "failure-threshold: <|>")).toContain("style");
  expect(labels(".hadolint.yaml", "override:\n  <|>")).toEqual(["error", "warning", "info", "style"]);
  const listed = labels(".hadolint.yaml", "ignored: [DL3008, <|>]\n");
  expect(listed).toContain("DL3009");
  expect(listed).not.toContain("DL3008");
  expect(taken(".hadolint.yaml", "ignored:\n  - DL30<|>\n", "DL3009")).toBe("ignored:\n  - DL3009\n");
});

test("other YAML is nobody's configuration", () => {
  expect(configurationPlaces("plimsoll.md")).toBeUndefined();
  expect(configurationPlaces("compose.yaml")).toBeUndefined();
});

test("hover says what a key and a rule are about", () => {
  expect(hover(".plimsoll.yaml", "fail<|>-on: error\n")).toContain("plimsoll check");
  expect(hover(".plimsoll.yaml", "rules:\n  runs-as-<|>root: off\n")).toMatch(
    /^Container runs as root\..*By default `warning`/s,
  );
  expect(hover(".hadolint.yaml", "ignored:\n  - DL30<|>09\n")).toContain("package-cache-left");
  expect(hover(".plimsoll.yaml", "rules:\n  no-such<|>-rule: off\n")).toBeUndefined();
});
