import { notUnderstood } from "./failures.ts";

/** One record of the engine's progress streams (Engine API, “Build an image”). */
export interface BuildRecord {
  /** `moby.buildkit.trace` or `moby.image.id` from BuildKit. */
  readonly id?: string;
  readonly aux?: unknown;
  /** The classic builder's output. */
  readonly stream?: string;
  /** Of a pull: `Downloading`, `Pull complete`. */
  readonly status?: string;
  /** Bytes of what `id` names, with `Downloading` and `Extracting`. */
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly error?: string;
  readonly errorDetail?: { readonly message?: string };
}

export function records(chunks: AsyncIterable<Buffer>): AsyncGenerator<BuildRecord> {
  return jsonLines(chunks);
}

/** BuildKit's messages have 16 MB at most (the default of its gRPC), which are a third longer as text. */
const longestLine = 32 * 1024 * 1024;

/** Splits a body of JSON values, one a line, that may arrive in any pieces. Throws EngineError for what is no JSON. */
export async function* jsonLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<object> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") yield parse(line);
    if (rest.length > longestLine) throw notUnderstood(rest);
  }
  if (rest.trim() !== "") yield parse(rest);
}

function parse(line: string): object {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Said below, with the beginning of what came.
  }
  throw notUnderstood(line);
}
