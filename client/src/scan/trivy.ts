import { readImageConfig } from "./image-config.ts";
import { field, list, text } from "./json.ts";
import { type ScanReport, severityOf, type Vulnerability } from "./report.ts";

/**
 * Reads what `trivy image --format json` prints: schema version 2, in which `Results` hold `Vulnerabilities` and `Metadata` the image
 * (pkg/types/report.go and integration/testdata/alpine-310.json.golden of Trivy, read 2026-11). Undefined when it is no such report.
 */
export function readTrivy(report: unknown): ScanReport | undefined {
  if (field(report, "SchemaVersion") !== 2) return undefined;
  const metadata = field(report, "Metadata");
  const image = readImageConfig(field(metadata, "ImageConfig"));
  return {
    scanner: "trivy",
    vulnerabilities: list(report, "Results").flatMap((it) =>
      list(it, "Vulnerabilities").flatMap((found) => vulnerability(found) ?? []),
    ),
    ...image,
  };
}

function vulnerability(found: unknown): Vulnerability | undefined {
  const id = text(found, "VulnerabilityID");
  const name = text(found, "PkgName");
  if (id === undefined || name === undefined) return undefined;
  return {
    id,
    severity: severityOf(field(found, "Severity")),
    package: name,
    version: text(found, "InstalledVersion") ?? "",
    fixedIn: text(found, "FixedVersion"),
    title: text(found, "Title"),
    url: text(found, "PrimaryURL"),
    layer: text(field(found, "Layer"), "DiffID"),
  };
}
