import type {
  DocumentFormattingParams,
  DocumentRangeFormattingParams,
  FormattingOptions,
  TextEdit,
} from "vscode-languageserver/node";
import { formatCompose } from "../../features/formatting/compose.ts";
import { formatDockerfile } from "../../features/formatting/dockerfile.ts";
import type { Session } from "../session.ts";
import { toEdits } from "../to-lsp.ts";

/** `textDocument/formatting` and `textDocument/rangeFormatting`. No edits for a file with syntax errors: its problems say why. */
export async function answerFormatting(
  session: Session,
  params: DocumentFormattingParams | DocumentRangeFormattingParams,
): Promise<TextEdit[] | null> {
  const subject = await session.subject(params.textDocument.uri);
  if (!subject) return null;
  const { snapshot, positions, workspace } = subject;
  const range = "range" in params ? { range: positions.spanOf(params.range) } : {};
  switch (snapshot.kind) {
    case "dockerfile": {
      const { file } = workspace.dockerfile(snapshot);
      return toEdits(formatDockerfile(file, { indent: indentOf(params.options), ...range }), positions);
    }
    case "compose": {
      const project = workspace.project(snapshot);
      const lists = session.knownSettingsOf(snapshot.uri).composeLists;
      return toEdits(formatCompose(project, { step: stepOf(params.options), lists, ...range }), positions);
    }
    default:
      return null;
  }
}

function indentOf({ tabSize, insertSpaces }: FormattingOptions): string {
  return insertSpaces ? " ".repeat(stepOf({ tabSize, insertSpaces })) : "\t";
}

/** YAML has no tabs; an editor that says nothing sensible gets what most files have. */
function stepOf({ tabSize }: FormattingOptions): number {
  return Number.isInteger(tabSize) && tabSize >= 1 && tabSize <= 8 ? tabSize : 2;
}
