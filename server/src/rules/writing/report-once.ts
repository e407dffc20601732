import type { Report } from "../rule.ts";

/** Several services can share one text by an alias, `<<` or `extends`: each place is reported for the first of them only. */
export function reportOnce(report: Report): Report {
  const reported = new Set<string>();
  return (span, message, finding) => {
    const place = `${span.start}-${span.end}`;
    if (reported.has(place)) return;
    reported.add(place);
    report(span, message, finding);
  };
}
