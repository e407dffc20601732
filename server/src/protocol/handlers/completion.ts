import type { CompletionItem, CompletionParams } from "vscode-languageserver/node";
import type { Candidate } from "../../features/completion/candidate.ts";
import { completeCompose, withoutLine } from "../../features/completion/compose.ts";
import { completeDockerfile } from "../../features/completion/dockerfile.ts";
import type { Snapshot } from "../../workspace/documents.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { Session } from "../session.ts";
import { toCompletionItem } from "../to-lsp.ts";

/** `textDocument/completion`. */
export async function answerCompletion(
  session: Session,
  { textDocument, position }: CompletionParams,
): Promise<CompletionItem[]> {
  const subject = await session.subject(textDocument.uri);
  if (!subject) return [];
  const { snapshot, positions, workspace } = subject;
  const offset = positions.offsetAt(position);
  const candidates =
    snapshot.kind === "dockerfile"
      ? completeDockerfile(workspace.dockerfile(snapshot), offset)
      : completeProject(workspace, snapshot, offset);
  return candidates.map((it) => toCompletionItem(it, positions, session.client.snippets));
}

/** Where the file cannot be read as it stands, what is being written at the cursor is left out of it. */
function completeProject(workspace: Workspace, snapshot: Snapshot, offset: number): Candidate[] {
  const project = workspace.project(snapshot);
  const errors = errorsIn(project);
  if (errors === 0) return completeCompose(project, offset);
  const readable = workspace.projectOfText(snapshot, withoutLine(project.file, offset));
  return errorsIn(readable) < errors
    ? completeCompose(readable, offset, project.file)
    : completeCompose(project, offset);
}

function errorsIn({ file }: ReturnType<Workspace["project"]>): number {
  return file.problems.filter((it) => it.severity === "error").length;
}
