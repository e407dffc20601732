/** From the worst. `negligible` is Grype's. */
export const severities = ["critical", "high", "medium", "low", "negligible", "unknown"] as const;

export type Severity = (typeof severities)[number];

/** A known vulnerability of a package in an image. */
export interface Vulnerability {
  /** `CVE-2026-1234`, `GHSA-…`. */
  readonly id: string;
  readonly severity: Severity;
  readonly package: string;
  readonly version: string;
  /** Versions without it, as the scanner says: `1.2.1`, `1.2.1, 2.0`. Undefined when there is none yet. */
  readonly fixedIn: string | undefined;
  /** Who makes the package has said that there will be no such version. */
  readonly isLeft?: true;
  readonly title: string | undefined;
  readonly url: string | undefined;
  /** Digest of the layer, unpacked, that brought the package; undefined when the scanner does not say. */
  readonly layer: string | undefined;
}

/** Why what a scanner wrote is no report that can be read. */
export type Unread =
  | { readonly why: "no-report" }
  /** Of another form than is known here; `schema` is its number, undefined where it has none. */
  | { readonly why: "other-schema"; readonly schema: string | undefined };

/** A row of the history in an image's configuration. */
export interface ConfigHistoryRow {
  readonly createdBy: string;
  readonly comment: string;
  readonly hasLayer: boolean;
}

export interface ScanReport {
  readonly scanner: "trivy" | "grype";
  readonly vulnerabilities: readonly Vulnerability[];
  /** Digests of the layers unpacked, oldest first; undefined when the report has no configuration of the image. */
  readonly diffIds: readonly string[] | undefined;
  readonly history: readonly ConfigHistoryRow[] | undefined;
  /** The distribution's release, when it gets no security fixes any more: what is found in it now is told by nobody. */
  readonly unsupported?: string;
}

/** Is a vulnerability as severe as `floor`, or more? */
export function isAtLeast(severity: Severity, floor: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(floor);
}

/** `HIGH`, `Negligible` and the like. */
export function severityOf(text: unknown): Severity {
  const lower = String(text).toLowerCase();
  return severities.find((it) => it === lower) ?? "unknown";
}
