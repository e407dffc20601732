import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { output } from "../../setup/programs.ts";

/** What Compose makes of an environment file: its variables, or why it refuses the file. */
export type DotenvAnswer = Readonly<Record<string, string>> | { readonly refused: string };

/** The one variable that the shell of the questions sets. */
export const shellOfQuestions = { SHELL_SET: "shell" };

/**
 * Asks `docker compose config` about texts in the place of a service's `env_file`. Needs no engine.
 *
 * @param program the `docker-compose` to ask
 */
export async function askCompose(
  program: string,
  texts: readonly string[],
): Promise<Record<string, DotenvAnswer>> {
  const answers: Record<string, DotenvAnswer> = {};
  const waiting = [...texts];
  const askNext = async () => {
    for (let text = waiting.pop(); text !== undefined; text = waiting.pop())
      answers[text] = await askAbout(program, text);
  };
  await Promise.all([askNext(), askNext(), askNext(), askNext()]);
  return answers;
}

async function askAbout(program: string, text: string): Promise<DotenvAnswer> {
  const folder = mkdtempSync(path.join(tmpdir(), "plimsoll-dotenv-"));
  try {
    writeFileSync(path.join(folder, NAME), text);
    const compose = `name: t\nservices:\n  a:\n    image: x\n    env_file: ./${NAME}\n`;
    writeFileSync(path.join(folder, "compose.yaml"), compose);
    return await answerOf(program, folder, NAME);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const NAME = "asked.env";

async function answerOf(program: string, folder: string, name: string): Promise<DotenvAnswer> {
  const env = { PATH: process.env["PATH"], HOME: folder, ...shellOfQuestions };
  try {
    const json = await output(program, ["config", "--format", "json"], { cwd: folder, env });
    const config: { services: { a: { environment?: Record<string, string | null> } } } = JSON.parse(json);
    const variables = Object.entries(config.services.a.environment ?? {});
    // `config` writes a dollar as Compose reads it.
    return Object.fromEntries(variables.map(([key, it]) => [key, (it ?? "").replaceAll("$$", "$")]));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const reason = said.slice(said.indexOf("\n") + 1).split("\n");
    const last = reason.findLast((it) => it.includes(name)) ?? reason.at(-1) ?? "";
    return { refused: last.slice(last.indexOf(name) + name.length).replace(/^: /, "") };
  }
}
