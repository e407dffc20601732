import type { Stage } from "../../model/stage/stage.ts";

/** What the image of a stage certainly does without, in the order in which one misses it. */
export function lacksOf({ result }: Stage): readonly string[] {
  const { packageManager } = result;
  const found: string[] = [];
  if (result.hasShell.is === "no") found.push("shell");
  if (packageManager.known && packageManager.value === "none") found.push("package manager");
  if (LOOKING.every((it) => result.hasTool(it).is === "no")) found.push("tools to look inside");
  if (result.certificates.is === "no") found.push("certificates");
  if (result.timeZones.is === "no") found.push("time zones");
  if (result.hasUser("root").is === "no" || result.hasPath("/etc/passwd").is === "no")
    found.push("names of users");
  if (result.libc.known && result.libc.value === "none") found.push("C library");
  if (result.hasPath("/tmp").is === "no") found.push("/tmp");
  return found;
}

/** What one looks around with in a container. */
const LOOKING = ["ls", "ps", "cat"];
