import { type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver/node";
import { tokenTypes } from "../features/semantic-tokens.ts";
import type { ClientAbilities } from "./client-abilities.ts";

export const fixAllKind = "source.fixAll.plimsoll";

export const refactorKinds: readonly string[] = ["refactor.extract", "refactor.inline", "refactor.rewrite"];

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
    signatureHelpProvider: { triggerCharacters: [" ", "=", "[", ","] },
    hoverProvider: true,
    definitionProvider: true,
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: client.preparesRename ? { prepareProvider: true } : true,
    documentLinkProvider: { resolveProvider: false },
    selectionRangeProvider: true,
    semanticTokensProvider: { legend: { tokenTypes: [...tokenTypes], tokenModifiers: [] }, full: true },
    workspaceSymbolProvider: true,
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    codeActionProvider: { codeActionKinds: ["quickfix", ...refactorKinds, fixAllKind] },
    inlayHintProvider: true,
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...(client.pullDiagnostics && {
      diagnosticProvider: {
        identifier: "plimsoll",
        interFileDependencies: true,
        workspaceDiagnostics: false,
      },
    }),
  };
}
