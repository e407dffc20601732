import type { SymbolInformation, WorkspaceSymbolParams } from "vscode-languageserver/node";
import { findSymbols } from "../../features/workspace-symbols.ts";
import { filesOfWorkspace } from "../../workspace/find-files.ts";
import { inPieces } from "../in-pieces.ts";
import { Positions } from "../positions.ts";
import type { Session } from "../session.ts";
import { symbolKinds } from "../to-lsp.ts";
import { uriOfPath } from "../uris.ts";

/** More nobody reads through; who wants others types on. */
const MOST_SYMBOLS = 500;

/** `workspace/symbol`: in open documents, and in the files of the opened folders. */
export async function answerWorkspaceSymbols(
  session: Session,
  { query }: WorkspaceSymbolParams,
): Promise<SymbolInformation[]> {
  const workspace = await session.workspace();
  const open = session.documents.all().flatMap((it) => it.path ?? []);
  const paths = new Set([...open, ...(await inPieces(filesOfWorkspace(session.folders, session.disk)))]);
  return inPieces(search());

  function* search(): Generator<undefined, SymbolInformation[], undefined> {
    const found: SymbolInformation[] = [];
    for (const path of paths) {
      yield;
      const symbols = findSymbols(workspace.outlineAt(path), query);
      const text = symbols.length > 0 ? workspace.textAt(path) : undefined;
      if (text === undefined) continue;
      const positions = new Positions(text);
      const uri = session.documents.at(path)?.uri ?? uriOfPath(path);
      for (const { name, kind, container, symbol } of symbols) {
        if (found.length >= MOST_SYMBOLS) return found;
        const location = { uri, range: positions.rangeOf(symbol.selection) };
        found.push({ name, kind: symbolKinds[kind], containerName: container, location });
      }
    }
    return found;
  }
}
