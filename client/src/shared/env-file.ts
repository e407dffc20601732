import { parseDotenv } from "../../../server/src/syntax/dotenv/parse.ts";
import { resolveDotenv } from "../../../server/src/syntax/dotenv/resolve.ts";
import { valueIn } from "../../../server/src/text/value-in.ts";

/** What an environment file says. */
export interface EnvFile {
  /** By name. A variable without a value is there when the surroundings set it. */
  readonly variables: ReadonlyMap<string, string>;
  /** The first thing for which Compose refuses the file: the 1-based line, and a sentence. */
  readonly mistake: { readonly line: number; readonly message: string } | undefined;
}

/**
 * Reads a `.env` file with the reader of the server, which is held to what Compose answers. Never fails: what is wrong is left out.
 *
 * @param around the variables of the shell; they go before lines above where a value uses either
 */
export function readEnvFile(text: string, around: Readonly<Record<string, string | undefined>>): EnvFile {
  const file = parseDotenv(text);
  const variables = new Map<string, string>();
  for (const [name, { text, known }] of resolveDotenv(file, (it) => valueIn(around, it), "complete"))
    if (known) variables.set(name, text);
  const refused = file.problems.find((it) => it.severity === "error");
  return {
    variables,
    mistake: refused && { line: file.lines.lineAt(refused.span.start) + 1, message: refused.message },
  };
}
