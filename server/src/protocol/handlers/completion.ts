import type { CompletionItem } from "vscode-languageserver/node";
import { completeCompose } from "../../features/completion/compose.ts";
import { completeDockerfile } from "../../features/completion/dockerfile.ts";
import { guarded } from "../guarded.ts";
import type { Session } from "../session.ts";
import { toCompletionItem } from "../to-lsp.ts";

/** Typed after these, the list opens by itself. */
export const completionTriggers: readonly string[] = ["-", "=", ",", "$", "{", ":", "/", "#", " "];

/** `textDocument/completion`. */
export function answerCompletion(session: Session): void {
  const { connection } = session;
  connection.onCompletion(
    guarded<
      { textDocument: { uri: string }; position: { line: number; character: number } },
      CompletionItem[]
    >(connection.console, "textDocument/completion", [], async ({ textDocument, position }) => {
      const subject = await session.subject(textDocument.uri);
      if (!subject) return [];
      const { snapshot, positions, workspace } = subject;
      const offset = positions.offsetAt(position);
      const candidates =
        snapshot.kind === "dockerfile"
          ? completeDockerfile(workspace.dockerfile(snapshot), offset)
          : completeCompose(workspace.project(snapshot), offset);
      return candidates.map((it) => toCompletionItem(it, positions, session.client.snippets));
    }),
  );
}
