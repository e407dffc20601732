import type { CompletionItem, CompletionParams } from "vscode-languageserver/node";
import { completeCompose } from "../../features/completion/compose.ts";
import { completeDockerfile } from "../../features/completion/dockerfile.ts";
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
      : completeCompose(workspace.project(snapshot), offset);
  return candidates.map((it) => toCompletionItem(it, positions, session.client.snippets));
}
