import path from "node:path";
import { expect, test } from "vitest";
import answers from "../fixtures/dotenv/compose-answers.json" with { type: "json" };
import { tools } from "../setup/places.ts";
import { output } from "../setup/programs.ts";
import { askCompose, type DotenvAnswer } from "../support/compose/dotenv-answers.ts";
import { dotenvTexts } from "../support/compose/dotenv-texts.ts";

const program = path.join(tools, "engine/cli/cli-plugins/docker-compose");

/** The version that was asked when the answers were recorded: another one may read files in another way. */
const RECORDED = /\b2\.40\.\d/;

test("the record says what Compose answers", async () => {
  const version = await output(program, ["version"]);
  expect(version, "Compose of another version: record its answers with this test's own").toMatch(RECORDED);
  const recorded: Readonly<Record<string, DotenvAnswer>> = answers;
  expect(await askCompose(program, dotenvTexts)).toEqual(recorded);
});
