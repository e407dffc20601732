import { spawn } from "node:child_process";
import { createServer } from "node:net";
import type { Connection } from "../connection.ts";
import type { RunningContainer } from "../engine.ts";
import { type RemoteProgram, readSshAddress, sshLogin } from "./ssh.ts";
import { sshFailure } from "./ssh-failures.ts";

type Ports = RunningContainer["ports"];

/**
 * The ports of a container on the host of an SSH address are that host's. The answer is the container with the same ports on this machine,
 * forwarded by ssh until it is stopped; those of a restart too, which may be others. When that cannot be had at its start the container is
 * stopped, and an EngineError says why.
 */
export async function withForwardedPorts(
  connection: Connection,
  container: RunningContainer,
): Promise<RunningContainer> {
  const opened: (() => void)[] = [];
  const tunnels = connection.tunnels ?? new Map<number, string>();
  const here = (ports: Ports) =>
    Object.entries(ports).map(([port, at]) => [port, tunnels.get(farPort(at)) ?? at] as const);
  let last: Promise<unknown> = Promise.resolve();
  // One after the other: two who watch must not forward the same port twice.
  const forwarded = (ports: Ports): Promise<Ports> => {
    const mine = last.then(async () => {
      const far = Object.values(ports)
        .map(farPort)
        .filter((it) => !Number.isNaN(it) && !tunnels.has(it));
      if (far.length > 0) opened.push(await forward(connection.address, far, tunnels));
      return Object.fromEntries(here(ports));
    });
    last = mine.catch(() => {});
    return mine;
  };
  const close = () => {
    for (const it of opened.splice(0)) it();
  };
  try {
    const ports = await forwarded(container.ports);
    return {
      ...container,
      ports,
      async *watch(signal) {
        for await (const state of container.watch(signal))
          yield { ...state, ports: await forwarded(state.ports).catch(() => state.ports) };
      },
      stop(signal, options) {
        close();
        return container.stop(signal, options);
      },
    };
  } catch (error) {
    await container.stop().catch(() => undefined);
    throw error;
  }
}

/** Of an address that only the engine's host has, see `publishedAt`; NaN of others. */
function farPort(address: string): number {
  return Number(/:(\d+) on /.exec(address)?.[1]);
}

/** Answers what closes the way again. */
async function forward(
  url: string,
  far: readonly number[],
  tunnels: Map<number, string>,
): Promise<() => void> {
  const target = readSshAddress(url);
  const ways: (readonly [number, string])[] = [];
  for (const port of far) ways.push([port, `127.0.0.1:${await freePort(port)}`]);
  const forwards = ways.flatMap(([port, here]) => ["-L", `${here}:127.0.0.1:${port}`]);
  const ssh = spawn(
    "ssh",
    [
      ...["-o", "ExitOnForwardFailure=yes", ...forwards],
      // It says when all is set up, and ends with us: `cat` waits for its input's end.
      ...[...sshLogin(target), "echo ready && cat"],
    ],
    { stdio: ["pipe", "pipe", "pipe"], windowsHide: true },
  );
  ssh.stdin.on("error", () => {});
  let said = "";
  ssh.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4_000);
  });
  await new Promise<void>((resolve, reject) => {
    const failed = (status: number | string | null) => {
      reject(sshFailure(url, target, "docker" satisfies RemoteProgram, status, said));
    };
    ssh.once("error", (error: NodeJS.ErrnoException) => failed(error.code ?? null));
    ssh.once("close", failed);
    ssh.stdout.on("data", () => resolve());
  });
  const forget = () => {
    for (const [port, here] of ways) if (tunnels.get(port) === here) tunnels.delete(port);
  };
  for (const [port, here] of ways) tunnels.set(port, here);
  ssh.once("close", forget);
  return () => {
    forget();
    ssh.kill();
  };
}

/** `wanted` when nobody listens there, else any that is free. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => (wanted === 0 ? reject(error) : resolve(freePort(0))));
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : wanted));
    });
  });
}
