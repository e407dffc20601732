import type { CompletionItem, CompletionParams } from "vscode-languageserver/node";
import type { Candidate } from "../../features/completion/candidate.ts";
import { completeCompose, withoutLine } from "../../features/completion/compose.ts";
import { completeConfiguration } from "../../features/completion/configuration.ts";
import { completeDockerfile } from "../../features/completion/dockerfile.ts";
import { completeEnvironment } from "../../features/completion/environment.ts";
import { completeIgnoreFile } from "../../features/completion/ignore-file.ts";
import type { Snapshot } from "../../workspace/documents.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { openConfigurationOf } from "../open-configuration.ts";
import type { Session, Subject } from "../session.ts";
import { toCompletionItem } from "../to-lsp.ts";

/** `textDocument/completion`. */
export async function answerCompletion(
  session: Session,
  { textDocument, position }: CompletionParams,
): Promise<CompletionItem[]> {
  const configuration = openConfigurationOf(session, textDocument.uri);
  if (configuration) {
    const { places, text, positions } = configuration;
    const found = completeConfiguration(places, text, positions.offsetAt(position));
    return found.map((it) => toCompletionItem(it, positions, session.client.snippets));
  }
  const subject = await session.anySubject(textDocument.uri);
  if (!subject) return [];
  const { positions } = subject;
  const offset = positions.offsetAt(position);
  const candidates = candidatesAt(subject, offset);
  return candidates.map((it) => toCompletionItem(it, positions, session.client.snippets));
}

function candidatesAt({ snapshot, workspace }: Subject, offset: number): Candidate[] {
  switch (snapshot.kind) {
    case "dockerfile":
      return completeDockerfile(workspace.dockerfile(snapshot), offset);
    case "compose":
      return completeProject(workspace, snapshot, offset);
    case "environment":
      return completeEnvironment(workspace.environment(snapshot), offset);
    case "ignore":
      return completeIgnoreFile(workspace.ignoreFile(snapshot), offset);
  }
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
