import { resolve } from "node:path";
import type { InlayHintParams, InlayHint as LspHint } from "vscode-languageserver/node";
import { withoutSecrets } from "../../../../client/src/shared/secrets.ts";
import { composeHints } from "../../features/inlay-hints/compose.ts";
import type { InlayHint } from "../../features/inlay-hints/inlay-hint.ts";
import { Positions } from "../positions.ts";
import type { Session } from "../session.ts";
import { uriOfPath } from "../uris.ts";

/** `textDocument/inlayHint`, of Compose files. */
export async function answerInlayHints(
  session: Session,
  { textDocument, range }: InlayHintParams,
): Promise<LspHint[]> {
  const subject = await session.subject(textDocument.uri);
  if (subject?.snapshot.kind !== "compose") return [];
  const { snapshot, positions, workspace } = subject;
  if (!session.knownSettingsOf(snapshot.uri).composeInlayHints) return [];
  const path = snapshot.path?.replaceAll("\\", "/");
  const span = positions.spanOf(range);
  const hints = composeHints(
    workspace.project(snapshot),
    () => workspace.effective(snapshot),
    path,
    span,
    withoutSecrets,
  );
  return hints.map((it) => toLsp(it, positions));
}

function toLsp({ offset, text, origin }: InlayHint, positions: Positions): LspHint {
  const position = positions.positionAt(offset);
  if (!origin) return { position, label: text, paddingLeft: true };
  const { source, span } = origin;
  const start = new Positions(source.file.text).positionAt(span.start);
  const location = { uri: uriOfPath(resolve(source.path)), range: { start, end: start } };
  return { position, label: [{ value: text, location }], paddingLeft: true };
}
