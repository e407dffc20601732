import { describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { rules } from "../../server/src/rules/all.ts";
import { plimsoll } from "../support/command-line.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

describe("help", () => {
  test("of all and of each command", async () => {
    const folder = temporaryFolder();
    expect((await plimsoll(["--help"], { folder })).out).toContain("Usage: plimsoll <command>");
    for (const command of ["check", "size", "rules", "parse"]) {
      const { code, out } = await plimsoll([command, "--help"], { folder });
      expect([code, out.includes(`Usage: plimsoll ${command}`)]).toEqual([0, true]);
      expect((await plimsoll(["help", command], { folder })).out).toBe(out);
    }
    expect((await plimsoll(["check", "--help"], { folder })).out).toContain("--fail-on");
    expect((await plimsoll([], { folder })).code).toBe(2);
  });

  test("the version is the package's", async () => {
    expect((await plimsoll(["--version"], { folder: temporaryFolder() })).out).toBe(`${manifest.version}\n`);
  });
});

describe("without a command", () => {
  const text = "FROM alpine:3.22\nMAINTAINER me\n";

  test("files and flags are those of check", async () => {
    const folder = temporaryFolder({ Dockerfile: text });
    for (const words of [
      ["Dockerfile"],
      ["."],
      ["--fail-on", "warning", "Dockerfile"],
      ["--format=json", "Dockerfile"],
    ])
      expect(await plimsoll(words, { folder })).toEqual(await plimsoll(["check", ...words], { folder }));
    const { out } = await plimsoll(["-"], { folder, stdin: text });
    expect(out).toContain("maintainer-deprecated");
  });

  test("a slip of a command or of a flag is told", async () => {
    const folder = temporaryFolder({ Dockerfile: text });
    const errors = [["chek", "."], ["--versoin"], ["--formt", "json", "."], ["nowhere"]].map(
      async (words) => await plimsoll(words, { folder }),
    );
    expect((await Promise.all(errors)).map(({ code, error }) => [code, error])).toEqual([
      [2, "plimsoll: Unknown command chek. Did you mean check?\n"],
      [2, "plimsoll: Unknown flag --versoin. Did you mean --version?\n"],
      [2, "plimsoll: Unknown flag --formt. Did you mean --format?\n"],
      [2, "nowhere: there is no such file.\n"],
    ]);
  });

  test("a folder that is called nearly as a command is looked at", async () => {
    const folder = temporaryFolder({ "checks/Dockerfile": text });
    expect((await plimsoll(["checks"], { folder })).out).toContain("maintainer-deprecated");
  });
});

describe("rules", () => {
  test("every rule, with what is known of it", async () => {
    const { out } = await plimsoll(["rules", "--format", "json"], { folder: temporaryFolder() });
    const list = JSON.parse(out) as Record<string, unknown>[];
    expect(list.map(({ id }) => id)).toEqual(rules.map((it) => it.id));
    for (const it of list) {
      expect(Object.keys(it)).toEqual(
        expect.arrayContaining(["id", "title", "severity", "aliases", "tags", "fix"]),
      );
    }
  });

  test("as text, one a line", async () => {
    const { out } = await plimsoll(["rules"], { folder: temporaryFolder() });
    expect(out.trimEnd().split("\n")).toHaveLength(rules.length);
  });
});

describe("parse", () => {
  const text = 'FROM alpine:3.22 AS base\nCOPY --link ["a b", "/c"]\nRUN <<EOF\nx\nEOF\n';

  test("JSON", async () => {
    const folder = temporaryFolder({ Dockerfile: text });
    const parsed = JSON.parse((await plimsoll(["parse", "Dockerfile"], { folder })).out);
    expect(parsed.instructions).toMatchObject([
      { name: "FROM", startLine: 1, endLine: 1, startOffset: 0 },
      { name: "COPY", flags: [{ name: "link", value: null }], arguments: ["a b", "/c"], execForm: true },
      { name: "RUN", startLine: 3, endLine: 5, hereDocuments: [{ name: "EOF", content: "x\n" }] },
    ]);
    expect(parsed.problems).toEqual([]);
  });

  test("S-expressions, also from standard input", async () => {
    const { out, code } = await plimsoll(["parse", "--format=sexp", "-"], {
      folder: temporaryFolder(),
      stdin: 'FROM alpine:3.22\nRUN ["a"]\n',
    });
    expect([code, out]).toEqual([0, '(from "alpine:3.22")\n(run "a")\n']);
  });

  test("a broken file is a tree with problems, what is no file is exit code 2", async () => {
    const folder = temporaryFolder({ Dockerfile: "RUNN x\n", "sub/Dockerfile": text });
    const broken = await plimsoll(["parse", "Dockerfile"], { folder });
    expect(broken.code).toBe(0);
    expect(JSON.parse(broken.out).problems.length).toBeGreaterThan(0);
    for (const operands of [["none"], ["sub"], [], ["a", "b"]]) {
      const { code, out, error } = await plimsoll(["parse", ...operands], { folder });
      expect([code, out, error.split("\n").length]).toEqual([2, "", 2]);
    }
  });
});
