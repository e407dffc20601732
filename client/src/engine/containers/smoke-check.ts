import { createConnection } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { textWithoutSecrets } from "../../shared/secrets.ts";
import { shortened } from "../build/build-failure.ts";
import type { Engine, RunningContainer, RunRequest } from "../engine.ts";
import { failureIn, throwIfAborted } from "../failures.ts";
import { inOnePiece } from "../in-one-piece.ts";
import { engineHost } from "./published-ports.ts";

export interface SmokeOptions extends Omit<Partial<RunRequest>, "image" | "interactive" | "keep" | "health"> {
  /** The port that must answer, `8080/tcp`; the first TCP port of the image when not given. */
  readonly port?: string;
  /** Until it must be ready, ms; 30,000 when not given. */
  readonly limit?: number;
  /**
   * Asks for health that often, ms, instead of as often as the image says, which is every 30 s where it says nothing; it is unhealthy
   * when the answer was no for half of `limit`.
   */
  readonly checkEvery?: number;
  /** Without a health check and a port: to run that long is to be ready, ms; 3,000 when not given. */
  readonly steady?: number;
}

export interface SmokeReport {
  readonly started: boolean;
  /**
   * `healthy` by its health check, `answers` at its port, `steady` when it only kept running, `ended` with exit code 0 (a tool
   * that does its work and ends). The others are failures: `unhealthy`, `silent` (it runs, and the port does not answer in
   * time), `starting` (its health check had no answer in time), `crashed`, `not-started`.
   */
  readonly status:
    | "healthy"
    | "answers"
    | "steady"
    | "ended"
    | "unhealthy"
    | "silent"
    | "starting"
    | "crashed"
    | "not-started";
  readonly works: boolean;
  /** From its start, ms; undefined when it never was. */
  readonly readyAfter: number | undefined;
  /** When it ended by itself. */
  readonly exitCode: number | undefined;
  /** The last lines of its output. */
  readonly log: readonly string[];
  /** One sentence, for the user. */
  readonly message: string;
}

const logLines = 20;
const working: readonly SmokeReport["status"][] = ["healthy", "answers", "steady", "ended"];

/**
 * Starts a container of the image, waits until it shows that it works, and removes it, whatever happens. An image that does
 * not start or work is a report; EngineError is for the rest: no engine, no such image, cancelled.
 */
export async function smokeCheck(
  engine: Engine,
  image: string,
  options: SmokeOptions = {},
  signal?: AbortSignal,
): Promise<SmokeReport> {
  const { port: asked, limit = 30_000, steady = 3_000, checkEvery, ...request } = options;
  const { config } = await engine.inspectImage(image, signal);
  const exposed = config.exposedPorts.filter((it) => it.endsWith("/tcp"));
  const ports =
    request.ports ?? Object.fromEntries([...exposed, ...(asked ? [asked] : [])].map((it) => [it, 0]));
  const port = asked ?? Object.keys(ports).find((it) => !it.endsWith("/udp"));

  const isChecked = config.healthcheck !== undefined && config.healthcheck[0] !== "NONE";
  // Of an image's configuration Podman leaves the check out (4.3.1 and 5.4.2); where there is none it takes no notice of its times.
  const mayBeChecked = async () =>
    isChecked || (config.healthcheck === undefined && (await engine.info(signal)).name === "podman");
  const often = checkEvery !== undefined &&
    (await mayBeChecked()) && {
      health: { interval: checkEvery, retries: Math.ceil(limit / 2 / checkEvery) },
    };

  let container: RunningContainer;
  const begun = performance.now();
  try {
    container = await engine.run({ environment: [], ...request, ...often, image, ports }, signal);
  } catch (error) {
    const failure = failureIn(error);
    // Of a full disk, or of junk for an answer, the image knows nothing.
    if (error instanceof Error && failure?.kind === "other" && failure.cause === undefined)
      return notStarted(error.message);
    throw error;
  }
  const since = () => Math.round(performance.now() - begun);
  const end = new AbortController();
  const either = signal ? AbortSignal.any([signal, end.signal]) : end.signal;
  const log: string[] = [];
  // The report says how it is; that its output cannot be read is no part of it.
  const reading = keepLast(container, log, either).catch(() => {});
  try {
    const ended = exitOf(container, either);
    // It is awaited below; the question in between may take longer.
    ended.catch(() => {});
    // The container tells as well.
    const hasCheck =
      isChecked || ["starting", "healthy", "unhealthy"].includes(await container.health(either));
    const address = port === undefined ? undefined : addressOf(engine, container.ports[port]);
    const ready = hasCheck
      ? health(container, limit, either)
      : address !== undefined
        ? answer(address, limit, either)
        : sleep(Math.min(steady, limit), "steady" as const, { signal: either });
    const status = await Promise.race([ready, ended]);
    throwIfAborted(signal);
    const readyAfter = since();
    if (typeof status === "object") {
      await reading;
      // A tool has done its work; a service that should answer has not.
      const isTool = status.exitCode === 0 && !hasCheck && port === undefined;
      return report(image, isTool ? "ended" : "crashed", { exitCode: status.exitCode, log });
    }
    const works = working.includes(status);
    const said =
      status === "unhealthy" ? await container.lastCheck(signal).catch(() => undefined) : undefined;
    return report(image, status, { log, ...(works && { readyAfter }), ...(port && { port }), limit, said });
  } catch (error) {
    throwIfAborted(signal);
    throw error;
  } finally {
    end.abort();
    await reading;
    // Nobody waits for its grace time: it has shown what it can. What went wrong above must not be hidden.
    const stopping = container.stop(undefined, { graceSeconds: 0 }).catch(() => {});
    await inOnePiece(stopping, signal, "The container is removed as soon as the engine answers.");
  }
}

interface PortAddress {
  readonly host: string;
  readonly port: number;
  /** On another machine, where something may stand between. */
  readonly isFar: boolean;
}

/** Where a published port can be asked; undefined when it cannot be from this machine. */
function addressOf({ address }: Engine, published: string | undefined): PortAddress | undefined {
  const [, host, port] = /^\[?([^\s\]]*?)\]?:(\d+)$/.exec(published ?? "") ?? [];
  if (host === undefined) return undefined;
  return {
    host: host === "0.0.0.0" ? "127.0.0.1" : host,
    port: Number(port),
    isFar: engineHost(address) !== undefined,
  };
}

/** Resolves when the container has ended; never, when it is aborted before. */
function exitOf(container: RunningContainer, signal: AbortSignal): Promise<{ exitCode: number | undefined }> {
  return new Promise((resolve, reject) => {
    const watch = async () => {
      for await (const { health, exitCode } of container.watch(signal))
        if (health === "stopped") return resolve({ exitCode });
      resolve({ exitCode: undefined });
    };
    watch().catch((error) => {
      if (!signal.aborted) reject(error);
    });
  });
}

async function health(
  container: RunningContainer,
  limit: number,
  signal: AbortSignal,
): Promise<"healthy" | "unhealthy" | "starting"> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(limit)]);
  try {
    for await (const { health } of container.watch(either))
      if (health === "healthy" || health === "unhealthy") return health;
  } catch (error) {
    if (signal.aborted || !either.aborted) throw error;
    return "starting";
  }
  // It is gone, which the watch for its end tells.
  return new Promise(() => {});
}

/**
 * A port tells nobody when it begins to answer, so it is tried until it does. Where no connection to another machine ever came
 * about, a firewall may be why: then all that is known is that the container ran on.
 */
async function answer(
  address: PortAddress,
  limit: number,
  signal: AbortSignal,
): Promise<"answers" | "silent" | "steady"> {
  let isReached = !address.isFar;
  for (const deadline = performance.now() + limit; performance.now() < deadline; ) {
    const said = await answers(address);
    if (said === "answer") return "answers";
    isReached ||= said === "nothing";
    await sleep(100, undefined, { signal });
  }
  return isReached ? "silent" : "steady";
}

/**
 * Something comes back to an HTTP request, or the connection is held: a service of another protocol. To connect alone says
 * nothing: the engine's proxy takes every connection, and drops it at once when nobody listens inside, which it takes `dropped` ms to hear of.
 */
function answers({ host, port, isFar }: PortAddress): Promise<"answer" | "nothing" | "unreached"> {
  const dropped = isFar ? 2_000 : 300;
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    let nothing: "nothing" | "unreached" = "unreached";
    const say = (it: "answer" | "nothing" | "unreached") => {
      clearTimeout(waiting);
      socket.destroy();
      resolve(it);
    };
    let waiting = setTimeout(() => say(nothing), 2_000 + dropped);
    socket.on("connect", () => {
      nothing = "nothing";
      clearTimeout(waiting);
      waiting = setTimeout(() => say("answer"), dropped);
      socket.write(`GET / HTTP/1.0\r\nHost: ${host}:${port}\r\n\r\n`);
    });
    socket.on("data", () => say("answer"));
    for (const it of ["error", "end", "close"]) socket.on(it, () => say(nothing));
  });
}

async function keepLast(container: RunningContainer, lines: string[], signal: AbortSignal): Promise<void> {
  let rest = "";
  try {
    for await (const { text } of container.logs(signal)) {
      const all = (rest + text).split(/\r?\n/);
      rest = all.pop() ?? "";
      lines.push(...all);
      lines.splice(0, Math.max(0, lines.length - logLines));
    }
  } finally {
    if (rest !== "") lines.push(rest);
  }
}

function notStarted(message: string): SmokeReport {
  return {
    started: false,
    status: "not-started",
    works: false,
    readyAfter: undefined,
    exitCode: undefined,
    log: [],
    message,
  };
}

interface Found {
  readonly log: readonly string[];
  readonly readyAfter?: number;
  readonly exitCode?: number | undefined;
  readonly port?: string;
  readonly limit?: number;
  /** What its health check said last. */
  readonly said?: string | undefined;
}

function report(image: string, status: SmokeReport["status"], found: Found): SmokeReport {
  const { log, readyAfter, exitCode, port, limit, said } = found;
  const after = `${((readyAfter ?? 0) / 1000).toFixed(1)} s`;
  const within = `${(limit ?? 0) / 1000} s`;
  const sentence = {
    healthy: `${image} is healthy after ${after}.`,
    answers: `${image} answers at port ${port} after ${after}.`,
    steady: `${image} runs steadily; it has no health check and no port that could be asked.`,
    ended: `${image} did its work and ended with exit code 0.`,
    unhealthy: `${image} runs, but its health check fails${said ? `, and says “${shortened(textWithoutSecrets(said))}”` : ""}. See its last lines, and what HEALTHCHECK calls.`,
    silent: `${image} runs, but port ${port} did not answer within ${within}. Does the service listen on 0.0.0.0, and at that port?`,
    starting: `${image} runs, but its health check said neither yes nor no within ${within}. Is its --interval longer?`,
    crashed: `${image} ended by itself${exitCode === undefined ? "" : ` with exit code ${exitCode}`}. Its last lines say why.`,
    "not-started": `${image} did not start.`,
  }[status];
  return {
    started: true,
    status,
    works: working.includes(status),
    readyAfter,
    exitCode,
    log: [...log],
    message: sentence,
  };
}
