import type { FoldingRange, FoldingRangeParams } from "vscode-languageserver/node";
import { composeFolds, dockerfileFolds } from "../../features/folding.ts";
import type { Session } from "../session.ts";
import { toFoldingRange } from "../to-lsp.ts";

/** `textDocument/foldingRange`. */
export async function answerFolding(
  session: Session,
  { textDocument }: FoldingRangeParams,
): Promise<FoldingRange[]> {
  const subject = await session.subject(textDocument.uri);
  if (!subject) return [];
  const { snapshot, workspace } = subject;
  const folds =
    snapshot.kind === "dockerfile"
      ? dockerfileFolds(workspace.dockerfile(snapshot))
      : composeFolds(workspace.project(snapshot).file);
  return folds.map(toFoldingRange);
}
