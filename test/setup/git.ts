import { chmodSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hostSuite, openSuite, withoutDebian } from "./debian.ts";
import { tools } from "./places.ts";
import { onPath, output } from "./programs.ts";
import { telling } from "./say.ts";
import { inTurn } from "./turns.ts";

const installed = path.join(tools, "git");
const unpacked = path.join(installed, "git");

/** Why there can be no git on this machine; undefined when there can. */
export function withoutGit(): string | undefined {
  return onPath("git") || existsSync(unpacked) ? undefined : withoutDebian();
}

/** The program that the tests run: the machine's own, else Debian's, unpacked into `.tools/git`. */
export async function installGit(): Promise<string> {
  if (onPath("git")) return "git";
  await inTurn("git", async () => {
    if (existsSync(unpacked)) return;
    await telling("Fetching git from Debian into .tools", () => unpackGit());
  });
  return unpacked;
}

/** The PATH `before` with one on which there is a git. */
export async function gitPath(before: string): Promise<string> {
  const program = await installGit();
  return program === "git" ? before : `${installed}:${before}`;
}

async function unpackGit(): Promise<void> {
  const partial = `${installed}.partial`;
  rmSync(partial, { recursive: true, force: true });
  const suite = await openSuite(hostSuite(), partial);
  const files = path.join(partial, "files");
  await suite.unpack(["git", ...(await suite.search("^(libpcre2-8-0|zlib1g)$"))], files);
  const libraries = readdirSync(path.join(files, "usr/lib"))
    .map((it) => `"$here/files/usr/lib/${it}"`)
    .join(":");
  const program = path.join(partial, "git");
  writeFileSync(
    program,
    `#!/bin/sh\nhere=$(dirname "$0")\nLD_LIBRARY_PATH=${libraries} GIT_EXEC_PATH="$here/files/usr/lib/git-core" exec "$here/files/usr/bin/git" "$@"\n`,
  );
  chmodSync(program, 0o755);
  await output(program, ["--version"]);
  rmSync(path.join(partial, `apt-${suite.name}`), { recursive: true });
  rmSync(installed, { recursive: true, force: true });
  renameSync(partial, installed);
}
