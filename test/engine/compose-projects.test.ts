import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import recorded from "../fixtures/compose/project-answers.json" with { type: "json" };
import { composeProjects } from "../support/compose/compose-projects.ts";
import { askCompose } from "../support/engine/ask-compose.ts";

/**
 * The record that unit tests hold our own merging to is what the real Compose answers. `RECORD=1` writes it anew: look at the difference
 * before you commit it.
 */
test("docker compose config answers what is recorded", async () => {
  const answers: Record<string, unknown> = {};
  for (const { name, files } of composeProjects()) answers[name] = await askCompose(files);
  if (process.env["RECORD"]) {
    const file = fileURLToPath(new URL("../fixtures/compose/project-answers.json", import.meta.url));
    writeFileSync(file, `${JSON.stringify(answers, undefined, 1)}\n`);
  }
  expect(answers).toEqual(recorded);
});
