import type { ChainLine } from "../sizes/lines/map-lines.ts";
import { mapLines } from "../sizes/lines/map-lines.ts";
import { isAtLeast, type ScanReport, type Severity, severities, type Vulnerability } from "./report.ts";

/** A package with what is known against it, worst first. */
export interface VulnerablePackage {
  readonly name: string;
  readonly version: string;
  readonly severity: Severity;
  readonly vulnerabilities: readonly Vulnerability[];
  /** The instruction that brought it, or the base image; undefined when neither can be named with certainty. */
  readonly from: ChainLine | "base" | undefined;
}

/**
 * The packages of a report that have something of the severity `floor` or worse, worst first, each with the instruction that brought it:
 * layer → row of the history → instruction. `chain` are the instructions that the image was built from, as the Dockerfile has them now;
 * what changed since has no line.
 */
export function vulnerablePackages(
  { vulnerabilities, diffIds = [], history = [] }: ScanReport,
  chain: readonly ChainLine[],
  floor: Severity,
): readonly VulnerablePackage[] {
  const origins = originsOfLayers(diffIds, history, chain);
  const packages = new Map<string, { from: Origin; found: Map<string, Vulnerability> }>();
  for (const it of vulnerabilities) {
    if (!isAtLeast(it.severity, floor)) continue;
    const from = it.layer === undefined ? undefined : origins.get(it.layer);
    const key = JSON.stringify([it.package, it.version, typeof from === "object" ? from.line : from]);
    const known = packages.get(key) ?? { from, found: new Map() };
    packages.set(key, known);
    // A package in several files, such as a module of several programs, is told of for each of them.
    if (!known.found.has(it.id)) known.found.set(it.id, it);
  }
  return [...packages.values()]
    .map(({ from, found }) => packageOf([...found.values()].toSorted(worstFirst), from))
    .toSorted((one, other) => worstFirst(one, other) || one.name.localeCompare(other.name));
}

type Origin = VulnerablePackage["from"];

function packageOf(vulnerabilities: readonly Vulnerability[], from: Origin): VulnerablePackage {
  const { package: name = "", version = "", severity = "unknown" } = vulnerabilities[0] ?? {};
  return { name, version, severity, vulnerabilities, from };
}

function worstFirst(one: { readonly severity: Severity }, other: { readonly severity: Severity }): number {
  return severities.indexOf(one.severity) - severities.indexOf(other.severity);
}

/** Digest of a layer → what made it, as far as that is certain. */
function originsOfLayers(
  diffIds: readonly string[],
  history: NonNullable<ScanReport["history"]>,
  chain: readonly ChainLine[],
): ReadonlyMap<string, Origin> {
  const withLayer = history.flatMap((row, index) => (row.hasLayer ? [index] : []));
  // Rows and layers that do not fit together say nothing certain.
  if (withLayer.length !== diffIds.length) return new Map();
  const rows = history.map((it) => ({ ...it, size: 0, created: 0 }));
  const { instructions, baseRows = 0 } = mapLines(rows, chain);
  return new Map(
    diffIds.map((id, layer) => {
      const row = withLayer[layer] ?? -1;
      return [id, row < baseRows ? "base" : instructions[row]] as const;
    }),
  );
}
