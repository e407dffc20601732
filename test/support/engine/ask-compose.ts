import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { commandLineEnvironment } from "../../setup/engine.ts";
import { output } from "../../setup/programs.ts";
import { type Files, home } from "../compose/compose-projects.ts";

/** What `docker compose config` makes of files, in place of whose folder `/project` stands. Needs no engine. */
export async function askCompose(files: Files): Promise<unknown> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "plimsoll-project-")));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const { HOME = "/", PATH = "" } = process.env;
    const env = { HOME, PATH, COMPOSE_PROJECT_NAME: "project", ...commandLineEnvironment() };
    const args = [
      "compose",
      "--profile",
      "*",
      "config",
      "--no-consistency",
      "--no-normalize",
      "--format",
      "json",
    ];
    const text = await output("docker", args, { cwd: folder, env });
    // A path that leads out of the folder ends beside it.
    const beside = path.dirname(folder);
    return JSON.parse(text.replaceAll(folder, home).replaceAll(`"${beside}/`, '"/'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
