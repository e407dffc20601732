import {
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensParams,
} from "vscode-languageserver/node";
import { semanticTokens, tokenTypes } from "../../features/semantic-tokens.ts";
import { idOf } from "../../workspace/workspace.ts";
import type { Session } from "../session.ts";

/** `textDocument/semanticTokens/full`. */
export async function answerSemanticTokens(
  session: Session,
  { textDocument }: SemanticTokensParams,
): Promise<SemanticTokens> {
  const subject = await session.anySubject(textDocument.uri);
  if (!subject) return { data: [] };
  const { snapshot, positions, workspace } = subject;
  const builder = new SemanticTokensBuilder();
  for (const { span, type } of semanticTokens(workspace.names(snapshot), idOf(snapshot))) {
    const { line, character } = positions.positionAt(span.start);
    builder.push(line, character, span.end - span.start, tokenTypes.indexOf(type), 0);
  }
  return builder.build();
}
