import { readGrype } from "./grype.ts";
import type { ScanReport, Unread } from "./report.ts";
import { readTrivy } from "./trivy.ts";

/** A program that knows vulnerabilities. */
export interface Scanner {
  readonly kind: ScanReport["scanner"];
  /** A name on the PATH, or a path. */
  readonly program: string;
}

/** Where to look for one, best first. `setting` is a path or a name, and says by that name which of the two it is. */
export function scannerCandidates(setting: string): readonly Scanner[] {
  const program = setting.trim();
  if (program === "")
    return [
      { kind: "trivy", program: "trivy" },
      { kind: "grype", program: "grype" },
    ];
  const name = program.split(/[\\/]/).at(-1) ?? program;
  return [{ kind: /grype/i.test(name) ? "grype" : "trivy", program }];
}

/** Whether scanners reach an engine by DOCKER_HOST alone: over SSH they do not, and the certificates of a context are not theirs. */
export function isReachedByScanners(address: string, from: string): boolean {
  return !address.startsWith("ssh:") && !(address.startsWith("tcp:") && from.startsWith("context "));
}

/**
 * The arguments that scan an image of the engine in DOCKER_HOST, and nothing of a registry; or the file that `docker save` made
 * of it. Options of Trivy 0.38 and later and of Grype 0.10 and later
 * (trivy.dev/docs/latest/references/configuration/cli/trivy_image, github.com/anchore/grype, read 2026-11).
 */
export function scanArguments({ kind }: Scanner, image: string, saved?: string): readonly string[] {
  const report = ["--format", "json", "--scanners", "vuln"];
  if (kind === "grype")
    return [saved === undefined ? `docker:${image}` : `docker-archive:${saved}`, "--output", "json"];
  return saved === undefined
    ? ["image", ...report, "--image-src", "docker", "--no-progress", image]
    : ["image", ...report, "--no-progress", "--input", saved];
}

/** Whether a line that a scanner printed says that it downloads what it knows. */
export function tellsOfDownload(line: string): boolean {
  return /download|updat/i.test(line) && /\b(?:vulnerability|vuln)?\s*(?:db|database)\b/i.test(line);
}

/** Reads a report of either. */
export function readReport(printed: string): ScanReport | Unread {
  let report: unknown;
  try {
    report = JSON.parse(printed);
  } catch {
    return { why: "no-report" };
  }
  return readTrivy(report) ?? readGrype(report) ?? { why: "no-report" };
}

/** Why a scanner failed, from the end of what it printed on its error stream. Times and levels of its log are left out. */
export function scanFailure(printed: string): string {
  const lines = printed
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal.
    .replace(/\u001b\[[\d;]*m/g, "")
    .split("\n")
    .map((it) => it.trim())
    .filter(Boolean);
  const worst = lines.findLast((it) => /\b(?:FATAL|ERROR)\b/i.test(it)) ?? lines.at(-1) ?? "";
  return worst
    .replace(/^(?:\[\d+\]|\d{4}-\d\d-\d\dT\S+)\s+/, "")
    .replace(/^(?:FATAL|ERROR)\s+/i, "")
    .replace(/^(?:Fatal error\s+)?(?:error:?\s+)?/i, "")
    .slice(0, 400);
}
