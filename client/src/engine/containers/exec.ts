import { setTimeout as sleep } from "node:timers/promises";
import { ask, type Connection, call, open } from "../connection.ts";
import { EngineError } from "../engine.ts";
import { throwIfAborted } from "../failures.ts";
import { inOnePiece } from "../in-one-piece.ts";
import type { TerminalSession } from "./container-types.ts";
import { hijack, terminalSession } from "./terminal-session.ts";

/** Best first. The last is that of distroless' debug images. */
const shells = ["bash", "sh", "ash", "/busybox/sh"] as const;

/** Ctrl+C ends what runs, Ctrl+D the shell: the engine leaves a program alone whose terminal has gone (28.5.2). */
const farewell = "\x03\x04";

/**
 * Opens the best shell that the container has. Which that is is tried: a table would not know what a build removed.
 * Throws `not-found` with a sentence when there is none.
 */
export async function openShell(
  connection: Connection,
  id: string,
  signal: AbortSignal | undefined,
): Promise<TerminalSession> {
  const doing = `opening a shell in ${id.slice(0, 12)}`;
  return ask(connection, doing, signal, async () => {
    for (const shell of shells) {
      throwIfAborted(signal);
      if (!(await answers(connection, id, shell, signal))) continue;
      const opening = start(connection, id, shell, doing, signal);
      return inOnePiece(
        opening,
        signal,
        "A shell that the engine still opens is closed as soon as it answers.",
      );
    }
    throw new EngineError(
      { kind: "not-found", what: "shell" },
      "There is no shell in this image (scratch and distroless have none). See its logs, or build a stage that has one, such as a “debug” image.",
    );
  });
}

/** Not aborted half way: the engine would leave the shell running. */
async function start(
  connection: Connection,
  id: string,
  shell: string,
  doing: string,
  signal: AbortSignal | undefined,
): Promise<TerminalSession> {
  const exec = await create(connection, id, [shell], true);
  throwIfAborted(signal);
  const body = { Detach: false, Tty: true };
  const socket = await hijack(connection, `/exec/${exec}/start`, {}, body);
  const session = terminalSession(connection, socket, doing, `/exec/${exec}/resize`, farewell);
  if (signal?.aborted) session.close();
  throwIfAborted(signal);
  return session;
}

/** Does the shell run? A program that is not there is an error at the start, or exit code 126 or 127, by version. */
async function answers(
  connection: Connection,
  id: string,
  shell: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const exec = await create(connection, id, [shell, "-c", "exit 0"], false, signal);
  try {
    const answer = await open(
      connection,
      { method: "POST", path: `/exec/${exec}/start`, body: { Detach: false, Tty: false } },
      signal,
    );
    answer.resume();
    await new Promise((resolve) => answer.once("close", resolve));
  } catch (error) {
    throwIfAborted(signal);
    if (isMissing(error)) return false;
    throw error;
  }
  return (await exitCode(connection, exec, signal)) === 0;
}

/** The engine writes the code down a moment after the output has ended. */
async function exitCode(
  connection: Connection,
  exec: string,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  for (let look = 0; look < 40; look++) {
    const { Running, ExitCode } = (await call(
      connection,
      { method: "GET", path: `/exec/${exec}/json` },
      signal,
    )) as { readonly Running: boolean; readonly ExitCode: number | null };
    if (!Running) return ExitCode ?? undefined;
    await sleep(25);
  }
  return undefined;
}

/** Wordings of runc and crun: 400 or 500 with “executable file not found in $PATH”, “no such file or directory”. */
function isMissing(error: unknown): boolean {
  const { statusCode, message } = error as { readonly statusCode?: number; readonly message?: string };
  return (
    statusCode !== undefined &&
    statusCode !== 404 &&
    /not found|no such file|exec failed|OCI runtime/i.test(message ?? "")
  );
}

async function create(
  connection: Connection,
  id: string,
  command: readonly string[],
  terminal: boolean,
  signal?: AbortSignal,
): Promise<string> {
  const created = await call(
    connection,
    {
      method: "POST",
      path: `/containers/${id}/exec`,
      body: {
        AttachStdin: terminal,
        AttachStdout: true,
        AttachStderr: true,
        Tty: terminal,
        Cmd: command,
        ...(terminal && { Env: ["TERM=xterm-256color"] }),
      },
    },
    signal,
  );
  return (created as { readonly Id: string }).Id;
}
