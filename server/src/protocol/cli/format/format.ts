import type { Finding } from "../finding.ts";
import type { Unreadable } from "../inputs.ts";
import type { Terminal } from "../terminal.ts";

/** What a check found, whatever it is printed as. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly unreadable: readonly Unreadable[];
  /** Files that were checked. */
  readonly files: number;
  /** Fixes that were made before these findings. */
  readonly fixed: number;
}

/** A finding and its reasons, for formats that have one text for both. */
export function inOneLine({ message, related }: Finding): string {
  return [message, ...related.map((it) => it.message)].join(" ");
}

export type Format = (report: Report, terminal: Terminal) => string;
