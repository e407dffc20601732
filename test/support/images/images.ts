import type { HistoryRow, ImageDetails } from "../../../client/src/engine/engine.ts";
import type { ChainInstruction } from "../../../client/src/shared/server-messages.ts";

/** An image's details, made of history rows `[createdBy, size]`, oldest first. */
export function image(
  rows: readonly (readonly [createdBy: string, size: number])[],
  more: Partial<ImageDetails> = {},
): ImageDetails {
  const history: HistoryRow[] = rows.map(([createdBy, size]) => ({
    createdBy,
    size,
    comment: "",
    created: 0,
  }));
  return {
    id: `sha256:${rows.length}`,
    tags: [],
    created: 0,
    platform: "linux/amd64",
    unpackedSize: rows.reduce((sum, [, size]) => sum + size, 0),
    compressedSize: undefined,
    history,
    diffIds: rows.filter(([, size]) => size > 0).map(([createdBy, size]) => `sha256:${createdBy} ${size}`),
    config: {
      user: "",
      workdir: "",
      exposedPorts: [],
      volumes: [],
      entrypoint: undefined,
      command: undefined,
      environment: [],
      healthcheck: undefined,
    },
    ...more,
  };
}

/** Instructions of one stage, from line 1 on (0-based), each on the lines its text has. */
export function chain(texts: readonly string[], stage = 0, line = 1): readonly ChainInstruction[] {
  let next = line;
  return texts.map((text) => {
    const first = next;
    next += text.split("\n").length;
    return { keyword: text.split(" ")[0] ?? "", text, stage, line: first, endLine: next - 1 };
  });
}
