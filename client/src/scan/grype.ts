import { field, list, text } from "../shared/json-fields.ts";
import { readImageConfig } from "./image-config.ts";
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
    ...(text(fix, "state") === "wont-fix" && { isLeft: true }),
    title: firstSentence(text(found, "description")),
    url: text(found, "dataSource"),
    layer: layerOf(list(artifact, "locations")),
  };
}

/**
 * Files in which a package manager keeps all its packages (syft's catalogers of apk, deb and rpm, read 2026-11). Of such a file Grype names
 * the layer that wrote it last, whichever package that was for.
 */
const listOfAll =
  /^\/(?:usr\/)?lib\/apk\/db\/installed$|^\/var\/lib\/dpkg\/status$|\/rpm\/(?:Packages(?:\.db)?|rpmdb\.sqlite)$|^\/lib\/opkg\/status$/;

/** The layer that brought a package, by the first of its own files. */
function layerOf(locations: readonly unknown[]): string | undefined {
  const own = locations.filter((it) => !listOfAll.test(text(it, "path") ?? ""));
  return own.flatMap((it) => text(it, "layerID") ?? [])[0];
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
