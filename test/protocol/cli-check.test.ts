import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../server/src/protocol/cli/finding.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { plimsoll } from "../support/command-line.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** One error, nothing to fix. */
const wrong = "FROM scratch AS builder\nFROM scratch\nCOPY --from=biulder /a /b\nUSER 1000\n";
const clean = 'FROM scratch\nCOPY app /app\nUSER 1000\nENTRYPOINT ["/app"]\n';
/** One problem with a safe fix. */
const fixable = "FROM alpine:3.22\n# stays\nRUN apk add curl\nUSER 1000\n";

async function findings(words: readonly string[], folder: string): Promise<Finding[]> {
  return JSON.parse((await plimsoll(["check", "--format", "json", ...words], { folder })).out) as Finding[];
}

describe("exit codes", () => {
  test("0 for clean, 1 for findings at or above the limit", async () => {
    const folder = temporaryFolder({ Dockerfile: wrong, "clean/Dockerfile": clean });
    expect((await plimsoll(["check", "clean"], { folder })).code).toBe(0);
    expect((await plimsoll(["check", "Dockerfile"], { folder })).code).toBe(1);
    expect((await plimsoll(["check", "--fail-on", "never", "Dockerfile"], { folder })).code).toBe(0);
  });

  test("the limit counts", async () => {
    const folder = temporaryFolder({ Dockerfile: fixable });
    const severities = new Set((await findings(["Dockerfile"], folder)).map((it) => it.severity));
    expect(severities.has("error")).toBe(false);
    expect((await plimsoll(["check", "Dockerfile"], { folder })).code).toBe(0);
    expect((await plimsoll(["check", "--fail-on=hint", "Dockerfile"], { folder })).code).toBe(1);
  });

  test("2 for what cannot be read, and the others are checked all the same", async () => {
    const folder = temporaryFolder({
      Dockerfile: wrong,
      "Dockerfile.junk": Uint8Array.from({ length: 256 }, (_, at) => at),
      "Dockerfile.large": Buffer.alloc(5 * 1024 * 1024, "# x\n"),
    });
    const { code, out, error } = await plimsoll(
      ["check", "missing", "Dockerfile.junk", "Dockerfile.large", "Dockerfile"],
      { folder },
    );
    expect(code).toBe(2);
    expect(out).toContain("unknown-stage");
    expect(error.trimEnd().split("\n")).toEqual([
      "missing: there is no such file.",
      "Dockerfile.junk: this is binary, not text.",
      "Dockerfile.large: this is larger than 4 MiB, which no hand-written file is.",
    ]);
  });

  test("2 for wrong usage, with what was meant", async () => {
    const folder = temporaryFolder();
    const usage = async (...words: string[]) => {
      const { code, error, out } = await plimsoll(words, { folder });
      expect([code, out]).toEqual([2, ""]);
      return error;
    };
    expect(await usage("check", "--fixx", ".")).toBe(
      "plimsoll check: Unknown flag --fixx. Did you mean --fix?\n",
    );
    expect(await usage("check", "--format", "jsn", ".")).toContain('not "jsn". Did you mean json?');
    expect(await usage("check", "--format")).toContain("--format needs a value");
    expect(await usage("check", "--fix=yes", ".")).toContain("takes no value");
    // `--fix "$FILE"` with a variable that is empty would be the whole folder.
    expect(await usage("check", "--fix", "")).toContain('"" names nothing');
    expect(await usage("check", "--stdin-filename=", "-")).toContain("--stdin-filename needs a value: PATH");
    expect(await usage("check")).toContain("Name files or folders");
    expect(await usage("chek", ".")).toContain("Did you mean check?");
    expect(await usage("rules", "x")).toContain("takes no files");
  });
});

describe("what is read", () => {
  test("folders are walked, in order, without node_modules and .git", async () => {
    const folder = temporaryFolder({
      "b/Dockerfile.dev": wrong,
      "a/Dockerfile": wrong,
      "a/compose.yaml": "services: [\n",
      "a/notes.txt": "x",
      "node_modules/x/Dockerfile": wrong,
      ".git/Dockerfile": wrong,
    });
    const files = new Set((await findings(["."], folder)).map((it) => it.file));
    expect([...files]).toEqual([
      join("a", "Dockerfile"),
      join("a", "compose.yaml"),
      join("b", "Dockerfile.dev"),
    ]);
  });

  test("a file named twice is read once; a folder without any says so", async () => {
    const folder = temporaryFolder({ "a/Dockerfile": wrong, "empty/x": "" });
    expect(await findings(["a", "a/Dockerfile"], folder)).toHaveLength(
      (await findings(["a"], folder)).length,
    );
    const { code, error } = await plimsoll(["check", "empty"], { folder });
    expect([code, error]).toEqual([0, "empty: there is no Dockerfile or Compose file in this folder.\n"]);
  });

  test.skipIf(process.platform === "win32")("links are no way into a circle", async () => {
    const folder = temporaryFolder({ "a/Dockerfile": clean });
    symlinkSync("..", join(folder, "a", "up"));
    expect((await plimsoll(["check", "."], { folder })).out).toContain("in 1 file.");
  });

  test("standard input, its kind by the name that is given", async () => {
    const folder = temporaryFolder();
    const plain = await plimsoll(["check", "-"], { folder, stdin: wrong });
    expect(plain.code).toBe(1);
    expect(plain.out).toMatch(/^<stdin>:3:/);
    const named = await plimsoll(["check", "--stdin-filename", "x/compose.yaml", "-"], {
      folder,
      stdin: "services: [\n",
    });
    expect(named.out).toMatch(/^x\/compose\.yaml:/);
  });

  test("a Compose file sees the Dockerfile that its context points to", async () => {
    const folder = temporaryFolder({
      "compose.yaml": "services:\n  api:\n    build:\n      context: ./api\n      target: final\n",
      "api/Dockerfile": "FROM scratch AS other\n",
    });
    expect((await findings(["compose.yaml"], folder)).map((it) => it.rule)).toContain("build-target-unknown");
  });

  test("CRLF, a byte order mark and backticks are read as they are", async () => {
    const folder = temporaryFolder({ Dockerfile: `\uFEFF${wrong.replaceAll("\n", "\r\n")}` });
    const [plain] = await findings([join(temporaryFolder({ Dockerfile: wrong }), "Dockerfile")], folder);
    const [windows] = await findings(["Dockerfile"], folder);
    expect([windows?.line, windows?.column, windows?.endColumn]).toEqual([
      plain?.line,
      plain?.column,
      plain?.endColumn,
    ]);
  });
});

describe("formats", () => {
  test("json: as documented, places from 1, edits that can be applied", async () => {
    const folder = temporaryFolder({ Dockerfile: fixable });
    const found = await findings(["Dockerfile"], folder);
    const cache = found.find((it) => it.rule === "package-cache-left");
    expect(Object.keys(cache ?? {}).sort()).toEqual([
      "aliases",
      "column",
      "endColumn",
      "endLine",
      "file",
      "fixes",
      "line",
      "message",
      "related",
      "rule",
      "severity",
    ]);
    expect(cache).toMatchObject({ file: "Dockerfile", line: 3 });
    const [fix] = cache?.fixes ?? [];
    expect(fix?.kind).toBe("safe");
    const edits = (fix?.edits ?? []).map((it) => ({
      span: { start: it.offset, end: it.offset + it.length },
      newText: it.text,
    }));
    expect(applyEdits(fixable, edits)).toContain("apk add --no-cache curl");
    expect(await findings(["Dockerfile", "--all-rules"], folder)).not.toHaveLength(0);
  });

  test("text: place, severity, rule, message, reasons below, and a count; no colour where none is wanted", async () => {
    const folder = temporaryFolder({ Dockerfile: "FROM alpine:3.22\nUSER nobody-there\n" });
    const { out } = await plimsoll(["check", "Dockerfile"], { folder });
    expect(out).toMatch(/^Dockerfile:2:6 (error|warning) user-unknown-to-image .+\n {4}.+/m);
    expect(out).toMatch(/\n\n\d+ problems? in 1 file: .+\.\n$|\n\n.*\n$/);
    expect(out).not.toContain("\u001B");
    expect((await plimsoll(["check", "Dockerfile"], { folder, color: true })).out).toContain(
      "\u001B[1mDockerfile:2:6",
    );
  });

  test("no text of a file steers the terminal", async () => {
    const folder = temporaryFolder({ Dockerfile: "FROM scratch\nRUNN \u001B[2Jx\n" });
    expect((await plimsoll(["check", "Dockerfile"], { folder })).out).not.toContain("\u001B");
  });

  test("github: workflow commands, escaped", async () => {
    const folder = temporaryFolder({ "a,b:c%/Dockerfile": wrong });
    const { out } = await plimsoll(["check", "--format", "github", "."], { folder });
    expect(out).toMatch(
      /^::error file=a%2Cb%3Ac%25\/Dockerfile,line=3,endLine=3,col=\d+,endColumn=\d+,title=unknown-stage::/m,
    );
    for (const line of out.trimEnd().split("\n")) expect(line).toMatch(/^::(error|warning|notice) /);
  });

  test("gitlab: a report of code quality, each issue of which keeps its fingerprint where it moves", async () => {
    const folder = temporaryFolder({ "sub/Dockerfile": `${wrong}RUNN x\nRUNN x\n` });
    const issues = async () => JSON.parse((await plimsoll(["--format", "gitlab", "."], { folder })).out);
    const before = await issues();
    const prints = (of: { fingerprint: string }[]) => of.map((it) => it.fingerprint);
    expect(before.length).toBeGreaterThan(2);
    expect(new Set(prints(before)).size).toBe(before.length);
    for (const it of before) {
      expect(it.location.path).toBe("sub/Dockerfile");
      expect(it.severity).toMatch(/^(info|minor|major|critical)$/);
    }
    writeFileSync(join(folder, "sub/Dockerfile"), `# A comment.\n${wrong}RUNN x\nRUNN x\n`);
    const after = await issues();
    expect(prints(after)).toEqual(prints(before));
    expect(after[0].location.lines.begin).toBe(before[0].location.lines.begin + 1);
  });

  test("checkstyle: XML, escaped", async () => {
    const folder = temporaryFolder({ 'a&"b</Dockerfile': "FROM scratch\nRUNN \u001B\tx\n" });
    const { out } = await plimsoll(["--format", "checkstyle", "."], { folder });
    expect(out).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<checkstyle version="4\.3">\n/);
    expect(out).toContain('<file name="a&amp;&quot;b&lt;/Dockerfile">');
    expect(out).toMatch(
      /<error line="2" column="1" severity="error" message="[^"<]+" source="plimsoll\.\S+"\/>/,
    );
    expect(out).not.toContain("\u001B");
  });

  test("sarif: a log whose results point to rules that are there", async () => {
    const folder = temporaryFolder({
      "with blank/Dockerfile": `${wrong}RUNN x\n`,
      "junk.dockerfile": Uint8Array.of(0),
    });
    const { out, code } = await plimsoll(["check", "--format", "sarif", "."], { folder });
    const log = JSON.parse(out);
    expect([code, log.version]).toEqual([2, "2.1.0"]);
    const [run] = log.runs;
    expect(run.results.length).toBeGreaterThan(1);
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe("with%20blank/Dockerfile");
      expect(result.locations[0].physicalLocation.region.startLine).toBeGreaterThan(0);
    }
    expect(run.invocations[0].executionSuccessful).toBe(false);
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toContain("binary");
  });
});

describe("--fix", () => {
  test("writes the safe fixes, keeps the rest, and has nothing left to do", async () => {
    const folder = temporaryFolder({ Dockerfile: fixable });
    const { out } = await plimsoll(["check", "--fix", "Dockerfile"], { folder });
    const fixed = readFileSync(join(folder, "Dockerfile"), "utf8");
    expect(fixed).toBe(fixable.replace("apk add", "apk add --no-cache"));
    expect(out).toContain("Fixed 1 problem.");
    expect(readdirSync(folder)).toEqual(["Dockerfile"]);
    const before = statSync(join(folder, "Dockerfile")).mtimeMs;
    await plimsoll(["check", "--fix", "Dockerfile"], { folder });
    expect(statSync(join(folder, "Dockerfile")).mtimeMs).toBe(before);
  });

  test("keeps the byte order mark, CRLF and permissions", async () => {
    const windows = `\uFEFF${fixable.replaceAll("\n", "\r\n")}`;
    const folder = temporaryFolder({ Dockerfile: windows });
    chmodSync(join(folder, "Dockerfile"), 0o640);
    await plimsoll(["check", "--fix", "."], { folder });
    expect(readFileSync(join(folder, "Dockerfile"), "utf8")).toBe(
      windows.replace("apk add", "apk add --no-cache"),
    );
    expect(statSync(join(folder, "Dockerfile")).mode & 0o777).toBe(0o640);
  });

  test.skipIf(process.platform === "win32")("a link stays a link", async () => {
    const folder = temporaryFolder({ "real/Dockerfile": fixable });
    symlinkSync("real/Dockerfile", join(folder, "Dockerfile"));
    await plimsoll(["check", "--fix", "Dockerfile"], { folder });
    expect(lstatSync(join(folder, "Dockerfile")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, "real/Dockerfile"), "utf8")).toContain("--no-cache");
  });

  test("leaves a file alone whose bytes are no UTF-8", async () => {
    const bytes = Buffer.concat([Buffer.from("# caf"), Buffer.from([0xe9, 0x0a]), Buffer.from(fixable)]);
    const folder = temporaryFolder({ Dockerfile: bytes });
    const { error, out } = await plimsoll(["check", "--fix", "Dockerfile"], { folder });
    expect(readFileSync(join(folder, "Dockerfile")).equals(bytes)).toBe(true);
    expect(error).toContain("no valid UTF-8");
    expect(out).toContain("package-cache-left");
  });

  test("standard input comes out fixed, findings beside it", async () => {
    const { out, error } = await plimsoll(["check", "--fix", "-"], {
      folder: temporaryFolder(),
      stdin: fixable,
    });
    expect(out).toBe(fixable.replace("apk add", "apk add --no-cache"));
    expect(error).toContain("Fixed 1 problem.");
  });

  test("--fix-unsafe goes further", async () => {
    const text = 'FROM alpine:3.22\nCOPY app /app\nENTRYPOINT ["/app"]\n';
    const folder = temporaryFolder({ Dockerfile: text });
    const has = async () => (await findings(["Dockerfile"], folder)).find((it) => it.rule === "runs-as-root");
    expect((await has())?.fixes.map((it) => it.kind)).toEqual(["unsafe"]);
    await plimsoll(["check", "--fix", "Dockerfile"], { folder });
    expect(await has()).toBeDefined();
    await plimsoll(["check", "--fix-unsafe", "Dockerfile"], { folder });
    expect(await has()).toBeUndefined();
  });
});

test("as a process: exit code, no colour in a pipe, and a reader that goes away", () => {
  const folder = temporaryFolder({ Dockerfile: wrong });
  const main = join(import.meta.dirname, "../../server/src/protocol/cli/main.ts");
  const ran = spawnSync(process.execPath, [main, "check", "."], { cwd: folder, encoding: "utf8" });
  expect([ran.status, ran.stderr]).toEqual([1, ""]);
  expect(ran.stdout).toMatch(/^Dockerfile:3:\d+ error unknown-stage /);
  const piped = spawnSync("sh", ["-c", `"${process.execPath}" "${main}" rules --format json | head -c 10`], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(piped.stderr).toBe("");
});

test("as a process: it ends with what it says, also where there is no ShellCheck", async () => {
  const folder = temporaryFolder({ Dockerfile: fixable });
  const main = join(import.meta.dirname, "../../server/src/protocol/cli/main.ts");
  const child = spawn(process.execPath, [main, "check", "."], { cwd: folder, env: { PATH: folder } });
  const [said, ended] = await Promise.all([
    new Promise<number>((resolve) => child.stdout.once("data", () => resolve(performance.now()))),
    new Promise<number>((resolve) => child.once("exit", () => resolve(performance.now()))),
  ]);
  expect(ended - said).toBeLessThan(10_000);
});

describe("files of other names that a Compose file takes in", () => {
  const folder = () =>
    temporaryFolder({
      "compose.yaml":
        "include: [infra/db.yml, missing.yml]\nservices:\n  api: { extends: { file: base.yml, service: api } }\n",
      "infra/db.yml": "include: [inner.yml]\nservices: { db: { image: 'postgres:18', prots: [] } }\n",
      "infra/inner.yml": "services: { inner: { imge: a } }\n",
      "base.yml": "services: { api: { image: a, commnd: x } }\n",
      "values.yml": "services: { imge: a }\n",
    });

  test("are checked with their folder, each once", async () => {
    const found = await findings(["."], folder());
    expect(
      found.filter((it) => it.rule === "unknown-key").map((it) => [it.file, it.message.split(" ")[0]]),
    ).toEqual([
      ["base.yml", "`commnd`"],
      ["infra/db.yml", "`prots`"],
      ["infra/inner.yml", "`imge`"],
    ]);
  });

  test("are not when one file is named", async () => {
    const found = await findings(["compose.yaml"], folder());
    expect(found.filter((it) => it.rule === "unknown-key")).toEqual([]);
  });
});
