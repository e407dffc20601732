import type { Location, ReferenceParams } from "vscode-languageserver/node";
import { referencesOf } from "../../features/references.ts";
import { idOf } from "../../workspace/workspace.ts";
import { locationsOf } from "../name-places.ts";
import type { Session } from "../session.ts";

/** `textDocument/references`. */
export async function answerReferences(
  session: Session,
  { textDocument, position, context }: ReferenceParams,
): Promise<Location[]> {
  const subject = await session.anySubject(textDocument.uri);
  if (!subject) return [];
  const { snapshot, positions, workspace } = subject;
  const offset = positions.offsetAt(position);
  const found = referencesOf(workspace.names(snapshot), idOf(snapshot), offset, context.includeDeclaration);
  return locationsOf(session, subject, found);
}
