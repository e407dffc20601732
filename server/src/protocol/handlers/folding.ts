import { composeFolds, dockerfileFolds } from "../../features/folding.ts";
import { guarded } from "../guarded.ts";
import type { Session } from "../session.ts";
import { toFoldingRange } from "../to-lsp.ts";

/** `textDocument/foldingRange`. */
export function answerFolding(session: Session): void {
  const { connection } = session;
  connection.onFoldingRanges(
    guarded(connection.console, "textDocument/foldingRange", [], async ({ textDocument }) => {
      const subject = await session.subject(textDocument.uri);
      if (!subject) return [];
      const { snapshot, workspace } = subject;
      const folds =
        snapshot.kind === "dockerfile"
          ? dockerfileFolds(workspace.dockerfile(snapshot))
          : composeFolds(workspace.project(snapshot).file);
      return folds.map(toFoldingRange);
    }),
  );
}
