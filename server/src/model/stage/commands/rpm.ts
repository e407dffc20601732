import { type CommandFamily, readWords } from "./command-family.ts";
import { DNF_VALUED, ZYPPER_VALUED } from "./manager-options.ts";

/** Package managers whose packages are not listed here: what is installed is there, and may bring more. */
export const rpm: CommandFamily = {
  programs: ["dnf", "dnf5", "yum", "microdnf", "tdnf", "zypper", "rpm", "pacman", "emerge", "xbps-install"],
  run(call, changes) {
    const { options, operands } = readWords(
      call.words,
      call.program === "zypper" ? ZYPPER_VALUED : DNF_VALUED,
    );
    const [verb, ...packages] = operands;
    if (options.has("--installroot")) changes.mayDoAnything();
    else if (verb === "install" || verb === "in") {
      for (const name of packages)
        if (name === "curl" || name === "wget" || name === "git") changes.addTool(name);
      changes.mayInstallPackages();
    } else if (verb === "remove" || verb === "erase" || verb === "rm") {
      for (const name of packages) if (name !== undefined) changes.removeTool(name);
    } else if (!QUIET.has(verb ?? "")) changes.mayInstallPackages();
  },
};

const QUIET: ReadonlySet<string> = new Set([
  "clean",
  "makecache",
  "update-minimal",
  "repolist",
  "refresh",
  "ref",
  "list",
  "info",
  "search",
]);
