import { type Diagnostic, DiagnosticSeverity, l10n, languages, Range, Uri } from "vscode";
import type { VulnerablePackage } from "../../scan/place-findings.ts";
import type { Severity } from "../../scan/report.ts";
import { fixesOf, isLeft } from "../../scan/told.ts";
import type { LinePlace } from "../../shared/server-messages.ts";

/** What a scanner found in the image of a Dockerfile. It stays until the next scan or build of the file. */
export interface ScanDiagnostics {
  /** `base` is the line of what the base image brought, and of what has no line. */
  report(file: Uri, packages: readonly VulnerablePackage[], base: LinePlace): void;
  clear(file: Uri): void;
  dispose(): void;
}

/** More on one line cannot be read; the report has them all. */
const mostOnLine = 15;
const mostInProblem = 6;

export function createScanDiagnostics(): ScanDiagnostics {
  const collection = languages.createDiagnosticCollection("plimsoll-scan");
  return {
    report(file, packages, base) {
      const byLine = new Map<number, VulnerablePackage[]>();
      for (const it of packages) {
        const { line } = placeOf(it, base);
        byLine.set(line, [...(byLine.get(line) ?? []), it]);
      }
      collection.set(
        file,
        [...byLine.values()].flatMap((it) => diagnosticsOf(it, base)),
      );
    },
    clear: (file) => collection.delete(file),
    dispose: () => collection.dispose(),
  };
}

/** The worst packages of one line, and how many more there are. */
function diagnosticsOf(packages: readonly VulnerablePackage[], base: LinePlace): Diagnostic[] {
  const [first] = packages;
  const { line, endLine } = first ? placeOf(first, base) : base;
  const range = new Range(line, 0, endLine, Number.MAX_SAFE_INTEGER);
  const shown = packages.slice(0, mostOnLine);
  const rest = packages.slice(mostOnLine);
  const all = shown.map((it) => diagnosticOf(it, range));
  const [worst] = rest;
  if (worst === undefined) return all;
  return [
    ...all,
    {
      range,
      severity: severityOf(worst.severity),
      source: "plimsoll",
      code: "vulnerable-packages",
      message: l10n.t("{0} more packages here have known vulnerabilities.", rest.length),
    },
  ];
}

function diagnosticOf(it: VulnerablePackage, range: Range): Diagnostic {
  const { severity, vulnerabilities } = it;
  const fixes = fixesOf(it);
  const brought = broughtBy(it);
  const said =
    vulnerabilities.length === 1
      ? l10n.t("{0} has a known vulnerability, {1}", brought, severity)
      : l10n.t("{0} has {1} known vulnerabilities, the worst {2}", brought, vulnerabilities.length, severity);
  const unfixed = isLeft(it) ? l10n.t("its maker will not fix it") : l10n.t("not fixed yet");
  const fixed = fixes.length > 0 ? l10n.t("fixed in {0}", fixes.join(", ")) : unfixed;
  const [worst] = vulnerabilities;
  const more = vulnerabilities.length - mostInProblem;
  return {
    range,
    severity: severityOf(severity),
    source: "plimsoll",
    code: worst?.url
      ? { value: worst.id, target: Uri.parse(worst.url) }
      : (worst?.id ?? "vulnerable-package"),
    message: [
      `${said}: ${fixed}.`,
      ...vulnerabilities
        .slice(0, mostInProblem)
        .map((one) => [one.id, one.severity, one.title].filter(Boolean).join(", ")),
      ...(more > 0 ? [l10n.t("and {0} more", more)] : []),
    ].join("\n"),
  };
}

function broughtBy({ name, version, from }: VulnerablePackage): string {
  if (from === "base") return l10n.t("{0} {1} of the base image", name, version);
  return from === undefined
    ? `${name} ${version}`
    : l10n.t("{0} {1}, which this line brings,", name, version);
}

function placeOf({ from }: VulnerablePackage, base: LinePlace): LinePlace {
  return typeof from === "object" ? from : base;
}

/** The image builds all the same, so nothing of it is an error. */
function severityOf(severity: Severity): DiagnosticSeverity {
  return severity === "critical" || severity === "high"
    ? DiagnosticSeverity.Warning
    : DiagnosticSeverity.Information;
}
