import type { DotenvFile } from "../../syntax/dotenv/parse.ts";
import type { Span } from "../../text/span.ts";

/** A Compose file that `COMPOSE_FILE` of an `.env` names. */
export interface ListedFile {
  /** As written. */
  readonly path: string;
  readonly span: Span;
  readonly kind: "file" | "directory" | "absent" | "unknown";
}

/**
 * What `COMPOSE_FILE` names, as Compose takes it apart; none where a variable decides. `separator` is the one of this machine, unless
 * the file says another.
 */
export function listedComposeFiles(
  { entries }: DotenvFile,
  separator: string,
  kindOf: (path: string) => ListedFile["kind"],
): readonly ListedFile[] {
  const last = (name: string) => entries.findLast((it) => it.name === name && it.value !== undefined);
  const listed = last("COMPOSE_FILE");
  const between = last("COMPOSE_PATH_SEPARATOR")?.value || separator;
  const { value, verbatimAt } = listed ?? {};
  if (value === undefined || verbatimAt === undefined || value.includes("$") || between.includes("$"))
    return [];
  const files: ListedFile[] = [];
  let at = verbatimAt;
  for (const path of value.split(between)) {
    if (path !== "") files.push({ path, span: { start: at, end: at + path.length }, kind: kindOf(path) });
    at += path.length + between.length;
  }
  return files;
}
