import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { compiledServerFolder, removeOtherCompiled } from "../../../client/src/compiled-server.ts";

function storageOfATest(): string {
  const storage = mkdtempSync(join(tmpdir(), "plimsoll-compiled-"));
  onTestFinished(() => rmSync(storage, { recursive: true }));
  return storage;
}

test("Node keeps there what it compiled, and what other versions left is removed", async () => {
  const storage = storageOfATest();
  const [before, now] = ["plimsoll-0.2.0", "plimsoll-0.3.0"].map((it) =>
    compiledServerFolder(storage, `/home/me/.vscode/extensions/${it}`),
  );
  const server = join(storage, "server.cjs");
  writeFileSync(server, "exports.answer = () => 42; exports.answer();");
  for (const folder of [before, now])
    execFileSync(process.execPath, ["-e", `require(${JSON.stringify(server)})`], {
      env: { ...process.env, NODE_COMPILE_CACHE: folder },
    });
  expect(readdirSync(join(storage, "compiled-server"))).toEqual(["plimsoll-0.2.0", "plimsoll-0.3.0"]);
  await removeOtherCompiled(now ?? "");
  expect(readdirSync(join(storage, "compiled-server"))).toEqual(["plimsoll-0.3.0"]);
  expect(readdirSync(now ?? "")).not.toEqual([]);
});

test("at the first start there is nothing to remove", async () => {
  await expect(
    removeOtherCompiled(compiledServerFolder(storageOfATest(), "/x/plimsoll-0.3.0")),
  ).resolves.toBe(undefined);
});
