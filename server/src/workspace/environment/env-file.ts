import { join } from "node:path";
import type { VariableLookup } from "../../syntax/compose/interpolate.ts";
import { parseDotenv } from "../../syntax/dotenv/parse.ts";
import type { Surroundings } from "../models.ts";

/**
 * Variables that Compose takes from `.env` beside the file. Those of the shell that will run Compose are not known, so a
 * variable that is missing is not known either.
 */
export function composeVariables(
  folder: string | undefined,
  around: Pick<Surroundings, "textAt">,
): VariableLookup {
  const text = folder === undefined ? undefined : around.textAt(join(folder, ".env"));
  if (text === undefined) return () => undefined;
  // A value with variables of its own depends on the shell again.
  const certain = parseDotenv(text).entries.filter((it) => it.quote === "single" || !it.value?.includes("$"));
  const variables = new Map(certain.map((it) => [it.name, it.value]));
  return (name) => variables.get(name);
}
