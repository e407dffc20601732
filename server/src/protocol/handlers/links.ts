import type { DocumentLink, DocumentLinkParams } from "vscode-languageserver/node";
import { composeLinks, dockerfileLinks } from "../../features/links.ts";
import { idOf } from "../../workspace/workspace.ts";
import type { Session } from "../session.ts";
import { uriOfPath } from "../uris.ts";

/** `textDocument/documentLink`. */
export async function answerLinks(
  session: Session,
  { textDocument }: DocumentLinkParams,
): Promise<DocumentLink[]> {
  const subject = await session.subject(textDocument.uri);
  if (!subject) return [];
  const { snapshot, positions, workspace } = subject;
  const id = idOf(snapshot);
  const source = workspace.names(snapshot).sources.compose.find((it) => it.path === id);
  const links =
    snapshot.kind === "dockerfile"
      ? dockerfileLinks(workspace.dockerfile(snapshot), workspace.contextFolder(snapshot))
      : source
        ? composeLinks(source, (path) => workspace.isFile(path))
        : [];
  return links.map(({ span, target }) => ({
    range: positions.rangeOf(span),
    target: "file" in target ? uriOfPath(target.file) : target.page,
  }));
}
