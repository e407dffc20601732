import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import type { BuildResult } from "../../../client/src/commands/builds/build-image.ts";
import type { CompareResult } from "../../../client/src/commands/sizes/compare-image-sizes.ts";
import type { EarlierBuildResult } from "../../../client/src/commands/sizes/compare-with-earlier-build.ts";
import type { RegistryResult } from "../../../client/src/commands/sizes/compare-with-registry.ts";
import type { RevisionResult } from "../../../client/src/commands/sizes/compare-with-revision.ts";
import type { HistoryResult } from "../../../client/src/commands/sizes/show-size-history.ts";
import type { Shown } from "../../../client/src/extension.ts";
import { engineAt } from "../../setup/engine.ts";
import { type RunningRegistry, startRegistry } from "../../setup/registry.ts";
import { gitRepository, type TestRepository } from "../../support/git.ts";
import { ended, fileUri, lenses, open, run, until, write } from "./editor.ts";

const folder = "sourced";
const path = `${folder}/api/Dockerfile`;
const tag = "sourced:1";
const megabyte = 1_000_000;

const text = (megabytes: number, more = "") =>
  `FROM alpine:3.24 AS tools\nRUN head -c ${megabyte} /dev/zero > /tool\n\nFROM alpine:3.24\nRUN head -c ${megabytes * megabyte} /dev/zero > /big\nCOPY notes.txt /notes.txt\n${more}CMD ["sh"]\n`;

const file = () => fileUri(path);
const answers = (more: object = {}) => ({ dockerfile: file().fsPath, ...more });
const build = (more: object = {}) =>
  ended(run<BuildResult>("buildImage", answers({ tag, ...more })), "built");
const docker = (...args: readonly string[]) => engineAt(process.env["DOCKER_HOST"] ?? "").docker(...args);
const isNear = (bytes: number | undefined | null, expected: number) =>
  assert.ok(Math.abs((bytes ?? Number.NaN) - expected) < 100_000, `${bytes} instead of ${expected}`);

function shown(): Shown {
  const extension = vscode.extensions.getExtension<Shown>("plimsoll.plimsoll");
  assert.ok(extension?.exports, "the extension is active");
  return extension.exports;
}

/** Waits until the editor shows it too. */
async function rewrite(content: string): Promise<void> {
  await write(path, content);
  const document = await vscode.workspace.openTextDocument(file());
  await until("the text on the screen", () => document.getText() === content);
}

/** Sizes, and what the second is called, of a comparison of two. */
function compared(result: Extract<CompareResult, { outcome: "compared" }>) {
  const [one, other] = result.comparison.images;
  assert.ok(one && other);
  return { one, other, difference: other.unpackedSize - one.unpackedSize };
}

describe("where sizes come from", function () {
  this.timeout(420_000);
  let repository: TestRepository;
  let registry: RunningRegistry | undefined;
  const commits: string[] = [];

  before(async () => {
    repository = await gitRepository(fileUri(folder).fsPath);
    const commit = (message: string, megabytes: number) =>
      commits.push(
        repository.commit(message, { "api/Dockerfile": text(megabytes), "api/notes.txt": "notes\n" }),
      );
    commit("Begin", 2);
    commit("Grow", 5);
    repository.git("tag", "v1");
    commit("Shrink", 3);
  });
  after(async () => {
    await registry?.stop();
    const names = await docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}");
    const own = names.split("\n").filter((it) => /^(?:sourced|plimsoll-compare):|\/team\/sourced:/.test(it));
    if (own.length > 0) await docker("image", "rm", "--force", ...own);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("before a build there is no history, and nothing to compare with", async () => {
    assert.deepEqual(await run<HistoryResult>("showSizeHistory", answers()), { outcome: "no-builds" });
    await open(path);
    assert.equal(shown().size(), undefined);
  });

  it("each build is a point, with its commit and the instruction that moved it", async () => {
    await build();
    await until("the size in the status bar", () => /^[\d.]+ MB$/.test(shown().size() ?? ""));
    assert.deepEqual(await run<EarlierBuildResult>("compareWithEarlierBuild", answers()), {
      outcome: "nothing-before",
    });
    await rewrite(text(9));
    await build();
    const { history } = await ended(run<HistoryResult>("showSizeHistory", answers()), "shown");
    const [first, second] = history.points;
    assert.equal(history.points.length, 2);
    assert.equal(history.name, path);
    assert.deepEqual([first?.commit, first?.isDirty, first?.change], [commits[2]?.slice(0, 7), false, null]);
    assert.deepEqual([second?.commit, second?.isDirty], [commits[2]?.slice(0, 7), true]);
    assert.equal(second?.subject, "Shrink");
    isNear(second?.change, 6 * megabyte);
    const move = second?.moves[0];
    assert.deepEqual([move?.how, move?.line], ["edited", 5]);
    assert.match(move?.text ?? "", /^RUN head -c 9000000/);
    isNear(move?.bytes, 6 * megabyte);
    await until("the page", () =>
      vscode.window.tabGroups.all.flatMap((it) => it.tabs).some((it) => it.label === "Size History"),
    );
  });

  it("the status bar and the stage say what it weighs and how much more", async () => {
    await open(path);
    await until("the change in the status bar", () => /^[\d.]+ MB \+6\.0\d MB$/.test(shown().size() ?? ""));
    const found = await until("both lenses of the size", async () => {
      const all = (await lenses(file())).filter((it) => it.startsWith("4: "));
      return all.some((it) => /\+6\.0\d MB since the build before$/.test(it)) && all;
    });
    assert.ok(
      found.some((it) => /on disk.* · base .+, yours 9\.\d+ MB$/.test(it)),
      found.join("\n"),
    );
    const settings = vscode.workspace.getConfiguration("plimsoll.sizes", file());
    await settings.update("showInStatusBar", false, vscode.ConfigurationTarget.Global);
    await until("nothing in the status bar", () => shown().size() === undefined);
    await settings.update("showInStatusBar", undefined, vscode.ConfigurationTarget.Global);
    await until("it again", () => shown().size() !== undefined);
  });

  it("the same build again is no change, also after it was weighed line by line", async () => {
    await build();
    await ended(run<{ outcome: string }>("weighImage", answers()), "weighed");
    const { history } = await ended(run<HistoryResult>("showSizeHistory", answers()), "shown");
    assert.equal(history.points.length, 2);
    await until("the change on the stage", async () =>
      (await lenses(file())).some((it) => /^4: \+6\.0\d MB since the build before$/.test(it)),
    );
  });

  it("a stage has a history of its own", async () => {
    await build({ target: "tools", tag: "sourced:tools" });
    const { history } = await ended(
      run<HistoryResult>("showSizeHistory", answers({ target: "tools" })),
      "shown",
    );
    assert.deepEqual([history.stages, history.stage, history.points.length], [["tools", ""], "tools", 1]);
  });

  it("compares with an earlier build, although the tag has moved on", async () => {
    const { history } = await ended(run<HistoryResult>("showSizeHistory", answers({ target: "" })), "shown");
    const [first] = history.points;
    const { one, other, difference } = compared(
      await ended(
        run<EarlierBuildResult>("compareWithEarlierBuild", answers({ image: first?.imageId })),
        "compared",
      ),
    );
    assert.equal(one.id, first?.imageId);
    assert.match(one.label, /^sourced:1, (just now|\d+ minutes? ago)$/);
    assert.equal(other.label, tag);
    isNear(difference, 6 * megabyte);
    await rewrite(text(9, "RUN echo more\n"));
    await build();
    const changed = compared(
      await ended(
        run<EarlierBuildResult>("compareWithEarlierBuild", answers({ image: first?.imageId })),
        "compared",
      ),
    );
    // Its instructions are others than the Dockerfile's now, and its base is one row all the same.
    for (const { layers } of [changed.one, changed.other])
      assert.deepEqual(
        layers.slice(0, 2).map((it) => it.keyword),
        ["FROM", "RUN"],
      );
    const absent = await run<EarlierBuildResult>(
      "compareWithEarlierBuild",
      answers({ image: "sha256:none" }),
    );
    assert.deepEqual(absent, { outcome: "gone", image: "sha256:none" });
  });

  it("compares with the Dockerfile at another revision, built with its files as they were", async () => {
    const { git } = repository;
    const before = git("status", "--porcelain");
    const left = () => readdirSync(tmpdir()).filter((it) => it.startsWith("plimsoll-revision-"));
    const { one, other, difference } = compared(
      await ended(run<RevisionResult>("compareWithRevision", answers({ revision: "v1" })), "compared"),
    );
    assert.equal(one.label, `Dockerfile @ v1 (${commits[1]?.slice(0, 7)})`);
    assert.equal(other.label, tag);
    isNear(difference, 4 * megabyte);
    // Its own Dockerfile tells what the base brought, and on which line an instruction stood.
    assert.deepEqual(
      one.layers.filter((it) => it.size > 100_000).map((it) => [it.keyword, it.line]),
      [
        ["FROM", 4],
        ["RUN", 5],
      ],
    );
    assert.deepEqual(left(), []);
    assert.equal(git("status", "--porcelain"), before);
    const names = await docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", "plimsoll-compare");
    assert.match(names, new RegExp(`^plimsoll-compare:${commits[1]?.slice(0, 7)}-`, "m"));
    const { history } = await ended(
      run<HistoryResult>("showSizeHistory", answers({ target: "tools" })),
      "shown",
    );
    assert.deepEqual([...history.stages].sort(), ["", "tools"], "a revision is no build of the history");
  });

  it("says what is wrong with a revision", async () => {
    const refused = async (revision: string, more: object = {}) =>
      ended(run<RevisionResult>("compareWithRevision", answers({ revision, ...more })), "no-revision");
    assert.match((await refused("v9")).message, /^“v9” is no commit, branch or tag of /);
    repository.commit("Without", { "other.txt": "x" });
    repository.git("rm", "--quiet", "--cached", "api/Dockerfile");
    repository.git("commit", "--quiet", "--message", "Gone");
    assert.match((await refused("HEAD")).message, /^There is no api\/Dockerfile at \w+ \(Gone\)\.$/);
    assert.match(
      (await refused("HEAD~1", { target: "nothing" })).message,
      /^There is no stage nothing at \w+ \(Without\)\.$/,
    );
    const dockerfile = (await write("not-in-git/Dockerfile", "FROM scratch\n")).fsPath;
    assert.match(
      (await refused("HEAD", { dockerfile })).message,
      /is in no git repository, so it has no other/,
    );
    repository.commit("Broken", { "api/Dockerfile": text(1, "RUN exit 7\n") });
    const failed = await ended(
      run<RevisionResult>("compareWithRevision", answers({ revision: "HEAD" })),
      "build-failed",
    );
    assert.match(failed.message, /^Dockerfile @ \w+ could not be built: .*exit code:? 7/);
  });

  it("compares with a registry: what it tells, without and with a pull", async () => {
    registry = await startRegistry();
    const reference = `${registry.host}/team/sourced:1`;
    await docker("tag", "alpine:3.24", reference);
    await docker("push", "--quiet", reference);
    await docker("image", "rm", reference);
    const { told } = await ended(
      run<RegistryResult>("compareWithRegistry", { image: tag, reference, pull: false }),
      "told",
    );
    assert.equal(told.name, reference);
    assert.ok(told.transfer > megabyte && told.layers.length > 0);
    const has = async () =>
      (await docker("image", "ls", "--format", "{{.Repository}}")).includes("team/sourced");
    assert.equal(await has(), false, "nothing was pulled");
    const { one } = compared(
      await ended(
        run<RegistryResult>("compareWithRegistry", { image: tag, reference, pull: true }),
        "compared",
      ),
    );
    assert.equal(one.label, reference);
    assert.equal(await has(), true);
    const absent = await ended(
      run<RegistryResult>("compareWithRegistry", {
        image: tag,
        reference: `${registry.host}/no/such:1`,
        pull: false,
      }),
      "failed",
    );
    assert.match(absent.message, /^The registry .* has no .*\/no\/such:1\.$/);
  });
});
