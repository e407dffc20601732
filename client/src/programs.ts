import { spawn } from "node:child_process";

/** How a program ended. */
export interface Ended {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  /** Empty where it was more than `mostPrinted`, for which the program was ended. */
  readonly printed: string;
  readonly printedTooMuch?: true;
  /** What it printed on its error stream; of much only the end. */
  readonly errors: string;
}

export interface ProgramOptions {
  readonly cwd?: string;
  /** On top of this process's. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Told each line of the error stream as it comes. */
  readonly onErrorLine?: (line: string) => void;
}

/** A report of a large image has some ten megabytes; more than this is no report. Bytes. */
const mostPrinted = 256 * 1024 * 1024;
const keptErrors = 64 * 1024;
/** What a program that is to end has to clean up, ms. */
const patience = 2_000;

/**
 * Runs a program to its end, without a shell: nothing in `args` is quoted. Resolves to undefined when there is no such program or it may
 * not be run. Aborting the signal ends it, and then it counts as ended by a signal.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  { cwd, environment, signal, onErrorLine }: ProgramOptions = {},
): Promise<Ended | undefined> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve({ exitCode: undefined, printed: "", errors: "" });
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    const end = () => {
      child.kill();
      // One that does not listen, or whose children keep its output open, is not waited for.
      setTimeout(() => {
        child.kill("SIGKILL");
        child.stdout.destroy();
        child.stderr.destroy();
      }, patience).unref();
    };
    signal?.addEventListener("abort", end, { once: true });
    const over = (result: Ended | undefined) => {
      signal?.removeEventListener("abort", end);
      resolve(result);
    };

    const printed: Buffer[] = [];
    let bytes = 0;
    child.stdout.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= mostPrinted) printed.push(chunk);
      else if (printed.length > 0) {
        printed.length = 0;
        end();
      }
    });
    let errors = "";
    let rest = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      errors = (errors + chunk).slice(-keptErrors);
      const lines = (rest + chunk).split(/\r?\n|\r/);
      rest = lines.pop() ?? "";
      for (const line of lines) onErrorLine?.(line);
    });
    child.on("error", () => over(undefined));
    child.on("close", (exitCode) =>
      over({
        exitCode: exitCode ?? undefined,
        printed: Buffer.concat(printed).toString(),
        ...(bytes > mostPrinted && { printedTooMuch: true }),
        errors,
      }),
    );
  });
}
