import { engineHost } from "./containers/published-ports.ts";
import { EngineError, type EngineFailure } from "./engine.ts";
import { tlsFailure } from "./transport/tls-failures.ts";

/** What dockerode and Node put on the errors they throw. */
interface RawError {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly message?: unknown;
  readonly name?: unknown;
}

/** `left` is a sentence about what was begun and could not be taken back. */
export function cancelled(left?: string): EngineError {
  if (left === undefined) return new EngineError({ kind: "cancelled" }, "Cancelled.");
  return new EngineError({ kind: "cancelled", left }, `Cancelled. ${left}`);
}

/** Throws the EngineError of what was cancelled. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled();
}

/**
 * The one place where errors of Node and dockerode become ours.
 * `address` is where the engine was asked, `doing` what for, as in “while listing images”.
 */
export function toEngineError(
  error: unknown,
  address: string,
  doing: string,
  signal?: AbortSignal,
): EngineError {
  if (signal?.aborted) return cancelled();
  if (error instanceof EngineError) return error;
  const raw: RawError = typeof error === "object" && error !== null ? error : { message: error };
  if (raw.name === "AbortError") return cancelled();
  if (typeof raw.statusCode === "number") return answered(raw.statusCode, engineMessage(raw), address, doing);
  if (typeof raw.code === "string") return unreachable(raw.code, address, doing, String(raw.message));
  return otherFailure(`The engine failed while ${doing}: ${String(raw.message)}`);
}

/** The failure of an EngineError, by its shape: the class stands in more than one bundle. */
export function failureIn(error: unknown): EngineFailure | undefined {
  return error instanceof Error && error.name === "EngineError" && "failure" in error
    ? (error.failure as EngineFailure)
    : undefined;
}

/** A failure of which nothing is known but its sentence for the user. */
export function otherFailure(message: string): EngineError {
  return new EngineError({ kind: "other", message }, message);
}

/** For an answer that is no answer of an engine, or the half of one. */
export function notUnderstood(said: string): EngineError {
  const message = `The engine's answer cannot be understood: “${said.trim().slice(0, 80)}”. It broke off, or something else listens at its address. See whether the engine runs, then try again.`;
  return new EngineError({ kind: "other", message, cause: "not-understood" }, message);
}

/** It took the question and says nothing. */
export function silent(address: string): EngineError {
  const message = `The engine at ${address} took the question and does not answer. It may be busy or stuck: see how it is, start it again if need be, then try again.`;
  return new EngineError({ kind: "unreachable", address, cause: "other", detail: "no answer" }, message);
}

/** No engine answered at `address`. `code` is Node's, e.g. `ECONNREFUSED`. */
export function unreachable(code: string, address: string, doing: string, detail: string): EngineError {
  const failure = (cause: "no-socket" | "permission-denied" | "refused" | "other", message: string) =>
    new EngineError({ kind: "unreachable", address, cause, detail }, message);
  const insecure = tlsFailure(code, address, detail);
  if (insecure !== undefined) return failure("other", insecure);
  switch (code) {
    case "ENOENT":
      return failure(
        "no-socket",
        `No Docker Engine at ${address}: there is no such socket. Start Docker (or Podman's socket), or set DOCKER_HOST to where the engine listens.`,
      );
    case "EACCES":
    case "EPERM":
      return failure(
        "permission-denied",
        `You may not use the Docker Engine at ${address}. Add yourself to the group that owns the socket (“sudo usermod -aG docker $USER”), then log in again.`,
      );
    case "ECONNREFUSED":
      return failure(
        "refused",
        `Nothing answers at ${address}. Start the Docker Engine (“systemctl start docker”, or Docker Desktop), then try again.`,
      );
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return failure(
        "other",
        `The host of ${address} is not known. Check DOCKER_HOST or the Docker context.`,
      );
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return failure(
        "other",
        `${address} does not answer. Check the network, DOCKER_HOST and the Docker context.`,
      );
    case "ECONNRESET":
    case "EPIPE":
    case "ERR_STREAM_PREMATURE_CLOSE":
      return failure(
        "other",
        `The engine at ${address} broke off while ${doing}. See whether it still runs, then try again.`,
      );
    default:
      return failure("other", `The engine at ${address} cannot be asked while ${doing}: ${detail}`);
  }
}

function answered(status: number, message: string, address: string, doing: string): EngineError {
  const port = busyPort(message);
  if (port !== undefined) {
    const text = `Port ${port} of ${engineHost(address) ?? "this machine"} is already in use. Stop what uses it, or choose another host port.`;
    return new EngineError({ kind: "conflict", message: text, port: Number(port) }, text);
  }
  // Podman (5.4.2) answers some calls of its own API with 500 for what is gone.
  if (status === 404 || /: no such (?:container|image|volume)\.?$/.test(message))
    return new EngineError({ kind: "not-found", what: message }, `Not found: ${sentence(message)}`);
  if (status === 409) return new EngineError({ kind: "conflict", message }, sentence(message));
  if (/no space left on device/i.test(message)) {
    const full =
      "The engine's disk is full. Remove what is unused (“docker system df”, “docker system prune”), then try again.";
    return new EngineError({ kind: "other", message: full, cause: "disk-full" }, full);
  }
  return otherFailure(`The engine refused while ${doing}: ${sentence(message)}`);
}

/** Wordings of engines 20.10 to 28 and of Podman when the host port is taken. */
function busyPort(message: string): string | undefined {
  if (!/port is already allocated|address already in use/i.test(message)) return undefined;
  return /(?:Bind for |host port for |tcp4? |exposed port |listen tcp4? )(?:[\d.]+|\[::\])?:(\d+)/i.exec(
    message,
  )?.[1];
}

/** dockerode wraps the engine's sentence in one of its own: `(HTTP code 404) unexpected - No such image: x `. */
export function engineMessage(error: { readonly message?: unknown }): string {
  return String(error.message)
    .replace(/^\(HTTP code \d+\) [^-]* - /, "")
    .trim();
}

function sentence(message: string): string {
  const text = message.trim();
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
