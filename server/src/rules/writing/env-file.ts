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
  if (before !== undefined) return { kind: "edit", file, before, edits: [appendLines(before, [line])] };
  return files.kindOf(".env") === "absent" ? { kind: "create", file, text: `${line}\n` } : undefined;
}
