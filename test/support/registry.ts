import { onTestFinished } from "vitest";
import { startRegistry } from "../setup/registry.ts";

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
