import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { commandLineEnvironment } from "../setup/engine.ts";
import { output } from "../setup/programs.ts";
import { composeVerdicts } from "../support/compose/compose-verdicts.ts";

/** Whether `docker compose config` takes a file. Needs no engine. */
async function takes(text: string): Promise<boolean> {
  const folder = mkdtempSync(path.join(tmpdir(), "plimsoll-verdict-"));
  try {
    writeFileSync(path.join(folder, "compose.yaml"), text);
    const { HOME = "/", PATH = "" } = process.env;
    const env = { HOME, PATH, ...commandLineEnvironment() };
    return await output("docker", ["compose", "config", "--quiet"], { cwd: folder, env }).then(
      () => true,
      () => false,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("docker compose takes and refuses what is recorded", async () => {
  const left = [...composeVerdicts()];
  const others: string[] = [];
  const ask = async () => {
    for (let it = left.pop(); it; it = left.pop())
      if ((await takes(it.text)) !== it.takes) others.push(it.name);
  };
  await Promise.all([ask(), ask(), ask(), ask()]);
  expect(others).toEqual([]);
}, 600_000);
