import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { start, stopGroup } from "../setup/programs.ts";
import { installRegistry, registryProgram } from "../setup/registry.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Who may use it. */
export const user = { name: "ada", password: "open-sesame" };

/** As htpasswd writes `open-sesame`, with bcrypt, the only form that the registry reads. */
const passwords = `${user.name}:$2b$05$abcdefghijklmnopqrstuutXu9KzOt.1yBoZUeFWoT/914/JfszCO\n`;

/** Starts a real registry that asks for a name and a password, until the test is over. Answers its host, `127.0.0.1:41234`. */
export async function privateRegistry(): Promise<string> {
  await installRegistry();
  const host = `127.0.0.1:${await freePort()}`;
  const folder = temporaryFolder({ htpasswd: passwords });
  const configuration = {
    version: "0.1",
    log: { level: "error" },
    storage: { filesystem: { rootdirectory: path.join(folder, "data") } },
    http: { addr: host },
    auth: { htpasswd: { realm: "test", path: path.join(folder, "htpasswd") } },
  };
  const file = path.join(temporaryFolder({ "config.yml": JSON.stringify(configuration) }), "config.yml");
  const server = start(registryProgram, ["serve", file], { stdio: "ignore" });
  onTestFinished(() => stopGroup(server));
  for (const end = Date.now() + 20_000; ; await sleep(50)) {
    const status = await fetch(`http://${host}/v2/`).then(
      (it) => it.status,
      () => 0,
    );
    if (status === 401) return host;
    if (Date.now() > end) throw new Error(`The registry does not answer (${status}).`);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
