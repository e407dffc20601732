import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hostSuite, openSuite } from "./debian.ts";
import { Expected } from "./ending.ts";
import { freePort } from "./free-port.ts";
import { tools } from "./places.ts";
import { output, start, stopGroup } from "./programs.ts";
import { telling } from "./say.ts";
import { inTurn } from "./turns.ts";

const installed = path.join(tools, "registry");

const registryProgram = path.join(installed, "usr/bin/docker-registry");

/** Unpacks Debian's registry of images into `.tools/registry`; nothing is installed on the machine. */
function installRegistry(): Promise<void> {
  return inTurn("registry", async () => {
    if (existsSync(registryProgram)) return;
    await telling("Fetching a registry of images from Debian into .tools", async () => {
      const partial = `${installed}.partial`;
      rmSync(partial, { recursive: true, force: true });
      const suite = await openSuite(hostSuite(), `${partial}/apt`);
      await suite.unpack(["docker-registry"], partial);
      await output(path.join(partial, "usr/bin/docker-registry"), ["--version"]);
      rmSync(path.join(partial, "apt"), { recursive: true, force: true });
      rmSync(installed, { recursive: true, force: true });
      renameSync(partial, installed);
    });
  });
}

/** A registry of images that runs on this machine. */
export interface RunningRegistry {
  /** `127.0.0.1:41234`. */
  readonly host: string;
  stop(): Promise<void>;
}

/** Starts a real registry, empty. `passwords`: who may use it, as htpasswd writes it with bcrypt; anyone when absent. */
export async function startRegistry(passwords?: string): Promise<RunningRegistry> {
  await installRegistry();
  const host = `127.0.0.1:${await freePort()}`;
  const folder = mkdtempSync(path.join(tmpdir(), "plimsoll-registry-"));
  const file = (name: string) => path.join(folder, name);
  if (passwords !== undefined) writeFileSync(file("htpasswd"), passwords);
  const configuration = {
    version: "0.1",
    log: { level: "error" },
    storage: { filesystem: { rootdirectory: file("data") } },
    http: { addr: host },
    ...(passwords !== undefined && { auth: { htpasswd: { realm: "test", path: file("htpasswd") } } }),
  };
  writeFileSync(file("config.yml"), JSON.stringify(configuration));
  const server = start(registryProgram, ["serve", file("config.yml")], { stdio: "ignore" });
  const stop = async () => {
    await stopGroup(server);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  for (const end = Date.now() + 20_000; ; await sleep(50)) {
    const status = await fetch(`http://${host}/v2/`).then(
      (it) => it.status,
      () => 0,
    );
    if (status === (passwords === undefined ? 200 : 401)) return { host, stop };
    if (Date.now() < end) continue;
    await stop();
    throw new Expected(`The registry does not answer (${status}).`);
  }
}
