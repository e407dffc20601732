import { readImageConfig } from "./image-config.ts";
import { field, list, text } from "./json.ts";
import { type ScanReport, severityOf, type Vulnerability } from "./report.ts";

/**
 * Reads what `grype -o json` prints: `matches` of a vulnerability with an artifact, whose locations name the layer by the digest of its
 * unpacked content, and in `source.target.config` the image's configuration in base64 (grype/presenter/models and syft/file/coordinates.go,
 * read 2026-11). Undefined when it is no such report.
 */
export function readGrype(report: unknown): ScanReport | undefined {
  if (!Array.isArray(field(report, "matches"))) return undefined;
  const target = field(field(report, "source"), "target");
  const image = readImageConfig(decoded(text(target, "config")));
  const layers = list(target, "layers").flatMap((it) => text(it, "digest") ?? []);
  return {
    scanner: "grype",
    vulnerabilities: list(report, "matches").flatMap((it) => vulnerability(it) ?? []),
    history: image.history,
    diffIds: image.diffIds ?? (layers.length > 0 ? layers : undefined),
  };
}

function vulnerability(match: unknown): Vulnerability | undefined {
  const found = field(match, "vulnerability");
  const artifact = field(match, "artifact");
  const id = text(found, "id");
  const name = text(artifact, "name");
  if (id === undefined || name === undefined) return undefined;
  const fix = field(found, "fix");
  const fixes = list(fix, "versions").filter((it) => typeof it === "string");
  return {
    id,
    severity: severityOf(field(found, "severity")),
    package: name,
    version: text(artifact, "version") ?? "",
    fixedIn: fixes.join(", ") || undefined,
    title: firstSentence(text(found, "description")),
    url: text(found, "dataSource"),
    layer: list(artifact, "locations").flatMap((it) => text(it, "layerID") ?? [])[0],
  };
}

/** Grype has whole descriptions where Trivy has titles. */
function firstSentence(description: string | undefined): string | undefined {
  const sentence = description?.split(/(?<=[.!?])\s|\n/)[0];
  return sentence !== undefined && sentence.length > 120 ? `${sentence.slice(0, 119)}…` : sentence;
}

function decoded(base64: string | undefined): unknown {
  try {
    return base64 === undefined ? undefined : JSON.parse(Buffer.from(base64, "base64").toString());
  } catch {
    // Without it findings have no line, and are still worth telling.
    return undefined;
  }
}
