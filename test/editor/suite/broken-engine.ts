import { mkdtempSync, rmSync } from "node:fs";
import { createConnection, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";

/** A socket in front of the real engine of `DOCKER_HOST`, which can go away and come back. */
export interface BrokenEngine {
  /** From now on it is the engine that Plimsoll uses. */
  use(): Promise<void>;
  /** Nobody listens any more, and who was connected is not. */
  gone(): void;
  back(): Promise<void>;
  /** Told each call as it comes, `POST /containers/create`, before the engine hears of it. */
  onCall: (call: string) => void;
  /** The real engine is used again. */
  dispose(): Promise<void>;
}

export function brokenEngine(): BrokenEngine {
  const folder = mkdtempSync(path.join(tmpdir(), "plimsoll-broken-"));
  const socket = path.join(folder, "engine.sock");
  const real = (process.env["DOCKER_HOST"] ?? "").replace("unix://", "");
  const open = new Set<Socket>();
  const keep = (it: Socket) => {
    open.add(it);
    return it.on("error", () => {}).on("close", () => open.delete(it));
  };
  const it: BrokenEngine = { onCall: () => {}, use, gone, back, dispose };
  const server = createServer({ allowHalfOpen: true }, (client) => {
    keep(client);
    const engine = keep(createConnection({ path: real, allowHalfOpen: true }));
    client.on("data", (piece) => {
      for (const [, method, url] of piece.toString("latin1").matchAll(/^([A-Z]+) (\S+) HTTP\/1/gm))
        it.onCall(`${method} ${(url ?? "").replace(/^\/v[\d.]+/, "").split("?")[0]}`);
    });
    client.pipe(engine).pipe(client);
    client.on("close", () => engine.destroy());
    engine.on("close", () => client.destroy());
  });
  const setting = (value: string | undefined) =>
    vscode.workspace
      .getConfiguration("plimsoll")
      .update("engine.host", value, vscode.ConfigurationTarget.Global);
  async function back(): Promise<void> {
    await new Promise<void>((resolve) => server.listen(socket, resolve));
  }
  async function use(): Promise<void> {
    await back();
    await setting(`unix://${socket}`);
  }
  function gone(): void {
    server.close();
    for (const one of open) one.destroy();
  }
  async function dispose(): Promise<void> {
    gone();
    await setting(undefined);
    rmSync(folder, { recursive: true, force: true });
  }
  return it;
}
