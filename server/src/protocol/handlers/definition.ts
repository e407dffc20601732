import type { DefinitionParams, Location } from "vscode-languageserver/node";
import { definitionInCompose, definitionInDockerfile } from "../../features/definition.ts";
import { Positions } from "../positions.ts";
import type { Session } from "../session.ts";
import { uriOfPath } from "../uris.ts";

/** `textDocument/definition`. */
export async function answerDefinition(
  session: Session,
  { textDocument, position }: DefinitionParams,
): Promise<Location | null> {
  const subject = await session.subject(textDocument.uri);
  if (!subject) return null;
  const { snapshot, positions, workspace } = subject;
  const offset = positions.offsetAt(position);
  const target =
    snapshot.kind === "dockerfile"
      ? definitionInDockerfile(workspace.dockerfile(snapshot), offset)
      : definitionInCompose(workspace.project(snapshot), offset);
  if (!target) return null;
  if (target.file === undefined) return { uri: snapshot.uri, range: positions.rangeOf(target.span) };
  const text = workspace.textAt(target.file);
  return text === undefined
    ? null
    : { uri: uriOfPath(target.file), range: new Positions(text).rangeOf(target.span) };
}
