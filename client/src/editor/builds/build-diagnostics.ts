import { type Diagnostic, DiagnosticSeverity, languages, Range, Uri } from "vscode";
import type { BuildWarning } from "../../builds/build-record.ts";
import type { SourceMessage } from "../../builds/source-places.ts";
import type { LinePlace, RuleName } from "../../shared/server-messages.ts";

/** What builds said, on the lines that they said it of. Failures stay until the next build of the Dockerfile succeeds. */
export interface BuildDiagnostics {
  /** `log` is the end of the step's output, oldest first. */
  report(dockerfile: Uri, place: LinePlace, message: string, log: readonly string[]): void;
  /** What compilers said in the failing step, on the sources of the build context. */
  reportSources(dockerfile: Uri, context: Uri, messages: readonly SourceMessage[]): void;
  /** BuildKit's own checks, in place of those of the build before. What one of our rules says of the same line is left out while it does. */
  reportWarnings(dockerfile: Uri, warnings: readonly BuildWarning[], ruleNames: readonly RuleName[]): void;
  /** The build succeeded. */
  clear(dockerfile: Uri): void;
  dispose(): void;
}

export function createBuildDiagnostics(): BuildDiagnostics {
  const failures = languages.createDiagnosticCollection("plimsoll-build");
  const sources = languages.createDiagnosticCollection("plimsoll-build-sources");
  const checks = languages.createDiagnosticCollection("plimsoll-build-checks");
  /** By Dockerfile: what was said of which source. Several Dockerfiles may build one source. */
  const bySource = new Map<string, ReadonlyMap<string, readonly Diagnostic[]>>();
  const warned = new Map<string, Warned>();

  const setSources = (dockerfile: Uri, said: ReadonlyMap<string, readonly Diagnostic[]>) => {
    const touched = new Set([...(bySource.get(dockerfile.toString())?.keys() ?? []), ...said.keys()]);
    if (said.size === 0) bySource.delete(dockerfile.toString());
    else bySource.set(dockerfile.toString(), said);
    for (const path of touched)
      sources.set(
        Uri.file(path),
        [...bySource.values()].flatMap((it) => it.get(path) ?? []),
      );
  };
  const drawWarnings = (it: Warned) => {
    const ours = languages.getDiagnostics(it.file).filter((one) => one.source === "plimsoll");
    const shown = it.warnings.filter(
      ({ sameRules, diagnostic }) =>
        !ours.some((one) => sameRules.has(codeOf(one)) && one.range.intersection(diagnostic.range)),
    );
    // Setting them is a change too, of which one would hear again.
    if (shown.length === it.shown.length && shown.every((one, at) => one === it.shown[at])) return;
    it.shown = shown;
    checks.set(
      it.file,
      shown.map((one) => one.diagnostic),
    );
  };
  const following = languages.onDidChangeDiagnostics(({ uris }) => {
    for (const uri of uris) {
      const known = warned.get(uri.toString());
      if (known) drawWarnings(known);
    }
  });
  return {
    report(dockerfile, { line, endLine }, message, log) {
      const diagnostic: Diagnostic = {
        range: new Range(line, 0, endLine, Number.MAX_SAFE_INTEGER),
        severity: DiagnosticSeverity.Error,
        source: "plimsoll",
        code: "build-failed",
        message: [message, ...log].join("\n"),
      };
      failures.set(dockerfile, [diagnostic]);
    },
    reportSources(dockerfile, context, messages) {
      const said = new Map<string, Diagnostic[]>();
      for (const message of messages) {
        const path = Uri.joinPath(context, message.source).fsPath;
        const all = said.get(path) ?? [];
        all.push(ofCompiler(message));
        said.set(path, all);
      }
      setSources(dockerfile, said);
    },
    reportWarnings(file, warnings, ruleNames) {
      checks.delete(file);
      const all = warnings.flatMap((it) => ofBuildKit(it, ruleNames));
      const known: Warned = { file, warnings: all, shown: [] };
      if (known.warnings.length === 0) warned.delete(file.toString());
      else warned.set(file.toString(), known);
      drawWarnings(known);
    },
    clear(dockerfile) {
      failures.delete(dockerfile);
      setSources(dockerfile, new Map());
    },
    dispose() {
      for (const it of [failures, sources, checks, following]) it.dispose();
    },
  };
}

function ofCompiler({ line, column, severity, message, tool, code }: SourceMessage): Diagnostic {
  const start = column === undefined ? 0 : column - 1;
  return {
    // VS Code widens a place to the word that stands there; a line without a column is marked as a whole.
    range: new Range(line - 1, start, line - 1, column === undefined ? Number.MAX_SAFE_INTEGER : start),
    severity: severity === "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: tool,
    message,
    ...(code !== undefined && { code }),
  };
}

interface Warning {
  readonly diagnostic: Diagnostic;
  /** Ids of our rules that say the same. */
  readonly sameRules: ReadonlySet<string>;
}

/** `JSONArgsRecommended: JSON arguments recommended for CMD … (line 3)`. Nothing for what names no line. */
function ofBuildKit(
  { message, url, startLine, endLine }: BuildWarning,
  ruleNames: readonly RuleName[],
): readonly Warning[] {
  if (startLine === undefined || startLine < 1) return [];
  const name = /^([A-Za-z]+): /.exec(message)?.[1];
  const text = message.slice(name === undefined ? 0 : name.length + 2).replace(/ \(line \d+\)$/, "");
  const diagnostic: Diagnostic = {
    range: new Range(startLine - 1, 0, (endLine ?? startLine) - 1, Number.MAX_SAFE_INTEGER),
    severity: DiagnosticSeverity.Warning,
    source: "BuildKit",
    message: text,
    ...(name !== undefined && {
      code: url === undefined ? name : { value: name, target: Uri.parse(url) },
    }),
  };
  const same = ruleNames.filter((it) => name !== undefined && it.aliases.includes(name));
  return [{ diagnostic, sameRules: new Set(same.map((it) => it.id)) }];
}

/** The warnings of a Dockerfile's last build. */
interface Warned {
  readonly file: Uri;
  readonly warnings: readonly Warning[];
  shown: readonly Warning[];
}

function codeOf({ code }: Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}
