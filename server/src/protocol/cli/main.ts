import { createRequire } from "node:module";
import type { SizeProgram } from "../../../../client/src/shared/size-request.ts";
import { run } from "./run.ts";
import { paint, type Terminal } from "./terminal.ts";

const { NO_COLOR } = process.env;

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  color: process.stdout.isTTY === true && !NO_COLOR,
  folder: process.cwd(),
  async readStandardInput() {
    const chunks: Uint8Array[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    return Buffer.concat(chunks);
  },
  loadSize: async (): Promise<SizeProgram> => createRequire(import.meta.url)("./size.js"),
};

// `plimsoll check . | head` closes the pipe: what is not wanted is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(process.exitCode ?? 0);
});

run(process.argv.slice(2), terminal).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    terminal.error(
      `${paint(terminal, "red", "plimsoll failed")}: ${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = 2;
  },
);
