import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { BuildEvent, BuildRequest } from "../../../client/src/engine/build/build-types.ts";
import type { EngineFailure } from "../../../client/src/engine/engine.ts";

export interface ElsewhereResult {
  /** What it told of the context, of output, and of its end. */
  readonly events: readonly BuildEvent[];
  readonly failure: EngineFailure | undefined;
  /** Of the failure. */
  readonly message: string;
  /** The most memory that the process had, in bytes; a Node that has only loaded `engine/` has some 100 MB. */
  readonly mostMemory: number;
}

/** `cancel` aborts the build. */
export interface BuildElsewhere {
  readonly result: Promise<ElsewhereResult>;
  cancel(): void;
}

/**
 * Builds in a process of its own: to see its memory, or as a user who may not read everything (tests run as root, whom no mode of a file
 * stops).
 */
export function buildElsewhere(
  address: string,
  request: BuildRequest,
  { asPlainUser = false } = {},
): BuildElsewhere {
  const program = fileURLToPath(new URL("building-process.ts", import.meta.url));
  const command = [process.execPath, program, JSON.stringify({ address, request })];
  const rights = "-dac_override,-dac_read_search";
  // Root without what makes it more than others; where files are does not matter then.
  if (asPlainUser && process.getuid?.() === 0)
    command.unshift("setpriv", `--bounding-set=${rights}`, `--inh-caps=${rights}`);
  const [file = "", ...args] = command;
  const child = spawn(file, args, { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.on("error", () => {});
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  const result = new Promise<ElsewhereResult>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => {
      try {
        resolve(JSON.parse(printed));
      } catch {
        reject(new Error(`The process of the build ended without a result: ${printed}`));
      }
    });
  });
  return { result, cancel: () => void child.stdin.write("cancel\n") };
}
