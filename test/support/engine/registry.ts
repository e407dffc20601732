import { onTestFinished, vi } from "vitest";
import { startRegistry } from "../../setup/registry.ts";
import { folderTree } from "../folder-tree.ts";
import { realEngine } from "./engine.ts";

/** Who may use it. */
export const user = { name: "ada", password: "open-sesame" };

/** As htpasswd writes `open-sesame`, with bcrypt, the only form that the registry reads. */
const passwords = `${user.name}:$2b$05$abcdefghijklmnopqrstuutXu9KzOt.1yBoZUeFWoT/914/JfszCO\n`;

/** Starts a real registry that asks for a name and a password, until the test is over. Answers its host, `127.0.0.1:41234`. */
export async function privateRegistry(): Promise<string> {
  const { host, stop } = await startRegistry(passwords);
  onTestFinished(stop);
  return host;
}

/** The user's login for a registry, as `docker login` writes it into config.json. */
export const stored = (host: string) => ({
  auths: { [host]: { auth: Buffer.from(`${user.name}:${user.password}`).toString("base64") } },
});

/** What `docker login` has kept, for this test. Answers the folder of config.json. */
export function loggedIn(config: object): string {
  const folder = folderTree({ "config.json": JSON.stringify(config) });
  vi.stubEnv("DOCKER_CONFIG", folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  return folder;
}

/** A private registry with one image, `alpine:3.20` under another name, which no engine has. */
export async function privateImage(): Promise<{ readonly host: string; readonly image: string }> {
  const host = await privateRegistry();
  const image = `${host}/team/base:1`;
  const { docker } = realEngine();
  const config = folderTree({ "config.json": JSON.stringify(stored(host)) });
  await docker("tag", "alpine:3.20", image);
  await docker("--config", config, "push", "--quiet", image);
  await docker("image", "rm", image);
  onTestFinished(async () => void (await docker("image", "rm", "--force", image)));
  return { host, image };
}
