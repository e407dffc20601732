import { hoverCompose } from "../../features/hover/compose.ts";
import { hoverDockerfile } from "../../features/hover/dockerfile.ts";
import { guarded } from "../guarded.ts";
import type { Session } from "../session.ts";
import { toHover } from "../to-lsp.ts";

/** `textDocument/hover`. */
export function answerHover(session: Session): void {
  const { connection } = session;
  connection.onHover(
    guarded(connection.console, "textDocument/hover", null, async ({ textDocument, position }) => {
      const subject = await session.subject(textDocument.uri);
      if (!subject) return null;
      const { snapshot, positions, workspace } = subject;
      const offset = positions.offsetAt(position);
      const hover =
        snapshot.kind === "dockerfile"
          ? hoverDockerfile(workspace.dockerfile(snapshot), offset)
          : hoverCompose(workspace.project(snapshot), offset);
      return hover ? toHover(hover, positions) : null;
    }),
  );
}
