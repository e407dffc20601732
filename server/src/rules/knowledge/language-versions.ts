import type { Command } from "../../syntax/shell/script.ts";
import { isBefore } from "../../text/version-order.ts";

/** A version that a project asks of its language, at least. */
export interface RequiredVersion {
  readonly version: string;
  /** As the manifest writes it: `go 1.23`. */
  readonly written: string;
}

/** How a language's projects say which version they need, and who refuses an older one. Read 2026-11. */
export interface VersionedLanguage {
  /** The official image, whose tags start with the version. */
  readonly image: string;
  readonly name: string;
  readonly manifest: string;
  readonly required: (text: string) => RequiredVersion | undefined;
  /** What a command makes of a version that is too old; undefined where it does not look. */
  readonly refuses: (
    command: Command,
    found: string,
    required: RequiredVersion,
  ) => "error" | "warning" | undefined;
}

const wordsOf = ({ arguments: words }: Command) => words.map((it) => it.literal ?? it.raw);

export const versionedLanguages: readonly VersionedLanguage[] = [
  {
    // go.dev/doc/toolchain: since 1.21 the go line is a minimum, and the images set GOTOOLCHAIN=local. Before, it was a
    // hint, but a version of three parts and the line `toolchain` could not be read.
    image: "golang",
    name: "Go",
    manifest: "go.mod",
    required(text) {
      const [line, version] = /^go[ \t]+(\d+\.\d+(?:\.\d+)?)/m.exec(text) ?? [];
      return version === undefined ? undefined : { version, written: line?.trim() ?? "" };
    },
    refuses(command, found, { version }) {
      if (command.name?.literal !== "go") return;
      const [verb = ""] = wordsOf(command);
      if (!/^(build|install|test|run|mod|vet|generate|list|get)$/.test(verb)) return;
      // With `@version` the project's go.mod is not read.
      if ((verb === "install" || verb === "run") && wordsOf(command).some((it) => it.includes("@"))) return;
      if (!isBefore(found, "1.21")) return "error";
      return version.split(".").length === 3 ? "error" : "warning";
    },
  },
  {
    // Cargo book, rust-version: an older compiler is an error, unless --ignore-rust-version.
    image: "rust",
    name: "Rust",
    manifest: "Cargo.toml",
    required(text) {
      const [line, version] = /^rust-version\s*=\s*"(\d+\.\d+(?:\.\d+)?)"/m.exec(text) ?? [];
      return version === undefined ? undefined : { version, written: line ?? "" };
    },
    refuses(command) {
      if (command.name?.literal !== "cargo") return;
      const words = wordsOf(command);
      const [verb = ""] = words;
      if (!/^(build|b|test|run|check|rustc)$/.test(verb)) return;
      return words.includes("--ignore-rust-version") ? undefined : "error";
    },
  },
  {
    // packaging.python.org: pip refuses to install a project on an older Python; uv and poetry do so too.
    image: "python",
    name: "Python",
    manifest: "pyproject.toml",
    required(text) {
      const [line, version] = /^requires-python\s*=\s*["']>=\s*(\d+\.\d+)["']/m.exec(text) ?? [];
      return version === undefined ? undefined : { version, written: line ?? "" };
    },
    refuses(command) {
      const program = command.name?.literal;
      if (program !== "pip" && program !== "pip3") return;
      const words = wordsOf(command);
      const installsItself = words.includes("install") && words.some((it) => /^\.(\[.*\])?$/.test(it));
      return installsItself ? "error" : undefined;
    },
  },
  {
    // docs.npmjs.com: npm warns, and stops with engine-strict only; Yarn 1 stops for dependencies and the project alike.
    image: "node",
    name: "Node.js",
    manifest: "package.json",
    required(text) {
      const engines = /"engines"\s*:\s*\{([^}]*)\}/.exec(text)?.[1] ?? "";
      const [written, version] =
        /"node"\s*:\s*"\s*(?:>=|\^)\s*v?(\d+(?:\.\d+)*)(?:\.x)?\s*"/.exec(engines) ?? [];
      return version === undefined ? undefined : { version, written: written ?? "" };
    },
    refuses(command) {
      const program = command.name?.literal;
      if (program !== "npm" && program !== "yarn" && program !== "pnpm") return;
      const [verb = ""] = wordsOf(command);
      return /^(ci|install|i|)$/.test(verb) ? "warning" : undefined;
    },
  },
];

/**
 * Is the version of an image's tag certainly older? A tag of fewer parts follows the newest of its line, so only the
 * parts that it has are compared.
 */
export function isTooOld(found: string, required: string): boolean {
  const parts = found.split(".").length;
  return isBefore(found, required.split(".").slice(0, parts).join("."));
}
