import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { tools } from "../../setup/places.ts";
import { inTurn, isRunning, processName } from "../../setup/turns.ts";

const name = `turns-test-${process.pid}`;
const lock = path.join(tools, `${name}.lock`);

afterEach(() => rmSync(lock, { recursive: true, force: true }));

test("two that want the same never overlap", async () => {
  let inside = 0;
  let most = 0;
  const act = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setTimeout(resolve, 20));
    inside -= 1;
  };
  await Promise.all([inTurn(name, act), inTurn(name, act)]);
  expect(most).toBe(1);
  expect(existsSync(lock)).toBe(false);
});

test("the next one may when the first fails", async () => {
  await expect(inTurn(name, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await inTurn(name, () => Promise.resolve("yes"))).toBe("yes");
});

test("who was killed does not keep others waiting", async () => {
  const gone = spawnSync(process.execPath, ["-e", ""]).pid;
  mkdirSync(lock, { recursive: true });
  writeFileSync(path.join(lock, "owner"), String(gone));
  expect(await inTurn(name, () => Promise.resolve("done"))).toBe("done");
});

test("a process is known by more than its number", () => {
  expect(isRunning(processName(process.pid))).toBe(true);
  expect(isRunning(`${process.pid} 1`)).toBe(false);
});
