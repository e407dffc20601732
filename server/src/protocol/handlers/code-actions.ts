import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from "vscode-languageserver/node";
import { type Action, quickFixes } from "../../features/code-actions.ts";
import { additionsToEnvironment } from "../../features/environment-actions.ts";
import { difference, fixAll } from "../../features/fix-all.ts";
import { refactor } from "../../features/refactor/refactor.ts";
import type { SuppressionTarget } from "../../features/suppress/suppress.ts";
import { fixAllKind, refactorKinds } from "../capabilities.ts";
import type { Positions } from "../positions.ts";
import type { Session, Subject } from "../session.ts";
import { toWorkspaceEdit } from "../workspace-edit.ts";

/** `textDocument/codeAction`: fixes and refactorings at a place, and `source.fixAll.plimsoll` when it is asked for by its kind. */
export async function answerCodeActions(
  session: Session,
  { textDocument, range, context }: CodeActionParams,
): Promise<CodeAction[]> {
  const subject = await session.anySubject(textDocument.uri);
  if (!subject || !session.client.codeActionLiterals) return [];
  const wants = (kind: string) => context.only === undefined || context.only.some((it) => includes(it, kind));
  return [
    ...(wants(CodeActionKind.QuickFix) ? await fixesAt(session, subject, range, context.diagnostics) : []),
    ...refactoringsAt(session, subject, range, wants),
    ...(context.only !== undefined && wants(fixAllKind) ? await everythingSafe(session, subject) : []),
  ];
}

/** Kinds are hierarchical: `source` asks for `source.fixAll.plimsoll` too. */
function includes(asked: string, kind: string): boolean {
  return asked === "" || kind === asked || kind.startsWith(`${asked}.`);
}

async function fixesAt(
  session: Session,
  subject: Subject,
  range: Diagnostic["range"],
  shown: readonly Diagnostic[],
): Promise<CodeAction[]> {
  const { snapshot, positions, workspace } = subject;
  const problems = workspace.problems(snapshot);
  const target = { file: commentedFile(subject), comments: workspace.configured(snapshot).ignoreComments };
  const at = positions.spanOf(range);
  const additions =
    snapshot.kind === "environment" ? additionsToEnvironment(workspace.environment(snapshot), at) : [];
  const changed = snapshot.kind === "dockerfile" || snapshot.kind === "ignore" ? "the build" : "what runs";
  return [...quickFixes(target, problems, at, changed), ...additions].flatMap((action) => {
    const edit = toWorkspaceEdit(session, subject, action);
    return edit
      ? [
          {
            title: action.title,
            kind: CodeActionKind.QuickFix,
            ...(action.preferred && { isPreferred: true }),
            edit,
            ...diagnosticsOf(action, shown, positions),
          },
        ]
      : [];
  });
}

/** Other ways to write what is at a place of a Compose file. */
function refactoringsAt(
  session: Session,
  subject: Subject,
  range: Diagnostic["range"],
  wants: (kind: string) => boolean,
): CodeAction[] {
  const { snapshot, positions, workspace } = subject;
  if (snapshot.kind !== "compose" || !refactorKinds.some(wants)) return [];
  const folder = snapshot.path?.replace(/[\\/][^\\/]*$/, "");
  return refactor(workspace.project(snapshot), positions.spanOf(range), folder).flatMap((offer) => {
    const kind = `${CodeActionKind.Refactor}.${offer.kind}`;
    const edit = wants(kind) ? toWorkspaceEdit(session, subject, offer) : undefined;
    return edit ? [{ title: offer.title, kind, edit }] : [];
  });
}

/** What comments are written into. */
function commentedFile({ snapshot, workspace }: Subject): SuppressionTarget["file"] {
  switch (snapshot.kind) {
    case "dockerfile":
      return workspace.dockerfile(snapshot).file;
    case "compose":
      return workspace.project(snapshot).file;
    case "environment":
      return workspace.environment(snapshot).file;
    case "ignore":
      return { ...workspace.ignoreFile(snapshot), commentsInFirstColumn: true };
  }
}

async function everythingSafe(session: Session, subject: Subject): Promise<CodeAction[]> {
  const { snapshot, workspace } = subject;
  const check = (text: string) =>
    text === snapshot.text ? workspace.problems(snapshot) : workspace.problemsOfText(snapshot, text);
  const fixed = fixAll(snapshot.text, check, "safe");
  const edits = difference(snapshot.text, fixed.text);
  const edit = edits.length > 0 ? toWorkspaceEdit(session, subject, { edits }) : undefined;
  return edit ? [{ title: "Fix everything that is safe to fix", kind: fixAllKind, edit }] : [];
}

/** The diagnostic as the editor sent it, so that it knows which one will be gone. */
function diagnosticsOf(
  { problem }: Action,
  shown: readonly Diagnostic[],
  positions: Positions,
): { diagnostics?: Diagnostic[] } {
  if (!problem) return {};
  const { start } = positions.rangeOf(problem.span);
  const same = shown.filter(
    (it) =>
      it.code === problem.rule &&
      it.range.start.line === start.line &&
      it.range.start.character === start.character,
  );
  return same.length > 0 ? { diagnostics: same } : {};
}
