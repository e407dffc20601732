import type { DefinitionParams, Location } from "vscode-languageserver/node";
import { declarationsOf, definitionInDockerfile } from "../../features/definition.ts";
import { idOf } from "../../workspace/workspace.ts";
import { locationsOf } from "../name-places.ts";
import type { Session } from "../session.ts";

/** `textDocument/definition`. */
export async function answerDefinition(
  session: Session,
  { textDocument, position }: DefinitionParams,
): Promise<Location | Location[] | null> {
  const subject = await session.anySubject(textDocument.uri);
  if (!subject) return null;
  const { snapshot, positions, workspace } = subject;
  const offset = positions.offsetAt(position);
  if (snapshot.kind === "dockerfile") {
    const span = definitionInDockerfile(workspace.dockerfile(snapshot), offset);
    if (span) return { uri: snapshot.uri, range: positions.rangeOf(span) };
  }
  const found = locationsOf(
    session,
    subject,
    declarationsOf(workspace.names(snapshot), idOf(snapshot), offset),
  );
  return found.length === 1 ? (found[0] ?? null) : found.length === 0 ? null : found;
}
