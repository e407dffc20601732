import { existsSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { hostSuite, openSuite } from "./debian.ts";
import { tools } from "./places.ts";
import { output } from "./programs.ts";
import { telling } from "./say.ts";
import { inTurn } from "./turns.ts";

const installed = path.join(tools, "registry");

/** The program that the tests run; there after `installRegistry`. */
export const registryProgram = path.join(installed, "usr/bin/docker-registry");

/** Unpacks Debian's registry of images into `.tools/registry`; nothing is installed on the machine. */
export function installRegistry(): Promise<void> {
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
