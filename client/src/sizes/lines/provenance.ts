/** The lines of the Dockerfile that made a layer, as the builder recorded them. */
export interface SourceLines {
  /** From 0, in the Dockerfile that was built. */
  readonly line: number;
  readonly endLine: number;
  /** What stood there. */
  readonly text: string;
}

/**
 * Of each layer the lines that made it, from BuildKit's provenance attestation in its `max` form (SLSA 0.2 and 1; BuildKit docs,
 * attestations/slsa-definitions.md, and an image of buildx 0.29, both read 2026-11). `blobs` are the digests of the image's layers as stored,
 * oldest first. A layer of the base image has the FROM that names it. Undefined where the document is something else, or says nothing of the
 * Dockerfile.
 */
export function sourcesOfLayers(
  document: unknown,
  blobs: readonly string[],
): readonly (SourceLines | undefined)[] | undefined {
  const metadata = metadataOf(document);
  const file = metadata?.source?.infos?.[0];
  if (typeof file?.data !== "string" || !metadata?.layers) return undefined;
  const lines = Buffer.from(file.data, "base64").toString("utf8").split(/\r?\n/);
  const sources: (SourceLines | undefined)[] = blobs.map(() => undefined);
  const steps = Object.entries(metadata.layers)
    .flatMap(([output, chains]) =>
      list(chains).flatMap((chain) => {
        const digests = list(chain).map((it) => (it as { readonly digest?: unknown } | null)?.digest);
        const isOfImage = digests.length > 0 && digests.every((it, index) => it === blobs[index]);
        const lines = isOfImage ? metadata.source?.locations?.[output.replace(/:\d+$/, "")] : undefined;
        return lines ? [{ count: digests.length, lines }] : [];
      }),
    )
    .sort((a, b) => a.count - b.count);
  let from = 0;
  for (const step of steps) {
    const source = linesAt(step.lines, lines);
    // What came before belongs to a step that is recorded with fewer layers.
    if (source && step.count > from) sources.fill(source, from, step.count);
    from = Math.max(from, step.count);
  }
  return sources;
}

interface Metadata {
  readonly source?: {
    readonly locations?: Readonly<Record<string, unknown>>;
    readonly infos?: readonly { readonly data?: unknown }[];
  };
  /** By output of a step (`step3:0`) the chains of layers that it made. */
  readonly layers?: Readonly<Record<string, unknown>>;
}

interface Statement {
  readonly predicateType?: unknown;
  readonly predicate?: {
    readonly metadata?: Readonly<Record<string, unknown>>;
    readonly runDetails?: { readonly metadata?: { readonly buildkit_metadata?: unknown } };
  };
}

function metadataOf(document: unknown): Metadata | undefined {
  const { predicateType, predicate } = (document ?? {}) as Statement;
  if (typeof predicateType !== "string" || !predicateType.startsWith("https://slsa.dev/provenance/"))
    return undefined;
  const metadata =
    predicate?.metadata?.["https://mobyproject.org/buildkit@v1#metadata"] ??
    predicate?.runDetails?.metadata?.buildkit_metadata;
  return typeof metadata === "object" && metadata !== null ? metadata : undefined;
}

interface Location {
  /** Which of the files; 0 is left out. */
  readonly sourceIndex?: number;
  /** One a line of the instruction. */
  readonly ranges?: unknown;
}

interface Range {
  readonly start?: { readonly line?: number };
  readonly end?: { readonly line?: number };
}

/** The same step of two stages is recorded once, with both places: which of them is the image's is not told, and for FROM no matter. */
function linesAt(recorded: unknown, lines: readonly string[]): SourceLines | undefined {
  const places = list((recorded as { readonly locations?: unknown } | null)?.locations) as Location[];
  const found = places.flatMap((it) => linesOf(it, lines) ?? []);
  const [first] = found;
  return found.length === 1 || found.every(isFrom) ? first : undefined;
}

export function isFrom({ text }: SourceLines): boolean {
  return /^\s*FROM\s/i.test(text);
}

function linesOf(
  { sourceIndex, ranges: recorded }: Location,
  lines: readonly string[],
): SourceLines | undefined {
  if ((sourceIndex ?? 0) !== 0) return undefined;
  const ranges = list(recorded) as Range[];
  const numbers = ranges.flatMap(({ start, end }) => [start?.line ?? 0, end?.line ?? start?.line ?? 0]);
  const [line, endLine] = [Math.min(...numbers) - 1, Math.max(...numbers) - 1];
  if (!(line >= 0) || endLine >= lines.length) return undefined;
  return { line, endLine, text: lines.slice(line, endLine + 1).join("\n") };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
