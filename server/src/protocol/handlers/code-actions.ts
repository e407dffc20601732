import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from "vscode-languageserver/node";
import { type Action, quickFixes } from "../../features/code-actions.ts";
import { difference, fixAll } from "../../features/fix-all.ts";
import { fixAllKind } from "../capabilities.ts";
import type { Positions } from "../positions.ts";
import type { Session, Subject } from "../session.ts";
import { toWorkspaceEdit } from "../workspace-edit.ts";

/** `textDocument/codeAction`: fixes at a place, and `source.fixAll.plimsoll` when it is asked for by its kind. */
export async function answerCodeActions(
  session: Session,
  { textDocument, range, context }: CodeActionParams,
): Promise<CodeAction[]> {
  const subject = await session.subject(textDocument.uri);
  if (!subject || !session.client.codeActionLiterals) return [];
  const wants = (kind: string) => context.only === undefined || context.only.some((it) => includes(it, kind));
  return [
    ...(wants(CodeActionKind.QuickFix) ? await fixesAt(session, subject, range, context.diagnostics) : []),
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
  const file =
    snapshot.kind === "dockerfile" ? workspace.dockerfile(snapshot).file : workspace.project(snapshot).file;
  const target = { file, comments: workspace.configured(snapshot).ignoreComments };
  return quickFixes(target, problems, positions.spanOf(range)).flatMap((action) => {
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
