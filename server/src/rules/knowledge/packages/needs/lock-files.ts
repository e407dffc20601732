import type { Command } from "../../../../syntax/shell/script.ts";

/** A command that ends at once where its lock file is missing. */
export interface LockedInstall {
  /** As the message names the command. */
  readonly command: string;
  /** Any of these will do. */
  readonly files: readonly string[];
  /** What stands beside it in the project. */
  readonly project?: string;
  /** Whether the manifest beside it asks for it at all; without, it always does. */
  readonly manifest?: { readonly file: string; readonly asks: RegExp };
  /** The project holds its dependencies itself where this folder is there. */
  readonly unlessFolder?: string;
}

/** Asks for a variable that the command reads: set to this, unset, or not known. */
export type ReadVariable = (name: string) => string | undefined | "unknown";

/**
 * What this command needs in the directory that it runs in (npm-ci(1), pnpm "install --frozen-lockfile", bundle-config(1) "frozen",
 * uv "Locking and syncing", cargo-build(1), yarn "install --immutable"; read 2026-11). Yarn 1 goes on without its lock file, so it is not among them.
 */
export function lockedInstall(command: Command, variable: ReadVariable): LockedInstall | undefined {
  const words = command.arguments.map((it) => it.literal ?? it.raw);
  const verb = words.find((it) => !it.startsWith("-"));
  if (words.some((it) => ELSEWHERE.test(it))) return undefined;
  switch (command.name?.literal) {
    case "npm":
      return verb === "ci" || verb === "clean-install"
        ? {
            command: `npm ${verb}`,
            files: ["package-lock.json", "npm-shrinkwrap.json"],
            project: "package.json",
          }
        : undefined;
    case "pnpm":
      return (verb === "install" || verb === "i") && words.includes("--frozen-lockfile")
        ? { command: "pnpm install --frozen-lockfile", files: ["pnpm-lock.yaml"], project: "package.json" }
        : undefined;
    case "yarn":
      // An option of Yarn 2 and later, which end where the lock file would have to be written.
      return words.includes("--immutable") && (verb === undefined || verb === "install")
        ? { command: "yarn install --immutable", files: ["yarn.lock"], project: "package.json" }
        : undefined;
    case "cargo": {
      const option = words.find((it) => it === "--frozen" || it === "--locked");
      return /^(build|fetch|test|run)$/.test(verb ?? "") && option !== undefined
        ? { command: `cargo ${verb} ${option}`, files: ["Cargo.lock"], project: "Cargo.toml" }
        : undefined;
    }
    case "uv": {
      const option = words.find((it) => it === "--frozen" || it === "--locked");
      return verb === "sync" && option !== undefined
        ? { command: `uv sync ${option}`, files: ["uv.lock"], project: "pyproject.toml" }
        : undefined;
    }
    case "go": {
      // `-mod=mod` writes what is missing (go.dev/ref/mod, "Build commands", since Go 1.16; read 2026-11).
      const flags = variable("GOFLAGS") ?? "";
      const isMod = [...words, ...flags.split(" ")].some((it) => /^--?mod(=(?!readonly$)|file\b|$)/.test(it));
      if (!/^(build|install|test|vet)$/.test(verb ?? "") || isMod || flags === "unknown") return undefined;
      if (words.some((it) => it.includes("@") || it.startsWith("$"))) return undefined;
      return {
        command: `go ${verb}`,
        files: ["go.sum"],
        manifest: { file: "go.mod", asks: /^(?:require[ \t]|[ \t])[ \t]*[\w.-]+\.[a-z]+\/\S+ v\S+[ \t]*$/m },
        unlessFolder: "vendor",
      };
    }
    case "bundle": {
      const isOn = (name: string) => /^(1|true)$/.test(variable(name) ?? "");
      const isFrozen = words.some((it) => it === "--frozen" || it === "--deployment");
      return verb === "install" && (isFrozen || isOn("BUNDLE_FROZEN") || isOn("BUNDLE_DEPLOYMENT"))
        ? { command: "bundle install", files: ["Gemfile.lock", "gems.locked"], project: "Gemfile" }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** The project is in another directory. */
const ELSEWHERE =
  /^(--prefix|-C|--dir|--cwd|--workspace|-w|--workspaces|--project|--directory|--gemfile|--script|--manifest-path|-g|--global)(=|$)/;
