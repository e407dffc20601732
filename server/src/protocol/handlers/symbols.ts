import type { DocumentSymbol, DocumentSymbolParams } from "vscode-languageserver/node";
import { composeSymbols, dockerfileSymbols } from "../../features/symbols.ts";
import type { Session } from "../session.ts";
import { toSymbol } from "../to-lsp.ts";

/** `textDocument/documentSymbol`. */
export async function answerSymbols(
  session: Session,
  { textDocument }: DocumentSymbolParams,
): Promise<DocumentSymbol[]> {
  const subject = await session.subject(textDocument.uri);
  if (!subject) return [];
  const { snapshot, positions, workspace } = subject;
  const symbols =
    snapshot.kind === "dockerfile"
      ? dockerfileSymbols(workspace.dockerfile(snapshot))
      : composeSymbols(workspace.project(snapshot));
  return symbols.map((it) => toSymbol(it, positions));
}
