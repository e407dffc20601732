import { field, list, text } from "../shared/json-fields.ts";
import { readImageConfig } from "./image-config.ts";
import { type ScanReport, severityOf, type Unread, type Vulnerability } from "./report.ts";

/** The statuses of a vulnerability that no version will be without (pkg/dependency and aquasecurity/trivy-db/pkg/types/status.go, read 2026-11). */
const left = new Set(["will_not_fix", "end_of_life"]);

/**
 * Reads what `trivy image --format json` prints: schema version 2, in which `Results` hold `Vulnerabilities` and `Metadata` the image
 * (pkg/types/report.go and integration/testdata/alpine-310.json.golden of Trivy, read 2026-11). Undefined when it is no such report.
 */
export function readTrivy(report: unknown): ScanReport | Unread | undefined {
  const schema = field(report, "SchemaVersion");
  // Before 0.20 a report was the list of results.
  if (Array.isArray(report) && report.some((it) => text(it, "Target") !== undefined))
    return { why: "other-schema", schema: undefined };
  if (schema === undefined) return undefined;
  if (schema !== 2) return { why: "other-schema", schema: String(schema) };
  const metadata = field(report, "Metadata");
  const image = readImageConfig(field(metadata, "ImageConfig"));
  return {
    scanner: "trivy",
    vulnerabilities: list(report, "Results").flatMap((it) =>
      list(it, "Vulnerabilities").flatMap((found) => vulnerability(found) ?? []),
    ),
    ...image,
    ...(field(field(metadata, "OS"), "EOSL") === true && { unsupported: systemOf(field(metadata, "OS")) }),
  };
}

/** `alpine 3.10.2` */
function systemOf(system: unknown): string {
  return [text(system, "Family"), text(system, "Name")].filter(Boolean).join(" ");
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
    ...(left.has(text(found, "Status") ?? "") && { isLeft: true }),
    title: text(found, "Title"),
    url: text(found, "PrimaryURL"),
    layer: text(field(found, "Layer"), "DiffID"),
  };
}
