import { pathFrom } from "../../model/compose/path-from.ts";
import type { ComposeProject } from "../../model/compose/project.ts";
import { appendLines } from "../../text/line-breaks.ts";
import type { OtherFileChange } from "../rule.ts";

/** Adds a line to the `.env` beside a Compose file, or makes one of it; undefined where its place or its text is not known. */
export function addToEnvFile(
  { files }: Pick<ComposeProject, "files">,
  line: string,
): OtherFileChange | undefined {
  const file = pathFrom(files.directory, ".env");
  if (file === undefined) return undefined;
  const before = files.readFile(".env");
  // In another encoding than UTF-8; written back, its characters would be lost.
  if (before?.includes("\uFFFD")) return undefined;
  if (before !== undefined) return { kind: "edit", file, before, edits: [appendLines(before, [line])] };
  return files.kindOf(".env") === "absent" ? { kind: "create", file, text: `${line}\n` } : undefined;
}
