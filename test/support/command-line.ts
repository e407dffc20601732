import type { SizeProgram } from "../../client/src/shared/size-request.ts";
import { run } from "../../server/src/protocol/cli/run.ts";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs `plimsoll …` in this process, in a folder, with bytes for standard input. */
export async function plimsoll(
  words: readonly string[],
  {
    folder,
    stdin = "",
    color = false,
    size = noEngine,
  }: {
    readonly folder: string;
    readonly stdin?: string | Uint8Array;
    readonly color?: boolean;
    readonly size?: SizeProgram;
  },
): Promise<Ran> {
  let out = "";
  let error = "";
  const code = await run(words, {
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
    },
    color,
    folder,
    readStandardInput: async () => Buffer.from(stdin),
    loadSize: async () => size,
  });
  return { code, out, error };
}

/** A test that weighs something says by what. */
const noEngine: SizeProgram = {
  runSize() {
    throw new Error("This test has no part that speaks to engines.");
  },
};
