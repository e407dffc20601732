import type { SignatureHelp, SignatureHelpParams } from "vscode-languageserver/node";
import { MarkupKind } from "vscode-languageserver/node";
import { signaturesAt } from "../../features/signature.ts";
import type { Session } from "../session.ts";

/** `textDocument/signatureHelp`, for Dockerfiles. */
export async function answerSignatures(
  session: Session,
  { textDocument, position }: SignatureHelpParams,
): Promise<SignatureHelp | null> {
  const subject = await session.anySubject(textDocument.uri);
  if (subject?.snapshot.kind !== "dockerfile") return null;
  const { snapshot, positions, workspace } = subject;
  const found = signaturesAt(workspace.dockerfile(snapshot), positions.offsetAt(position));
  if (!found) return null;
  return {
    signatures: found.forms.map(({ label, parts }) => ({
      label,
      parameters: parts.map(({ start, end, documentation }) => ({
        label: [start, end],
        ...(documentation !== undefined && {
          documentation: { kind: MarkupKind.Markdown, value: documentation },
        }),
      })),
    })),
    activeSignature: found.active,
    // A number that no part has shows none as active.
    activeParameter: found.part ?? found.forms[found.active]?.parts.length ?? 0,
  };
}
