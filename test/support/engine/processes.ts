import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Waits until a process of this machine has this command line, or none has. Throws after 20 seconds. */
export async function processes(name: string, running: boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; ; await sleep(50)) {
    if (commandLines().includes(name) === running) return;
    if (Date.now() > deadline) throw new Error(`${name} ${running ? "never ran" : "still runs"}.`);
  }
}

function commandLines(): readonly string[] {
  return readdirSync("/proc")
    .filter((it) => /^\d+$/.test(it))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      } catch {
        return "";
      }
    });
}
