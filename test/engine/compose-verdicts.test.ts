import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { commandLineEnvironment } from "../setup/engine.ts";
import { output } from "../setup/programs.ts";
import { composeVerdicts } from "../support/compose-verdicts.ts";

/** Whether `docker compose config` takes a file. Needs no engine. */
async function takes(text: string): Promise<boolean> {
  const folder = mkdtempSync(path.join(tmpdir(), "plimsoll-verdict-"));
  try {
    writeFileSync(path.join(folder, "compose.yaml"), text);
    const { HOME = "/", PATH = "" } = process.env;
    const env = { HOME, PATH, COMPOSE_PROJECT_NAME: "project", ...commandLineEnvironment() };
    return await output("docker", ["compose", "config", "--quiet"], { cwd: folder, env }).then(
      () => true,
      () => false,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("docker compose takes and refuses what is recorded", async () => {
  const others: string[] = [];
  for (const it of composeVerdicts()) if ((await takes(it.text)) !== it.takes) others.push(it.name);
  expect(others).toEqual([]);
}, 300_000);
