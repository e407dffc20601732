import { READS_JAVA_VERSION } from "../../../model/stage/projects/target-runtime.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import { isBefore } from "../../../text/version-order.ts";

/** A version that a project asks of its language, at least. */
export interface RequiredVersion {
  readonly version: string;
  /** As the manifest writes it: `go 1.23`. */
  readonly written: string;
}

/** How a language's projects say which version they need, and who refuses an older one. Read 2026-11. */
export interface VersionedLanguage {
  /** The image, as references name it. */
  readonly image: string;
  /** Where a tag says the language's version. */
  readonly tag: RegExp;
  readonly name: string;
  /** How many parts of the version a tag for it has. */
  readonly parts: 1 | 2;
  /** A file's name, or what matches those of which a project has one. */
  readonly manifest: string | RegExp;
  readonly required: (text: string) => RequiredVersion | undefined;
  /** What a command makes of a version that is too old; undefined where it does not look. */
  readonly refuses: (
    command: Command,
    found: string,
    required: RequiredVersion,
  ) => "error" | "warning" | undefined;
}

/** A tag that starts with a minor version; one of fewer parts moves between them. */
const MINOR = /^(\d+\.\d+(?:\.\d+)?)(?=-|$)/d;

const wordsOf = ({ arguments: words }: Command) => words.map((it) => it.literal ?? it.raw);

export const versionedLanguages: readonly VersionedLanguage[] = [
  {
    // go.dev/doc/toolchain: since 1.21 the go line is a minimum, and the images set GOTOOLCHAIN=local. Before, it was a
    // hint, but a version of three parts and the line `toolchain` could not be read.
    image: "golang",
    tag: MINOR,
    name: "Go",
    parts: 2,
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
    // Cargo book, rust-version: an older compiler is an error, unless --ignore-rust-version. It does not know a newer edition
    // either, whatever it is told to ignore.
    image: "rust",
    tag: MINOR,
    name: "Rust",
    parts: 2,
    manifest: "Cargo.toml",
    required(text) {
      const [line, version] = /^rust-version\s*=\s*"(\d+\.\d+(?:\.\d+)?)"/m.exec(text) ?? [];
      if (version !== undefined) return { version, written: line ?? "" };
      const [edition] = /^edition\s*=\s*"2024"/m.exec(text) ?? [];
      return edition === undefined ? undefined : { version: "1.85", written: edition };
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
    // packaging.python.org: pip and poetry refuse to install a project on an older Python; uv downloads another one.
    image: "python",
    tag: MINOR,
    name: "Python",
    parts: 2,
    manifest: "pyproject.toml",
    required(text) {
      const [line, version] =
        /^requires-python\s*=\s*["']>=\s*(\d+\.\d+)(?:\s*,\s*<\s*[\d.]+)?["']/m.exec(text) ??
        /^\[tool\.poetry\.dependencies\][^[]*?^(python\s*=\s*["'](?:\^|>=|~)\s*(\d+\.\d+)[^"'|]*["'])/m
          .exec(text)
          ?.slice(1) ??
        [];
      return version === undefined ? undefined : { version, written: line ?? "" };
    },
    refuses(command) {
      const program = command.name?.literal;
      const words = wordsOf(command);
      if (program === "poetry") return words[0] === "install" ? "error" : undefined;
      if (program === "uv") return words[0] === "sync" ? "warning" : undefined;
      if (program !== "pip" && program !== "pip3") return;
      const installsItself = words.includes("install") && words.some((it) => /^\.(\[.*\])?$/.test(it));
      return installsItself ? "error" : undefined;
    },
  },
  {
    // docs.npmjs.com: npm warns, and stops with engine-strict only; Yarn 1 stops for dependencies and the project alike.
    image: "node",
    tag: /^(\d+(?:\.\d+)*)(?=-|$)/d,
    name: "Node.js",
    parts: 1,
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
  {
    // bundler.io/guides/gemfile_ruby.html: "Your Ruby version is 3.1.6, but your Gemfile specified 3.3.0".
    image: "ruby",
    tag: MINOR,
    name: "Ruby",
    parts: 2,
    manifest: "Gemfile",
    required(text) {
      const [line, version] =
        /^ruby[ (]+["'](?:>=|~>|=)?\s*(\d+\.\d+(?:\.\d+)?)["']\)?\s*$/m.exec(text) ?? [];
      return version === undefined ? undefined : { version, written: line?.trim() ?? "" };
    },
    refuses(command) {
      if (command.name?.literal !== "bundle") return;
      return /^(install|exec|check|)$/.test(wordsOf(command)[0] ?? "") ? "error" : undefined;
    },
  },
  {
    // getcomposer.org/doc: a platform package that does not fit ends the installation, unless it is told to ignore it.
    image: "php",
    tag: MINOR,
    name: "PHP",
    parts: 2,
    manifest: "composer.json",
    required(text) {
      const packages = /"require"\s*:\s*\{([^}]*)\}/.exec(text)?.[1] ?? "";
      const [written, version] =
        /"php"\s*:\s*"\s*(?:>=|\^|~)\s*(\d+\.\d+)(?:\.\d+)?\s*"/.exec(packages) ?? [];
      // With a platform of its own, or none, Composer does not ask what it runs on.
      return version === undefined || text.includes('"platform')
        ? undefined
        : { version, written: written ?? "" };
    },
    refuses(command) {
      if (command.name?.literal !== "composer") return;
      const words = wordsOf(command);
      if (words.some((it) => it.startsWith("--ignore-platform-req"))) return;
      return words.find((it) => !it.startsWith("-")) === "install" ? "error" : undefined;
    },
  },
  {
    // learn.microsoft.com: NETSDK1045, "The current .NET SDK does not support targeting .NET 8.0".
    image: "mcr.microsoft.com/dotnet/sdk",
    tag: MINOR,
    name: ".NET",
    parts: 2,
    manifest: /\.(cs|fs|vb)proj$/,
    required(text) {
      const [written, version] = /<TargetFramework>net(\d+\.\d+)<\/TargetFramework>/.exec(text) ?? [];
      return version === undefined ? undefined : { version, written: written ?? "" };
    },
    refuses(command) {
      if (command.name?.literal !== "dotnet") return;
      return /^(restore|build|publish|test|run|pack)$/.test(wordsOf(command)[0] ?? "") ? "error" : undefined;
    },
  },
  ...["maven", "eclipse-temurin", "amazoncorretto"].map(javaOf),
];

/** javac: "error: release version 21 not supported". The tag of `maven` says which JDK it has behind its vendor. */
function javaOf(image: string): VersionedLanguage {
  return {
    image,
    tag:
      image === "maven"
        ? /-(?:eclipse-temurin|amazoncorretto|sapmachine|openjdk|ibm-semeru)-(\d+)(?=-|$)/d
        : /^(\d+)(?=[.-]|$)/d,
    name: "Java",
    parts: 1,
    manifest: "pom.xml",
    required(text) {
      // Where several are named, profiles and plugins may have their own.
      const found = [
        ...text.matchAll(/<(maven\.compiler\.(?:release|source|target)|java\.version|release)>(\d+)<\/\1>/g),
      ];
      const counted = found.filter((it) => it[1] !== "java.version" || READS_JAVA_VERSION.test(text));
      const versions = new Set(counted.map((it) => it[2] ?? ""));
      const [version] = versions;
      return versions.size !== 1 || version === undefined
        ? undefined
        : { version, written: counted[0]?.[0] ?? "" };
    },
    refuses(command) {
      if (!/^(\.\/)?mvnw?$/.test(command.name?.literal ?? "")) return;
      const words = wordsOf(command);
      if (words.some((it) => /^-D(maven\.compiler|java\.version)|^-t|toolchain/.test(it))) return;
      return words.some((it) => /^(compile|test|package|verify|install|deploy)$/.test(it))
        ? "error"
        : undefined;
    },
  };
}

/**
 * Is the version of an image's tag certainly older? A tag of fewer parts follows the newest of its line, so only the
 * parts that it has are compared.
 */
export function isTooOld(found: string, required: string): boolean {
  const parts = found.split(".").length;
  return isBefore(found, required.split(".").slice(0, parts).join("."));
}
