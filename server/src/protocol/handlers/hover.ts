import type { Hover, HoverParams } from "vscode-languageserver/node";
import { withoutSecrets } from "../../../../client/src/shared/secrets.ts";
import { isWhollyHere, serviceElsewhere } from "../../features/effective/service-elsewhere.ts";
import { hoverCompose, type ServiceInText } from "../../features/hover/compose.ts";
import { hoverConfiguration } from "../../features/hover/configuration.ts";
import { hoverDockerfile } from "../../features/hover/dockerfile.ts";
import { hoverEnvironment } from "../../features/hover/environment.ts";
import type { Hover as FoundHover } from "../../features/hover/hover.ts";
import { hoverIgnoreFile } from "../../features/hover/ignore-file.ts";
import type { NameTable } from "../../features/names/table.ts";
import { idOf } from "../../workspace/workspace.ts";
import { openConfigurationOf } from "../open-configuration.ts";
import type { Session, Subject } from "../session.ts";
import { toHover } from "../to-lsp.ts";

/** `textDocument/hover`. */
export async function answerHover(
  session: Session,
  { textDocument, position }: HoverParams,
): Promise<Hover | null> {
  const configuration = openConfigurationOf(session, textDocument.uri);
  if (configuration) {
    const { places, text, positions } = configuration;
    const found = hoverConfiguration(places, text, positions.offsetAt(position));
    return found ? toHover(found, positions) : null;
  }
  const subject = await session.anySubject(textDocument.uri);
  if (!subject) return null;
  const { positions } = subject;
  const offset = positions.offsetAt(position);
  const hover = hoverAt(session, subject, offset);
  return hover ? toHover(hover, positions) : null;
}

function serviceNamedAt(table: NameTable, file: string, offset: number): ServiceInText | undefined {
  const found = table.at(file, offset).find(({ name }) => name.kind === "service");
  return found && { service: found.name.text, span: found.span };
}

function hoverAt(session: Session, { snapshot, workspace }: Subject, offset: number): FoundHover | undefined {
  switch (snapshot.kind) {
    case "dockerfile":
      return hoverDockerfile(
        workspace.dockerfile(snapshot),
        offset,
        session.knownSettingsOf(snapshot.uri).estimates,
      );
    case "compose":
      return hoverCompose(
        workspace.project(snapshot),
        offset,
        (service) =>
          isWhollyHere(workspace.project(snapshot), service)
            ? ""
            : serviceElsewhere(workspace.effective(snapshot), snapshot.path, service, withoutSecrets),
        (at) => serviceNamedAt(workspace.names(snapshot), idOf(snapshot), at),
      );
    case "environment":
      return hoverEnvironment(workspace.environment(snapshot), offset);
    case "ignore":
      return hoverIgnoreFile(workspace.ignoreFile(snapshot), offset);
  }
}
