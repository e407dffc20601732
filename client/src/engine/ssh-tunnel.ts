import { spawn } from "node:child_process";
import { createServer } from "node:net";
import type { RunningContainer } from "./engine.ts";
import { type RemoteProgram, readSshAddress, type SshTarget, sshLogin } from "./ssh.ts";
import { sshFailure } from "./ssh-failures.ts";

/**
 * The ports of a container on the host of an SSH address are that host's. The answer is the container with the same ports on this machine,
 * forwarded by one ssh until it is stopped. When that cannot be had the container is stopped, and an EngineError says why.
 */
export async function withForwardedPorts(
  url: string,
  container: RunningContainer,
): Promise<RunningContainer> {
  const published = Object.entries(container.ports);
  if (published.length === 0) return container;
  try {
    const { ports, close } = await forward(url, readSshAddress(url), published);
    return {
      ...container,
      ports,
      stop(signal) {
        close();
        return container.stop(signal);
      },
    };
  } catch (error) {
    await container.stop().catch(() => undefined);
    throw error;
  }
}

async function forward(
  url: string,
  target: SshTarget,
  published: readonly (readonly [string, string])[],
): Promise<{ readonly ports: Readonly<Record<string, string>>; close(): void }> {
  const ports: Record<string, string> = {};
  const forwards: string[] = [];
  for (const [port, there] of published) {
    const here = `127.0.0.1:${await freePort(Number(there.split(":").at(-1)))}`;
    ports[port] = here;
    forwards.push("-L", `${here}:${there}`);
  }
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
  return { ports, close: () => void ssh.kill() };
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
