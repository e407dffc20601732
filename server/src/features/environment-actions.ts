import { type EnvironmentModel, isReadByCompose } from "../model/environment/environment-model.ts";
import { missingVariables } from "../model/environment/missing-variables.ts";
import { writtenValue } from "../rules/writing/environment/dotenv-values.ts";
import { appendLines } from "../text/line-breaks.ts";
import type { Span } from "../text/span.ts";
import type { Action } from "./code-actions.ts";

/**
 * Entries for the variables that Compose files use and the file does not set, with the defaults that they have there. Offered on an
 * empty line and at the file's end, so that no light burns beside each line.
 */
export function additionsToEnvironment(model: EnvironmentModel, range: Span): Action[] {
  const { file } = model;
  const line = file.lines.lineAt(range.start);
  const start = file.lines.startOf(line);
  const isEmpty = file.text.slice(start, file.lines.startOf(line + 1)).trim() === "";
  const isEnd = range.end >= file.text.trimEnd().length;
  if (!isReadByCompose(model) || !(isEmpty || isEnd)) return [];
  const missing = missingVariables(model);
  const [first] = missing;
  if (!first) return [];
  const entries = missing.map((it) => `${it.name}=${writtenValue(it.default ?? "") ?? ""}`);
  const title =
    missing.length === 1
      ? `Add ${first.name}, which the Compose file uses`
      : `Add ${missing.length} variables that the Compose file uses`;
  const edits = [appendLines(file.text, entries)];
  return [{ title, problem: undefined, preferred: false, edits }];
}
