import { type ChildProcessByStdio, spawn } from "node:child_process";
import { Agent, type ClientRequest } from "node:http";
import { Duplex, type Readable, type Writable } from "node:stream";
import { otherFailure } from "../failures.ts";
import { sshFailure } from "./ssh-failures.ts";

/** What an address like `ssh://ada@build:2222/run/user/1000/docker.sock` names. */
export interface SshTarget {
  readonly user: string | undefined;
  /** A host, or a name of the user's `~/.ssh/config`. */
  readonly host: string;
  readonly port: string | undefined;
  /** Path of the engine's socket over there; where the program of that host looks when undefined. */
  readonly socket: string | undefined;
}

/** What stands between ssh and the engine on the other host. */
export type RemoteProgram = "docker" | "podman";

/** How long a connection waits for the next call, in ms. Each costs a third of a second and more to make. */
const idleTime = 10_000;

/** After the end of its output ssh has this long, in ms, to say how it ended. */
const lastWords = 2_000;

/** Reads an address as the Docker command line does (docker/cli, cli/connhelper/ssh, read 2026-11). Throws EngineError. */
export function readSshAddress(url: string): SshTarget {
  const wrong = (why: string) =>
    otherFailure(`“${url}” cannot be used: ${why}. An engine over SSH is written ssh://user@host:port.`);
  let at: URL;
  try {
    at = new URL(url);
  } catch {
    throw wrong("it is no address");
  }
  if (at.password !== "")
    throw otherFailure("An address over SSH cannot hold a password. Use a key (“ssh-add”).");
  if (at.search !== "" || at.hash !== "") throw wrong("nothing may follow the path");
  const host = at.hostname.replace(/^\[|\]$/g, "");
  if (host === "") throw wrong("it names no host");
  try {
    const user = decodeURIComponent(at.username);
    const socket = decodeURIComponent(at.pathname).replace(/\/+$/, "");
    return { user: user || undefined, host, port: at.port || undefined, socket: socket || undefined };
  } catch {
    throw wrong("behind a “%” stand two digits, and “%25” is the sign itself");
  }
}

/** Arguments of ssh for a way to the engine. */
export function sshArguments(target: SshTarget, program: RemoteProgram): string[] {
  const { socket } = target;
  const engine =
    socket === undefined ? [] : [`--${program === "docker" ? "host" : "url"}=unix://${quoted(socket)}`];
  return [
    // What the user's configuration forwards for a login is not wanted with each call.
    ...["-o", "ClearAllForwardings=yes"],
    ...[...sshLogin(target), [program, ...engine, "system", "dial-stdio"].join(" ")],
  ];
}

/**
 * Arguments of the user's own `ssh`, so that its configuration, keys, agent and known hosts count; a command follows. It never asks for
 * anything: nobody would see the question.
 */
export function sshLogin({ user, host, port }: SshTarget): string[] {
  return [
    ...["-o", "BatchMode=yes", "-o", "ConnectTimeout=20", "-o", "RemoteCommand=none", "-T"],
    ...(user === undefined ? [] : ["-l", user]),
    ...(port === undefined ? [] : ["-p", port]),
    ...["--", host],
  ];
}

/** For the shell of the other host. */
function quoted(text: string): string {
  return /^[\w@%+:,./-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Gives HTTP requests to an engine over SSH their connections: one ssh each, used again while it is fresh. */
export class SshAgent extends Agent {
  readonly #url: string;
  readonly #target: SshTarget;
  readonly #program: RemoteProgram;

  constructor(url: string, program: RemoteProgram) {
    super({ keepAlive: true });
    this.#url = url;
    this.#target = readSshAddress(url);
    this.#program = program;
  }

  override createConnection(): Duplex {
    return new SshConnection(this.#url, this.#target, this.#program);
  }

  override keepSocketAlive(connection: Duplex): boolean {
    return connection instanceof SshConnection && connection.rest();
  }

  override reuseSocket(connection: Duplex, request: ClientRequest): void {
    request.reusedSocket = true;
    if (connection instanceof SshConnection) connection.wake();
  }
}

/** The two ends of one ssh as one stream. When ssh fails before the engine said anything, it ends with a sentence that says why. */
class SshConnection extends Duplex {
  readonly #ssh: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #explain: (status: number | string | null) => Error;
  #said = "";
  #hasAnswered = false;
  #hasEnded = false;
  #idle: NodeJS.Timeout | undefined;

  constructor(url: string, target: SshTarget, program: RemoteProgram) {
    super();
    this.#explain = (status) => sshFailure(url, target, program, status, this.#said);
    this.#ssh = spawn("ssh", sshArguments(target, program), {
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    const { stdin, stdout, stderr } = this.#ssh;
    // Why it cannot be written to is said by how ssh ends.
    stdin.on("error", () => {});
    stdout.on("data", (chunk: Buffer) => {
      this.#hasAnswered = true;
      if (!this.push(chunk)) stdout.pause();
    });
    stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#said = (this.#said + text).slice(-4_000);
    });
    this.#ssh.once("error", (error: NodeJS.ErrnoException) =>
      this.destroy(this.#explain(error.code ?? null)),
    );
    this.#ssh.once("close", (status) => this.#end(status));
    // A master connection that ssh leaves running (ControlPersist) may hold its error output open.
    this.#ssh.once("exit", (status) => void setTimeout(() => this.#end(status), lastWords).unref());
  }

  /** Waits for the next call. False when there can be none. */
  rest(): boolean {
    if (this.#hasEnded || this.destroyed) return false;
    // Node's agent is about to listen for errors of what rests, each time anew, and forgets to stop at streams that are no sockets.
    this.removeAllListeners("error");
    this.#idle = setTimeout(() => this.destroy(), idleTime).unref();
    return true;
  }

  wake(): void {
    clearTimeout(this.#idle);
    this.#idle = undefined;
  }

  #end(status: number | null): void {
    if (this.#hasEnded || this.destroyed) return;
    this.#hasEnded = true;
    if (!this.#hasAnswered) this.destroy(this.#explain(status));
    // Whoever waits for an answer sees that it broke off; nobody does while it rests.
    else if (this.#idle === undefined) this.push(null);
    else this.destroy();
  }

  override _read(): void {
    this.#ssh.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#ssh.stdin.write(chunk, () => done());
  }

  override _final(done: () => void): void {
    this.#ssh.stdin.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.#idle);
    this.#ssh.kill();
    this.#ssh.stdout.destroy();
    this.#ssh.stdin.destroy();
    done(error);
  }
}
