import type { DocumentSymbol as LspSymbol } from "vscode-languageserver/node";
import { composeSymbols, dockerfileSymbols } from "../../features/symbols.ts";
import { guarded } from "../guarded.ts";
import type { Session } from "../session.ts";
import { toSymbol } from "../to-lsp.ts";

/** `textDocument/documentSymbol`; without children for an editor that knows flat lists only. */
export function answerSymbols(session: Session): void {
  const { connection } = session;
  connection.onDocumentSymbol(
    guarded<{ textDocument: { uri: string } }, LspSymbol[]>(
      connection.console,
      "textDocument/documentSymbol",
      [],
      async ({ textDocument }) => {
        const subject = await session.subject(textDocument.uri);
        if (!subject) return [];
        const { snapshot, positions, workspace } = subject;
        const symbols =
          snapshot.kind === "dockerfile"
            ? dockerfileSymbols(workspace.dockerfile(snapshot))
            : composeSymbols(workspace.project(snapshot));
        return symbols.map((it) => toSymbol(it, positions));
      },
    ),
  );
}
