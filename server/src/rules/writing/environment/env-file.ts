import { pathFrom } from "../../../model/compose/files/path-from.ts";
import type { ComposeProject } from "../../../model/compose/project.ts";
import { appendLines } from "../../../text/line-breaks.ts";
import type { OtherFileChange } from "../../rule.ts";
import { keepOutNewSecret } from "../ignore/keep-out.ts";

/**
 * What keeps the `.env` out of the image of the Dockerfile beside the Compose file, where that would take it in with all that is there:
 * a fix that writes a secret there must not put it into an image.
 */
export function keepEnvFileOut({ files }: Pick<ComposeProject, "files">): readonly OtherFileChange[] {
  const model = files.dockerfile(".", undefined, {});
  const change = model && keepOutNewSecret(model, ".env");
  return change ? [change] : [];
}

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
