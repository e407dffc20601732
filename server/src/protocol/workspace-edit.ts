import type { CreateFile, TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver/node";
import type { OtherFileChange } from "../rules/rule.ts";
import type { TextEdit } from "../text/edit.ts";
import { Positions } from "./positions.ts";
import type { Session, Subject } from "./session.ts";
import { toEdits } from "./to-lsp.ts";
import { uriOfPath } from "./uris.ts";

/** Edits of a document, and what is made with them in other files. */
export interface Change {
  readonly edits: readonly TextEdit[];
  readonly others?: readonly OtherFileChange[];
}

/**
 * As the editor takes it: with versions where it can, so that it refuses an edit of a text that has changed. Undefined where
 * it cannot make the whole of a change, or an open document is another text than the one that the change speaks of.
 */
export function toWorkspaceEdit(
  session: Session,
  { snapshot, positions }: Pick<Subject, "snapshot" | "positions">,
  { edits, others = [] }: Change,
): WorkspaceEdit | undefined {
  const { documentChanges, createsFiles } = session.client;
  const { uri, version } = snapshot;
  const own: TextDocumentEdit = { textDocument: { uri, version }, edits: toEdits(edits, positions) };
  const changes: (TextDocumentEdit | CreateFile)[] = edits.length > 0 || others.length === 0 ? [own] : [];
  for (const other of others) {
    if (other.kind === "create" && !createsFiles) return undefined;
    const change = other.kind === "create" ? creation(other.file, other.text) : editOf(other, session);
    if (!change) return undefined;
    changes.push(...change);
  }
  if (documentChanges) return { documentChanges: changes };
  const byUri: Record<string, TextDocumentEdit["edits"]> = {};
  for (const it of changes) if ("textDocument" in it) byUri[it.textDocument.uri] = it.edits;
  return { changes: byUri as NonNullable<WorkspaceEdit["changes"]> };
}

/** Where somebody else made it meanwhile, what it holds stays, below what is written here. */
function creation(file: string, text: string): readonly (TextDocumentEdit | CreateFile)[] {
  const uri = uriOfPath(file);
  const start = { line: 0, character: 0 };
  return [
    { kind: "create", uri, options: { ignoreIfExists: true } },
    { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: text }] },
  ];
}

function editOf(
  { file, before, edits }: Extract<OtherFileChange, { kind: "edit" }>,
  session: Session,
): readonly TextDocumentEdit[] | undefined {
  const open = session.documents.at(file);
  if (open && open.text !== before) return undefined;
  // No version means: as it is on disk.
  const textDocument = { uri: open?.uri ?? uriOfPath(file), version: open?.version ?? null };
  return [{ textDocument, edits: toEdits(edits, new Positions(before)) }];
}
