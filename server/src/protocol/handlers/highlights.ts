import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentHighlightParams,
} from "vscode-languageserver/node";
import { referencesOf } from "../../features/references.ts";
import { idOf } from "../../workspace/workspace.ts";
import type { Session } from "../session.ts";

/** `textDocument/documentHighlight`. */
export async function answerHighlights(
  session: Session,
  { textDocument, position }: DocumentHighlightParams,
): Promise<DocumentHighlight[]> {
  const subject = await session.anySubject(textDocument.uri);
  if (!subject) return [];
  const { snapshot, positions, workspace } = subject;
  const id = idOf(snapshot);
  return referencesOf(workspace.names(snapshot), id, positions.offsetAt(position), true)
    .filter((it) => it.file === id)
    .map(({ span, role }) => ({
      range: positions.rangeOf(span),
      kind: role === "declaration" ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
}
