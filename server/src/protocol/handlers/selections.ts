import type { SelectionRange, SelectionRangeParams } from "vscode-languageserver/node";
import { selectionInCompose, selectionInDockerfile } from "../../features/selection.ts";
import type { Session } from "../session.ts";

/** `textDocument/selectionRange`. */
export async function answerSelections(
  session: Session,
  { textDocument, positions: asked }: SelectionRangeParams,
): Promise<SelectionRange[] | null> {
  const subject = await session.subject(textDocument.uri);
  if (!subject) return null;
  const { snapshot, positions, workspace } = subject;
  return asked.map((position) => {
    const offset = positions.offsetAt(position);
    const spans =
      snapshot.kind === "dockerfile"
        ? selectionInDockerfile(workspace.dockerfile(snapshot), offset)
        : selectionInCompose(workspace.project(snapshot).file, offset);
    const range = spans.reduceRight<SelectionRange | undefined>(
      (parent, span) => ({ range: positions.rangeOf(span), ...(parent && { parent }) }),
      undefined,
    );
    return range ?? { range: { start: position, end: position } };
  });
}
