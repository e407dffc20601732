import { type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver/node";
import type { ClientAbilities } from "./client-abilities.ts";

export const fixAllKind = "source.fixAll.plimsoll";

/** Typed after these, the list of completions opens by itself. */
const completionTriggers: readonly string[] = [
  "-",
  "=",
  ",",
  "$",
  "{",
  ":",
  "/",
  "#",
  " ",
  "[",
  '"',
  "*",
  "!",
];

/** What the server answers, to an editor that can do this. */
export function capabilitiesFor(client: ClientAbilities): ServerCapabilities {
  return {
    textDocumentSync: {
      openClose: true,
      change: TextDocumentSyncKind.Incremental,
      save: { includeText: false },
    },
    completionProvider: { triggerCharacters: [...completionTriggers] },
    hoverProvider: true,
    definitionProvider: true,
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    inlayHintProvider: true,
    codeActionProvider: { codeActionKinds: ["quickfix", fixAllKind] },
    ...(client.pullDiagnostics && {
      diagnosticProvider: {
        identifier: "plimsoll",
        interFileDependencies: true,
        workspaceDiagnostics: false,
      },
    }),
  };
}
