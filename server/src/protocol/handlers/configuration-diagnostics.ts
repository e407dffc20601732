import type { Diagnostic } from "vscode-languageserver/node";
import { problemOfSyntax } from "../../rules/syntax-problem.ts";
import type { ConfigurationFile } from "../../workspace/configuration/configuration-files.ts";
import { Positions } from "../positions.ts";
import type { Session } from "../session.ts";
import { toDiagnostic } from "../to-lsp.ts";

/** What is wrong in a configuration file. */
export function configurationDiagnostics(
  { client }: Session,
  uri: string,
  { text, problems }: ConfigurationFile,
): Diagnostic[] {
  const frame = {
    uri,
    positions: new Positions(text),
    positionsOf: () => undefined,
    pageOf: () => undefined,
    relatedInformation: client.relatedInformation,
  };
  return problems.map((it) => toDiagnostic(problemOfSyntax(it), frame));
}
