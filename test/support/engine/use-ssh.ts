import { writeFileSync } from "node:fs";
import path from "node:path";
import { onTestFinished, vi } from "vitest";
import { onPath } from "../../setup/programs.ts";
import type { SshServer } from "../../setup/ssh-server.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/**
 * Until the test is over, `ssh` is the machine's with the server's configuration instead of the user's. Answers a file that gets a
 * line with its arguments for each start.
 */
export function useSsh(server: SshServer, ...options: readonly string[]): string {
  const folder = temporaryFolder();
  const log = path.join(folder, "log");
  writeFileSync(log, "");
  const script = `#!/bin/sh\necho "$@" >> ${log}\nexec ${onPath("ssh")} -F ${server.config} ${options.join(" ")} "$@"\n`;
  writeFileSync(path.join(folder, "ssh"), script, { mode: 0o755 });
  const { PATH } = process.env;
  usePath(`${folder}:${PATH}`);
  return log;
}

/** Where programs are found until the test is over. */
export function usePath(value: string): void {
  vi.stubEnv("PATH", value);
  onTestFinished(() => void vi.unstubAllEnvs());
}
