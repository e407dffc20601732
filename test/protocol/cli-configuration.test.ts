import { describe, expect, test } from "vitest";
import type { Finding } from "../../server/src/protocol/cli/finding.ts";
import { plimsoll } from "../support/command-line.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** One error, `unknown-stage` (DL3022). */
const wrong = "FROM scratch AS builder\nFROM scratch\nCOPY --from=biulder /a /b\nUSER 1000\n";

async function findings(words: readonly string[], folder: string): Promise<string[]> {
  const { out } = await plimsoll(["check", "--format", "json", ...words], { folder });
  return (JSON.parse(out) as Finding[]).map((it) => `${it.file}:${it.line} ${it.severity} ${it.rule}`);
}

describe("the files around", () => {
  test("say what is found, each in its folder", async () => {
    const folder = temporaryFolder({
      ".hadolint.yaml": "override: { warning: [DL3022] }\n",
      Dockerfile: wrong,
      "a/.plimsoll.yaml": "rules: { unknown-stage: off }\n",
      "a/Dockerfile": wrong,
    });
    expect(await findings(["."], folder)).toEqual(["Dockerfile:3 warning unknown-stage"]);
    expect(await findings(["--no-config", "."], folder)).toEqual([
      "Dockerfile:3 error unknown-stage",
      "a/Dockerfile:3 error unknown-stage",
    ]);
  });

  test("of standard input too", async () => {
    const folder = temporaryFolder({ ".plimsoll.yaml": "rules: { unknown-stage: hint }\n" });
    const { out } = await plimsoll(["check", "-"], { folder, stdin: wrong });
    expect(out).toContain("hint unknown-stage");
  });

  test("are told of when they are wrong, once, and the rest of them holds", async () => {
    const folder = temporaryFolder({
      ".plimsoll.yaml": "ruls: {}\nrules: { unknown-stage: off }\n",
      Dockerfile: wrong,
      "Dockerfile.dev": wrong,
    });
    expect(await findings(["."], folder)).toEqual([".plimsoll.yaml:1 warning configuration-key"]);
    const { code, out } = await plimsoll(["check", "."], { folder });
    expect(code).toBe(0);
    expect(out).toContain("There is no key `ruls`. Did you mean `rules`?");
    expect((await plimsoll(["check", "--fail-on=warning", "."], { folder })).code).toBe(1);
  });

  test("fail the check when they are no YAML", async () => {
    const folder = temporaryFolder({ ".hadolint.yaml": "ignored: [\n", Dockerfile: "FROM scratch\n" });
    const { code, out } = await plimsoll(["check", "Dockerfile"], { folder });
    expect(code).toBe(1);
    expect(out).toMatch(/^\.hadolint\.yaml:\d+:\d+ error yaml-/);
  });
});

describe("how it fails", () => {
  const code = async (configuration: Record<string, string>, ...flags: string[]) => {
    const folder = temporaryFolder({ Dockerfile: wrong, ...configuration });
    return (await plimsoll(["check", ...flags, "Dockerfile"], { folder })).code;
  };

  test("as configured, and --fail-on goes before it", async () => {
    expect(await code({})).toBe(1);
    expect(await code({ ".plimsoll.yaml": "fail-on: never\n" })).toBe(0);
    expect(await code({ ".plimsoll.yaml": "fail-on: never\n" }, "--fail-on=error")).toBe(1);
    expect(await code({ ".hadolint.yaml": "no-fail: true\n" })).toBe(0);
    expect(await code({ ".hadolint.yaml": "failure-threshold: none\n" })).toBe(0);
    const hint = "override: { style: [DL3022] }\n";
    expect(await code({ ".hadolint.yaml": hint })).toBe(0);
    expect(await code({ ".hadolint.yaml": `${hint}failure-threshold: style\n` })).toBe(1);
    expect(await code({ ".hadolint.yaml": `${hint}failure-threshold: style\n` }, "--fail-on=never")).toBe(0);
  });

  test("of each file by its own", async () => {
    const folder = temporaryFolder({
      "a/Dockerfile": wrong,
      "a/.plimsoll.yaml": "fail-on: never\n",
      "b/Dockerfile": wrong,
    });
    expect((await plimsoll(["check", "a"], { folder })).code).toBe(0);
    expect((await plimsoll(["check", "."], { folder })).code).toBe(1);
  });
});

describe("--config", () => {
  test("stands in place of what is around, whatever its name", async () => {
    const folder = temporaryFolder({
      ".plimsoll.yaml": "rules: { unknown-stage: off }\n",
      "ci/strict.yaml": "rules: { unknown-stage: warning }\nignore: [b]\n",
      "ci/lint.yaml": "ignored: [DL3022]\n",
      Dockerfile: wrong,
      "b/Dockerfile": wrong,
    });
    expect(await findings(["--config", "ci/strict.yaml", "."], folder)).toEqual([
      "Dockerfile:3 warning unknown-stage",
    ]);
    expect(await findings(["--config=ci/lint.yaml", "."], folder)).toEqual([]);
  });

  test("has to be there, and not with --no-config", async () => {
    const folder = temporaryFolder({ Dockerfile: wrong, "a/b": "" });
    const usage = async (...flags: string[]) => {
      const { code, error } = await plimsoll(["check", ...flags, "."], { folder });
      expect(code).toBe(2);
      return error;
    };
    expect(await usage("--config", "none.yaml")).toBe(
      "plimsoll check: --config: there is no file none.yaml.\n",
    );
    expect(await usage("--config", "a")).toBe("plimsoll check: --config: a cannot be read.\n");
    expect(await usage("--config", "a/b", "--no-config")).toContain("cannot be given together");
  });
});

describe("ignore", () => {
  test("leaves files out, and says so of one that was named", async () => {
    const folder = temporaryFolder({
      ".plimsoll.yaml": "ignore: [vendor]\n",
      Dockerfile: "FROM scratch\nUSER 1\n",
      "vendor/Dockerfile": wrong,
    });
    const all = await plimsoll(["check", "."], { folder });
    expect(all).toEqual({ code: 0, error: "", out: "No problems in 1 file.\n" });
    const named = await plimsoll(["check", "vendor/Dockerfile"], { folder });
    expect(named.code).toBe(0);
    expect(named.error).toBe("vendor/Dockerfile: not checked, as .plimsoll.yaml says.\n");
    const fixed = await plimsoll(["check", "--fix", "--stdin-filename", "vendor/Dockerfile", "-"], {
      folder,
      stdin: wrong,
    });
    expect(fixed.out).toBe(wrong);
  });
});
