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
 * uv "Locking and syncing", cargo-build(1), yarn "install --immutable", go.dev/ref/mod "Vendoring", `routines/` of pipenv; read 2026-11). Yarn 1
 * goes on without its lock file, so it is not among them.
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
      const isVendored = vendorOnly(words, flags);
      if (/^(build|install|test|vet)$/.test(verb ?? "") && isVendored)
        return {
          command: `go ${verb} -mod=vendor`,
          files: ["vendor/modules.txt"],
          project: "go.mod",
          manifest: { file: "go.mod", asks: GO_REQUIRES },
        };
      const isMod = [...words, ...flags.split(" ")].some((it) => /^--?mod(=(?!readonly$)|file\b|$)/.test(it));
      if (!/^(build|install|test|vet)$/.test(verb ?? "") || isMod || flags === "unknown") return undefined;
      if (words.some((it) => it.includes("@") || it.startsWith("$"))) return undefined;
      return {
        command: `go ${verb}`,
        files: ["go.sum"],
        manifest: { file: "go.mod", asks: GO_REQUIRES },
        unlessFolder: "vendor",
      };
    }
    case "pipenv":
      return lockedPipenv(verb, words, variable);
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

/**
 * Pipenv makes a lock file that is missing in an environment of its own, even with `--deploy`; not with `--system` outside of one, and
 * never with `sync`.
 */
function lockedPipenv(
  verb: string | undefined,
  words: readonly string[],
  variable: ReadVariable,
): LockedInstall | undefined {
  if (["PIPENV_PIPFILE", "PIPENV_SKIP_LOCK"].some((it) => variable(it) !== undefined)) return undefined;
  const files = ["Pipfile.lock"];
  if (verb === "sync") return { command: "pipenv sync", files, project: "Pipfile" };
  const isSystem = words.includes("--system") && variable("VIRTUAL_ENV") === undefined;
  // With anything else it installs single packages, or reads a file of requirements.
  const isPlain = words.every((it) => it === verb || PIPENV_SWITCHES.has(it));
  return verb === "install" && isSystem && isPlain
    ? { command: "pipenv install --system", files, project: "Pipfile" }
    : undefined;
}

const PIPENV_SWITCHES: ReadonlySet<string> = new Set(
  "--system --deploy --dev -d --ignore-pipfile --clear --verbose -v --quiet -q --bare --pre".split(" "),
);

/** Does Go take the packages of `vendor/` alone? What the command says goes before GOFLAGS. */
function vendorOnly(words: readonly string[], flags: string): boolean {
  if (words.some((it) => it.includes("@") || it.startsWith("$"))) return false;
  const own = words.filter((it) => /^--?mod(?:file)?(?:=|$)/.test(it));
  const said = own.length > 0 ? own : flags.split(" ").filter((it) => /^--?mod(?:file)?=/.test(it));
  return said.length > 0 && said.every((it) => /^--?mod=vendor$/.test(it));
}

/** A module that the project itself imports. */
const GO_REQUIRES = /^(?:require[ \t]|[ \t])[ \t]*[\w.-]+\.[a-z]+\/\S+ v\S+[ \t]*$/m;

/** The project is in another directory. */
const ELSEWHERE =
  /^(--prefix|-C|--dir|--cwd|--workspace|-w|--workspaces|--project|--directory|--gemfile|--script|--manifest-path|-g|--global)(=|$)/;
