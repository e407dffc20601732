import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { createConnection, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import protobuf from "protobufjs/light.js";
import { type GrpcCall, GrpcError, type GrpcMethods, grpcNotFound } from "../buildkit/grpc.ts";
import { otherFailure } from "../failures.ts";
import { reason } from "../local-files.ts";
import type { SshForward } from "./build-types.ts";

/** Messages of moby.sshforward.v1.SSH (session/sshforward/ssh.proto of moby/buildkit, read 2026-11). The id of ForwardAgent is metadata. */
const root = protobuf.Root.fromJSON({
  nested: {
    BytesMessage: { fields: { data: { type: "bytes", id: 1 } } },
    CheckAgentRequest: { fields: { ID: { type: "string", id: 1 } } },
  },
});
const bytesMessage = root.lookupType("BytesMessage");
const checkRequest = root.lookupType("CheckAgentRequest");
const idKey = "buildkit.ssh.id";

/** Agents that a build may use. */
export interface SshAgents {
  readonly methods: GrpcMethods;
  /** Ends the agents that were started for the build. */
  close(): void;
}

/**
 * Makes the agents ready: the user's own, or for key files one that lives as long as the build. A private key never leaves this
 * machine; the engine gets only what an agent answers. Throws EngineError where there is no agent or a key cannot be used.
 */
export async function openAgents(forwards: readonly SshForward[]): Promise<SshAgents> {
  if (forwards.length === 0) return { methods: {}, close: () => {} };
  const sockets = new Map<string, string>();
  const started: OwnAgent[] = [];
  const close = () => {
    for (const agent of started) agent.close();
  };
  try {
    for (const { id, keys } of forwards) {
      const [only] = keys;
      if (only === undefined) sockets.set(id, await usersAgent());
      else if (await isSocket(only)) sockets.set(id, only);
      else {
        const agent = await startAgent();
        started.push(agent);
        for (const key of keys) await agent.add(key);
        sockets.set(id, agent.socket);
      }
    }
  } catch (error) {
    close();
    throw error;
  }
  const socketOf = (id: string) => {
    const socket = sockets.get(id || "default");
    if (socket === undefined) throw new GrpcError(grpcNotFound, `unset ssh forward key ${id || "default"}`);
    return socket;
  };
  return {
    methods: {
      "/moby.sshforward.v1.SSH/CheckAgent": async (call) => {
        for await (const message of call.messages) {
          socketOf((checkRequest.decode(message) as unknown as { ID: string }).ID);
          return call.send(new Uint8Array());
        }
      },
      "/moby.sshforward.v1.SSH/ForwardAgent": (call) =>
        forward(call, socketOf(call.metadata(idKey)[0] ?? "")),
    },
    close,
  };
}

/** Carries bytes both ways until either side ends. */
async function forward(call: GrpcCall, path: string): Promise<void> {
  const socket = createConnection(path);
  const toAgent = (async () => {
    for await (const message of call.messages) {
      const { data } = bytesMessage.decode(message) as unknown as { data: Uint8Array };
      if (!socket.write(data)) await drained(socket);
    }
    socket.end();
  })();
  toAgent.catch(() => socket.destroy());
  for await (const data of socket as AsyncIterable<Buffer>)
    await call.send(bytesMessage.encode({ data }).finish());
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      socket.off("drain", go).off("close", go);
      resolve();
    };
    socket.on("drain", go).on("close", go);
  });
}

async function isSocket(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isSocket() === true;
}

/** Where the user's agent listens. Windows' own OpenSSH has a fixed pipe. */
async function usersAgent(): Promise<string> {
  const path =
    process.env["SSH_AUTH_SOCK"] ||
    (process.platform === "win32" ? "\\\\.\\pipe\\openssh-ssh-agent" : undefined);
  if (path === undefined)
    throw otherFailure(
      "The build needs an SSH agent, and there is none: SSH_AUTH_SOCK is not set where VS Code runs its extensions. Start one (“eval $(ssh-agent)”, “ssh-add”) and start VS Code from there, or name key files.",
    );
  await new Promise<void>((resolve, reject) => {
    const socket = createConnection(path, () => {
      socket.destroy();
      resolve();
    });
    socket.once("error", (error) =>
      reject(
        otherFailure(
          `The SSH agent at ${path} (SSH_AUTH_SOCK) cannot be reached: ${reason(error)}. Start it again, or name key files.`,
        ),
      ),
    );
  });
  return path;
}

interface OwnAgent {
  readonly socket: string;
  add(key: string): Promise<void>;
  close(): void;
}

/** Longest wait for the agent to listen, ms. */
const patience = 5_000;

/** An agent of our own, of OpenSSH: it reads every kind of key. */
async function startAgent(): Promise<OwnAgent> {
  const folder = await mkdtemp(join(tmpdir(), "plimsoll-ssh-"));
  const socket = join(folder, "agent");
  let child: ChildProcess | undefined;
  const close = () => {
    child?.kill();
    rm(folder, { recursive: true, force: true }).catch(() => {});
  };
  try {
    child = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
    const failed = new Promise<never>((_, reject) => {
      child?.once("error", reject);
      child?.once("exit", (code) => reject(new Error(`it ended with code ${code}`)));
    });
    failed.catch(() => {});
    await Promise.race([failed, listening(socket)]);
  } catch (error) {
    close();
    throw otherFailure(
      `No SSH agent can be started for the key files: ${missing(error, "ssh-agent")}. Add the keys to your own agent (“ssh-add”) and forward that.`,
    );
  }
  return { socket, close, add: (key) => addKey(key, socket) };
}

async function listening(socket: string): Promise<void> {
  for (const end = Date.now() + patience; ; await new Promise((resolve) => setTimeout(resolve, 10))) {
    if (await stat(socket).catch(() => undefined)) return;
    if (Date.now() > end) throw new Error("it does not listen");
  }
}

async function addKey(key: string, socket: string): Promise<void> {
  // Without a terminal and an asking program a passphrase cannot be asked for, and nothing hangs.
  const env = { ...process.env, SSH_AUTH_SOCK: socket, SSH_ASKPASS_REQUIRE: "never", DISPLAY: "" };
  try {
    const adding = promisify(execFile)("ssh-add", ["-q", key], { env, timeout: patience });
    // It would wait for a passphrase there.
    adding.child.stdin?.on("error", () => {}).end();
    await adding;
  } catch (error) {
    const { stderr = "" } = error as { stderr?: string };
    const said = stderr.trim().split("\n").at(-1) || missing(error, "ssh-add");
    throw otherFailure(
      `The SSH key ${key} cannot be used: ${said}. If it has a passphrase, add it to your agent (“ssh-add ${key}”) and forward the agent instead.`,
    );
  }
}

function missing(error: unknown, program: string): string {
  return (error as { code?: unknown }).code === "ENOENT" ? `${program} is not installed` : reason(error);
}
