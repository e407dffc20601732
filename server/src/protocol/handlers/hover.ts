import type { Hover, HoverParams } from "vscode-languageserver/node";
import { withoutSecrets } from "../../../../client/src/shared/secrets.ts";
import { serviceElsewhere } from "../../features/effective/service-elsewhere.ts";
import { hoverCompose } from "../../features/hover/compose.ts";
import { hoverDockerfile } from "../../features/hover/dockerfile.ts";
import type { Session } from "../session.ts";
import { toHover } from "../to-lsp.ts";

/** `textDocument/hover`. */
export async function answerHover(
  session: Session,
  { textDocument, position }: HoverParams,
): Promise<Hover | null> {
  const subject = await session.subject(textDocument.uri);
  if (!subject) return null;
  const { snapshot, positions, workspace } = subject;
  const offset = positions.offsetAt(position);
  const hover =
    snapshot.kind === "dockerfile"
      ? hoverDockerfile(
          workspace.dockerfile(snapshot),
          offset,
          session.knownSettingsOf(snapshot.uri).estimates,
        )
      : hoverCompose(workspace.project(snapshot), offset, (service) =>
          serviceElsewhere(workspace.effective(snapshot), snapshot.path, service, withoutSecrets),
        );
  return hover ? toHover(hover, positions) : null;
}
