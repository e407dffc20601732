import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test as anyTest, expect } from "vitest";
import { openRepository } from "../../../client/src/git/repository.ts";
import type { GitError } from "../../../client/src/git/run-git.ts";
import { withoutGit } from "../../setup/git.ts";
import { gitRepository } from "../../support/git.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const test = anyTest.skipIf(withoutGit() !== undefined);

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("it did not fail"),
    (error: GitError) => ({ kind: error.kind, message: error.message }),
  );

async function repository() {
  const folder = temporaryFolder();
  const { program, git, commit } = await gitRepository(folder);
  const first = commit("First: a\x20file", { "api/Dockerfile": "FROM scratch\n", "api/main.go": "one\n" });
  const second = commit("Other file", { "README.md": "hello\n" });
  git("tag", "v1.0");
  git("checkout", "--quiet", "-b", "feature");
  const third = commit("Schöner “Text”", { "api/Dockerfile": "FROM alpine\n", "api/größe:x.txt": "2\n" });
  const it = await openRepository(program, path.join(folder, "api"));
  return { folder, program, git, commit, first, second, third, repository: it };
}

test("the commits of a file, newest first, with branches and tags", async () => {
  const { folder, first, third, repository: it } = await repository();
  expect(it.root).toBe(folder);
  const file = await it.pathIn(path.join(folder, "api/Dockerfile"));
  expect(file).toBe("api/Dockerfile");
  expect(await it.pathIn("/etc/hostname")).toBeUndefined();
  const commits = await it.commitsOf(file ?? "", 10);
  expect(commits.map(({ id, subject, author }) => [id, subject, author])).toEqual([
    [third, "Schöner “Text”", "Ada"],
    [first, "First: a file", "Ada"],
  ]);
  expect(commits[0]?.time).toBe(Date.parse("2026-11-01T10:03:00Z"));
  expect(await it.commitsOf(file ?? "", 1)).toHaveLength(1);
  const references = await it.references(10);
  expect(references.map(({ name, kind, isHead }) => [name, kind, isHead])).toEqual([
    ["feature", "branch", true],
    ["main", "branch", false],
    ["v1.0", "tag", false],
  ]);
});

test("a revision by anything that git understands; what it does not is told", async () => {
  const { folder, first, second, repository: it } = await repository();
  expect((await it.resolve("v1.0")).id).toBe(second);
  expect((await it.resolve(" feature~2 ")).id).toBe(first);
  expect((await it.resolve(first.slice(0, 8))).id).toBe(first);
  for (const text of ["nothing", "--all", "v1.0:README.md", ""])
    expect(await failure(it.resolve(text))).toEqual({
      kind: "no-revision",
      message: `“${text}” is no commit, branch or tag of ${folder}.`,
    });
  const named = await it.commits([second, "f".repeat(40), "HEAD", first]);
  expect(named.map((one) => one.subject)).toEqual(["Other file", "First: a file"]);
  expect(await it.commits(["f".repeat(40)])).toEqual([]);
  expect(await it.commits([])).toEqual([]);
  expect(await it.has(first, "README.md")).toBe(false);
  expect(await it.has(second, "README.md")).toBe(true);
});

test("what is checked out, and whether the build's own files are changed", async () => {
  const { folder, third, repository: it } = await repository();
  const api = [path.join(folder, "api")];
  expect(await it.head(api)).toEqual({ id: third, isDirty: false });
  writeFileSync(path.join(folder, "README.md"), "changed\n");
  expect(await it.head(api)).toEqual({ id: third, isDirty: false });
  expect(await it.head([folder])).toEqual({ id: third, isDirty: true });
  writeFileSync(path.join(folder, "api/new.go"), "");
  expect(await it.head(api)).toEqual({ id: third, isDirty: true });
  expect(await it.head(["/etc"])).toEqual({ id: third, isDirty: false });
});

test("all files of a commit, as a checkout has them; the working tree, the index and the list of worktrees stay", async () => {
  const { folder, git, commit, first, repository: it } = await repository();
  symlinkSync("main.go", path.join(folder, "api/link"));
  const last = commit("Link and script", {
    "run.sh": "#!/bin/sh\n",
    ".gitattributes": "secret export-ignore\n",
    secret: "x",
  });
  git("update-index", "--chmod=+x", "run.sh");
  git("commit", "--quiet", "--amend", "--no-edit");
  const head = git("rev-parse", "HEAD").trim();
  expect(head).not.toBe(last);
  writeFileSync(path.join(folder, "api/main.go"), "not committed\n");
  const before = git("status", "--porcelain");

  const parent = temporaryFolder();
  const now = await it.takeTree(head, parent);
  expect(readFileSync(path.join(now.folder, "api/main.go"), "utf8")).toBe("one\n");
  expect(lstatSync(path.join(now.folder, "api/link")).isSymbolicLink()).toBe(true);
  expect(lstatSync(path.join(now.folder, "run.sh")).mode & 0o111).not.toBe(0);
  expect(existsSync(path.join(now.folder, "secret"))).toBe(true);
  expect(existsSync(path.join(now.folder, "api/größe:x.txt"))).toBe(true);
  const then = await it.takeTree(first, parent);
  expect(readdirSync(then.folder)).toEqual(["api"]);
  expect(git("status", "--porcelain")).toBe(before);
  expect(git("worktree", "list").trim().split("\n")).toHaveLength(1);
  await then.remove();
  await now.remove();
  expect(readdirSync(parent)).toEqual([]);
});

test("cancelled, it leaves nothing", async () => {
  const { third, repository: it } = await repository();
  const parent = temporaryFolder();
  const stop = new AbortController();
  const taking = failure(it.takeTree(third, parent, stop.signal));
  stop.abort();
  expect((await taking).kind).toBe("cancelled");
  expect(readdirSync(parent)).toEqual([]);
});

test("no git, no repository, no commit yet", async () => {
  const folder = temporaryFolder();
  const { program } = await gitRepository(path.join(folder, "empty"));
  expect(await failure(openRepository("plimsoll-no-git", folder))).toEqual({
    kind: "no-git",
    message: "The program “plimsoll-no-git” is not there. Install git, or name it in the setting git.path.",
  });
  expect(await failure(openRepository(program, folder))).toEqual({
    kind: "no-repository",
    message: `${folder} is in no git repository, so it has no other revisions.`,
  });
  const empty = await openRepository(program, path.join(folder, "empty"));
  expect(await empty.head([folder])).toBeUndefined();
  expect(await empty.references(5)).toEqual([]);
});
