import type { ComposeProject } from "../../model/compose/project.ts";
import { parseDotenv } from "../../syntax/dotenv/parse.ts";

/**
 * Tells which variables `.env` beside the Compose file sets. That includes those whose value is not known, because it is made of other
 * variables.
 */
export function setInEnvFile({ files, variables }: ComposeProject): (name: string) => boolean {
  const { entries } = parseDotenv(files.readFile(".env") ?? "");
  const names = new Set(entries.filter((it) => it.value !== undefined).map((it) => it.name));
  return (name) => names.has(name) || variables(name) !== undefined;
}
