import { chmodSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hostSuite, openSuite, withoutDebian } from "./debian.ts";
import { tools } from "./places.ts";
import { output } from "./programs.ts";
import { telling } from "./say.ts";
import { inTurn } from "./turns.ts";

const installed = path.join(tools, "shellcheck");

/** The program that the tests run; there after `installShellcheck`. */
export const shellcheckProgram = path.join(installed, "shellcheck");

/** Why ShellCheck cannot be had on this machine; undefined when it can. */
export function withoutShellcheck(): string | undefined {
  return existsSync(shellcheckProgram) ? undefined : withoutDebian();
}

/** Unpacks Debian's ShellCheck into `.tools/shellcheck`, with the libraries that it brings beside the C library. */
export function installShellcheck(): Promise<void> {
  return inTurn("shellcheck", async () => {
    if (existsSync(shellcheckProgram)) return;
    await telling("Fetching ShellCheck from Debian into .tools", async () => {
      const partial = `${installed}.partial`;
      rmSync(partial, { recursive: true, force: true });
      const suite = await openSuite(hostSuite(), partial);
      const files = path.join(partial, "files");
      await suite.unpack(["shellcheck", ...(await suite.search("^(libgmp10|libffi8|libffi7)$"))], files);
      const program = path.join(partial, "shellcheck");
      const libraries = readdirSync(path.join(files, "usr/lib"))
        .map((it) => `"$here/files/usr/lib/${it}"`)
        .join(":");
      writeFileSync(
        program,
        `#!/bin/sh\nhere=$(dirname "$0")\nLD_LIBRARY_PATH=${libraries} exec "$here/files/usr/bin/shellcheck" "$@"\n`,
      );
      chmodSync(program, 0o755);
      await output(program, ["--version"]);
      rmSync(installed, { recursive: true, force: true });
      renameSync(partial, installed);
    });
  });
}
