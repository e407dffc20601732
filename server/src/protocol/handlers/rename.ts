import {
  LSPErrorCodes,
  type PrepareRenameParams,
  type Range,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import type { Occurrence } from "../../features/names/name.ts";
import { type Renamable, renamableAt, rename } from "../../features/names/rename.ts";
import type { OtherFileChange } from "../../rules/rule.ts";
import { idOf } from "../../workspace/workspace.ts";
import { locationsOf } from "../name-places.ts";
import type { Session, Subject } from "../session.ts";
import { toWorkspaceEdit } from "../workspace-edit.ts";

/** `textDocument/prepareRename`: the name's place, or an error that says why there is none. */
export async function answerPrepareRename(
  session: Session,
  { textDocument, position }: PrepareRenameParams,
): Promise<{ range: Range; placeholder: string } | null> {
  const subject = await session.anySubject(textDocument.uri);
  if (!subject) return null;
  const { snapshot, positions } = subject;
  const { span } = renamableIn(session, subject, position);
  return { range: positions.rangeOf(span), placeholder: snapshot.text.slice(span.start, span.end) };
}

/** `textDocument/rename`: one edit of all files that have the name, or an error that says why there is none. */
export async function answerRename(
  session: Session,
  { textDocument, position, newName }: RenameParams,
): Promise<WorkspaceEdit | null> {
  const subject = await session.anySubject(textDocument.uri);
  if (!subject) return null;
  const { snapshot, workspace } = subject;
  const edits = rename(workspace.names(snapshot), renamableIn(session, subject, position), newName);
  if ("refused" in edits) throw refusal(edits.refused);
  const id = idOf(snapshot);
  const others: OtherFileChange[] = [];
  for (const [file, inFile] of edits) {
    const before = file === id ? undefined : workspace.textAt(file);
    if (before !== undefined) others.push({ kind: "edit", file, before, edits: inFile });
  }
  const edit = toWorkspaceEdit(session, subject, { edits: edits.get(id) ?? [], others });
  if (!edit) throw refusal("A file with this name was changed meanwhile. Try again.");
  return edit;
}

function renamableIn(session: Session, subject: Subject, position: RenameParams["position"]): Renamable {
  const { snapshot, positions, workspace } = subject;
  const describe = (occurrence: Occurrence) => {
    const [location] = locationsOf(session, subject, [occurrence]);
    const name = location ? decodeURIComponent(location.uri.slice(location.uri.lastIndexOf("/") + 1)) : "";
    return `${name}, line ${(location?.range.start.line ?? 0) + 1}`;
  };
  const offset = positions.offsetAt(position);
  const found = renamableAt(workspace.names(snapshot), idOf(snapshot), offset, { describe });
  if (!found) throw refusal("There is no name here that Plimsoll can rename.");
  if ("refused" in found) throw refusal(found.refused);
  return found;
}

/** Editors show its text to the user. */
function refusal(message: string): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}
