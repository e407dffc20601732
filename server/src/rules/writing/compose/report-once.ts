import type { Report } from "../../rule.ts";

/** `subject` tells apart what stands at one place in this file and at several in another. */
export type OnceReport = (
  span: Parameters<Report>[0],
  message: string,
  finding?: Parameters<Report>[2],
  subject?: string,
) => void;

/** Several services can share one text by an alias, `<<` or `extends`: each place is reported for the first of them only. */
export function reportOnce(report: Report): OnceReport {
  const reported = new Set<string>();
  return (span, message, finding, subject = "") => {
    const place = `${span.start}-${span.end} ${subject}`;
    if (reported.has(place)) return;
    reported.add(place);
    report(span, message, finding);
  };
}
