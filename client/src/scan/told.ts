import type { VulnerablePackage } from "./place-findings.ts";
import type { ScanReport, Severity } from "./report.ts";
import { severities } from "./report.ts";

/** How many vulnerabilities there are of each severity; those with none are left out. */
export function countBySeverity(packages: readonly VulnerablePackage[]): ReadonlyMap<Severity, number> {
  const all = packages.flatMap((it) => it.vulnerabilities.map((one) => one.severity));
  return new Map(
    severities.flatMap((it) => {
      const count = all.filter((one) => one === it).length;
      return count > 0 ? [[it, count] as const] : [];
    }),
  );
}

/** The version in which all of a package's vulnerabilities are fixed, as far as one is named for each: the distinct ones. */
export function fixesOf({ vulnerabilities }: VulnerablePackage): readonly string[] {
  return [...new Set(vulnerabilities.flatMap((it) => it.fixedIn ?? []))];
}

/** Whether who makes the package leaves all of it as it is. */
export function isLeft({ vulnerabilities }: VulnerablePackage): boolean {
  return vulnerabilities.every((it) => it.isLeft);
}

/** The whole report as Markdown, for reading: one row a vulnerability. `place` says where a package came from. */
export function scanMarkdown(
  image: string,
  scanner: ScanReport["scanner"],
  packages: readonly VulnerablePackage[],
  place: (it: VulnerablePackage) => string,
): string {
  const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
  const rows = packages.flatMap((it) =>
    it.vulnerabilities.map((one) => {
      const id = one.url ? `[${one.id}](${one.url})` : one.id;
      const cells = [
        one.severity,
        `${it.name} ${it.version}`,
        id,
        one.fixedIn ?? (one.isLeft ? "will not be fixed" : "—"),
        place(it),
        one.title ?? "",
      ];
      return `| ${cells.map(cell).join(" | ")} |`;
    }),
  );
  return [
    `# ${image}`,
    "",
    `Scanned with ${scanner === "trivy" ? "Trivy" : "Grype"}.`,
    "",
    "| Severity | Package | Vulnerability | Fixed in | Brought by | Title |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
