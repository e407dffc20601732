/** A name as the rules have it: Trivy's checks have been `DS002` and `AVD-DS-0002` before they were `DS-0002`. */
export function currentName(name: string): string {
  const [, number] = /^(?:AVD-)?DS-?(\d{3,4})$/i.exec(name) ?? [];
  return number === undefined ? name : `DS-${number.padStart(4, "0")}`;
}

/** What the comment of a scanner silences. */
export interface ScannerComment {
  readonly names: readonly string[];
  readonly reach: "instruction" | "file";
}

/**
 * Reads the comments by which Trivy and Checkov silence their checks. Trivy's holds for what stands below it, Checkov's for the
 * whole Dockerfile (bridgecrewio/checkov#2139). One of Trivy's that expires is none: which day it is changes no finding here.
 *
 *     # trivy:ignore:DS-0002            also several, `trivy:ignore:AVD-DS-0002 trivy:ignore:AVD-DS-0026`
 *     # checkov:skip=CKV_DOCKER_3:The reason.
 *
 * @param text a comment without its `#`
 */
export function readScannerComment(text: string): ScannerComment | undefined {
  const [, check] = /^(?:checkov|bridgecrew):skip=\s*(CKV2?_[A-Z]+_\d+)/.exec(text) ?? [];
  if (check !== undefined) return { names: [check], reach: "file" };
  if (!text.startsWith("trivy:ignore:")) return undefined;
  const names = [...text.matchAll(/(?:^|\s#?)trivy:ignore:([\w-]+)(?=\s|$)/g)].map((it) =>
    currentName(it[1] ?? ""),
  );
  return names.length === 0 ? undefined : { names, reach: "instruction" };
}
