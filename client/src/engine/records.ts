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

/** What the engine tells of a build, a pull or a push, one by one. Throws EngineError for what is no JSON. */
export function records(chunks: AsyncIterable<Buffer>): AsyncGenerator<BuildRecord> {
  return jsonLines(chunks);
}

/** BuildKit's messages have 16 MB at most (the default of its gRPC), which are a third longer as text. */
const longestLine = 32 * 1024 * 1024;

/** Splits a body of JSON values, one a line, that may arrive in any pieces. Throws EngineError for what is no JSON. */
export async function* jsonLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<object> {
  const decoder = new TextDecoder();
  // Looked at once: a line of many megabytes comes in hundreds of pieces.
  let begun: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const [first = "", ...more] = decoder.decode(chunk, { stream: true }).split("\n");
    begun.push(first);
    length += first.length;
    if (length > longestLine) throw notUnderstood(begun.join(""));
    if (more.length === 0) continue;
    const rest = more.pop() ?? "";
    const lines = [begun.join(""), ...more];
    begun = [rest];
    length = rest.length;
    for (const line of lines) if (line.trim() !== "") yield parse(line);
  }
  const last = begun.join("");
  if (last.trim() !== "") yield parse(last);
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
