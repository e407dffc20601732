import { type Diagnostic, DiagnosticSeverity, languages, Range, type Uri } from "vscode";
import type { LinePlace } from "../shared/server-messages.ts";

/** A failed build, on the line that failed. It stays until the next build of the file succeeds. */
export interface BuildDiagnostics {
  /** `log` is the end of the step's output, oldest first. */
  report(file: Uri, place: LinePlace, message: string, log: readonly string[]): void;
  clear(file: Uri): void;
  dispose(): void;
}

export function createBuildDiagnostics(): BuildDiagnostics {
  const collection = languages.createDiagnosticCollection("plimsoll-build");
  return {
    report(file, { line, endLine }, message, log) {
      const diagnostic: Diagnostic = {
        range: new Range(line, 0, endLine, Number.MAX_SAFE_INTEGER),
        severity: DiagnosticSeverity.Error,
        source: "plimsoll",
        code: "build-failed",
        message: [message, ...log].join("\n"),
      };
      collection.set(file, [diagnostic]);
    },
    clear: (file) => collection.delete(file),
    dispose: () => collection.dispose(),
  };
}
