import { javaOfGradle, READS_JAVA_VERSION } from "../../../model/stage/projects/target-runtime.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import { isBefore } from "../../../text/version-order.ts";
import { cargoMembers } from "./needs/cargo-members.ts";
import { mindsEngines, NODE_TOOLS, nodeOfPackages, nodeOfPrisma, nodeOfTool } from "./node/node-tools.ts";

/** A version that a project asks of its language, at least. */
export interface RequiredVersion {
  readonly version: string;
  /** As the manifest writes it: `go 1.23`. */
  readonly written: string;
  /** Who asks for it, where that is not the manifest itself: `Next.js 16`. */
  readonly asker?: string;
  /** The file that says so, where that is not the manifest. */
  readonly file?: string;
  /** Is it the most that is taken, or nothing else? At least, when left out. */
  readonly bound?: "most" | "only";
  /** The commands that look; all that `refuses` tells, when left out. */
  readonly asks?: (command: Command) => boolean;
  /** Of these, the ones that end where others warn. */
  readonly stops?: (command: Command) => boolean;
  /** What is older than this makes them end; of what lies between they only warn. The version, when left out. */
  readonly endsBelow?: string;
}

/** The project that a manifest belongs to. */
export interface ManifestProject {
  /** A file of the image beside the manifest; undefined where it is not certainly there, or what it holds is not known. */
  readonly read: (name: string) => string | undefined;
  /** May something have this name beside the manifest, in the image? */
  readonly mayHave: (name: string) => boolean;
  /** What a folder of the build context that stands beside the manifest holds; whether the image has it is another question. */
  readonly list: (folder: string) => readonly string[];
  /** The value of a variable of the environment, empty where it is not set; undefined where it is not known. */
  readonly variable: (name: string) => string | undefined;
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
  /** A file's name, several of which the first counts, or what matches those of which a project has one. */
  readonly manifest: string | readonly string[] | RegExp;
  /** What an instruction says that tells the language's tools not to look. */
  readonly unless?: RegExp;
  readonly required: (text: string, project?: ManifestProject) => RequiredVersion | undefined;
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

const INSTALLS = /^(?:npm|yarn|pnpm)$/;
const STARTS = /^(?:npm|npx|yarn|pnpm|(?:\.\/)?node_modules\/\.bin\/[\w-]+)$/;

/** In ENV, or in a command that sets it. */
const IGNORES_ENGINES = /ignore[-_]engines|engine[-_]strict|ignore[-_]scripts/i;

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
  ...rustOf("rust"),
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
    unless: IGNORES_ENGINES,
    required(text, project) {
      const engines = /"engines"\s*:\s*\{([^}]*)\}/.exec(text)?.[1] ?? "";
      const [written, version] =
        /"node"\s*:\s*"\s*(?:>=|\^)\s*v?(\d+(?:\.\d+)*)(?:\.x)?\s*"/.exec(engines) ?? [];
      const stops = (command: Command) => mindsEngines(command, text, project);
      return version === undefined ? undefined : { version, written: written ?? "", stops };
    },
    refuses(command, _found, { stops }) {
      const program = command.name?.literal;
      if (program !== "npm" && program !== "yarn" && program !== "pnpm") return;
      const [verb = ""] = wordsOf(command);
      return /^(ci|install|i|)$/.test(verb) ? (stops?.(command) ? "error" : "warning") : undefined;
    },
  },
  ...NODE_TOOLS.map((tool) => nodeLanguage((text) => nodeOfTool(tool, text), STARTS)),
  nodeLanguage(nodeOfPackages, INSTALLS),
  nodeLanguage(nodeOfPrisma, INSTALLS),
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
  {
    // learn.microsoft.com, global.json overview (read 2026-11): no value of rollForward goes back to an older SDK, and only those with
    // minor and major go on to a newer one. "A compatible .NET SDK was not found."
    image: "mcr.microsoft.com/dotnet/sdk",
    tag: MINOR,
    name: ".NET SDK",
    parts: 2,
    manifest: "global.json",
    required(text) {
      const sdk = /"sdk"\s*:\s*\{([^{}]*)\}/.exec(text)?.[1] ?? "";
      const [written, version] = /"version"\s*:\s*"(\d+\.\d+\.\d+)"/.exec(sdk) ?? [];
      if (version === undefined || /"paths"|\/[/*]/.test(sdk)) return undefined;
      const rolls = /"rollForward"\s*:\s*"(\w+)"/.exec(sdk)?.[1] ?? "latestPatch";
      return {
        version,
        written: written ?? "",
        ...(!/minor|major/i.test(rolls) && { bound: "only" as const }),
      };
    },
    refuses(command) {
      if (command.name?.literal !== "dotnet") return;
      return /^(restore|build|publish|test|run|pack|tool|workload|ef|nuget)$/.test(wordsOf(command)[0] ?? "")
        ? "error"
        : undefined;
    },
  },
  ...["maven", "eclipse-temurin", "amazoncorretto"].map(javaOf),
  ...["gradle", "eclipse-temurin", "amazoncorretto"].map(javaOfGradleIn),
  ...["eclipse-temurin", "amazoncorretto", "gradle"].flatMap(javaOfWrapper),
];

/** A demand of Node.js that only some commands come upon, which then end. */
function nodeLanguage(required: VersionedLanguage["required"], programs: RegExp): VersionedLanguage {
  return {
    image: "node",
    tag: /^(\d+(?:\.\d+)*)(?=-|$)/d,
    name: "Node.js",
    parts: 1,
    manifest: "package.json",
    unless: IGNORES_ENGINES,
    required,
    refuses({ name }, found, { asks, endsBelow }) {
      if (!programs.test(name?.literal ?? "")) return;
      return asks && (endsBelow === undefined || isBefore(found, endsBelow)) ? "error" : "warning";
    },
  };
}

function rustOf(image: string): readonly VersionedLanguage[] {
  const shared = { image, tag: MINOR, name: "Rust", parts: 2 } as const;
  return [
    {
      // Cargo book, rust-version: an older compiler is an error, unless --ignore-rust-version. It does not know a newer edition
      // either, whatever it is told to ignore.
      ...shared,
      manifest: "Cargo.toml",
      required(text, project) {
        if (mayChooseRust(project)) return undefined;
        const [line, version] = /^rust-version\s*=\s*"(\d+\.\d+(?:\.\d+)?)"/m.exec(text) ?? [];
        if (version !== undefined) return { version, written: line ?? "" };
        const [edition] = /^edition\s*=\s*"2024"/m.exec(text) ?? [];
        return edition === undefined ? undefined : { version: "1.85", written: edition };
      },
      refuses(command) {
        const words = cargoWords(command);
        if (!/^(build|b|test|run|check|rustc)$/.test(words?.[0] ?? "")) return;
        return words?.includes("--ignore-rust-version") ? undefined : "error";
      },
    },
    {
      // Cargo reads the manifests of all members, whichever it builds.
      ...shared,
      manifest: "Cargo.toml",
      required: (text, project) =>
        project && /^\[workspace\]/m.test(text) && !mayChooseRust(project)
          ? rustOfMembers(text, project)
          : undefined,
      refuses(command) {
        const words = cargoWords(command);
        return /^(build|b|test|run|check|rustc|fetch|metadata)$/.test(words?.[0] ?? "") ? "error" : undefined;
      },
    },
    {
      // Cargo's changelog, 1.78: "Stabilize lockfile format v4"; those before end with "lock file version 4 requires
      // `-Znext-lockfile-bump`" or do not know it at all (read 2026-11).
      ...shared,
      manifest: "Cargo.lock",
      required(text, project) {
        const [line] = /^version = 4\s*$/m.exec(text.slice(0, 500)) ?? [];
        return line === undefined || mayChooseRust(project)
          ? undefined
          : { version: "1.78", written: line.trim() };
      },
      refuses(command) {
        const [verb = ""] = cargoWords(command) ?? [];
        return /^(build|b|test|run|check|rustc|fetch|vendor|metadata)$/.test(verb) ? "error" : undefined;
      },
    },
  ];
}

function rustOfMembers(text: string, project: ManifestProject): RequiredVersion | undefined {
  // Of the root's own edition the manifest says it itself.
  const members = cargoMembers(text).flatMap((it) => {
    if (!it.includes("*")) return [it];
    const folder = /^([\w./-]*)\/\*$/.exec(it)?.[1];
    return folder === undefined ? [] : project.list(folder).map((name) => `${folder}/${name}`);
  });
  const excluded = /^exclude\s*=\s*\[([^\]]*)\]/m.exec(text)?.[1] ?? "";
  let most: RequiredVersion | undefined;
  for (const member of members) {
    if (excluded.includes(member)) continue;
    const file = `${member.replace(/^\.\//, "").replace(/\/$/, "")}/Cargo.toml`;
    const manifest = project.read(file) ?? "";
    const [edition] = /^edition\s*=\s*"2024"/m.exec(manifest) ?? [];
    if (edition !== undefined) return { version: "1.85", written: edition, file };
    const [line, version] = /^rust-version\s*=\s*"(\d+\.\d+(?:\.\d+)?)"/m.exec(manifest) ?? [];
    // Only what is built minds it: all members, where the root is no package and nothing is chosen.
    if (version === undefined || /^\[package\]|^default-members\b/m.test(text)) continue;
    if (!most || isBefore(most.version, version))
      most = {
        version,
        written: line ?? "",
        file,
        asks: (command) => !CHOOSES.test(cargoWords(command)?.join(" ") ?? "-p"),
      };
  }
  return most;
}

/** Options with which Cargo builds not all of a workspace, or minds no `rust-version`; `fetch` builds nothing. */
const CHOOSES =
  /(?:^| )(?:-p|--package|--exclude|--bin|--manifest-path|--ignore-rust-version|fetch|metadata)\b/;

function cargoWords(command: Command): readonly string[] | undefined {
  return command.name?.literal === "cargo" ? wordsOf(command) : undefined;
}

/** rustup, which the images have, fetches the toolchain that a project names (rust-lang.github.io/rustup/overrides.html; read 2026-11). */
function mayChooseRust(project: ManifestProject | undefined): boolean {
  return ["rust-toolchain.toml", "rust-toolchain"].some((it) => project?.mayHave(it));
}

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
 * Gradle compiles with its own JDK, or looks for the one of `toolchain`, which it only fetches where settings.gradle has a plugin that
 * knows from where ("Cannot find a Java installation … matching: {languageVersion=21}"; docs.gradle.org, Toolchains; read 2026-11).
 */
function javaOfGradleIn(image: string): VersionedLanguage {
  return {
    image,
    tag: jdkTag(image),
    name: "Java",
    parts: 1,
    manifest: ["build.gradle", "build.gradle.kts"],
    required(text, project) {
      if (!project || !SOURCES.some((it) => project.mayHave(it))) return undefined;
      const settings = ["settings.gradle", "settings.gradle.kts"].filter((it) => project.mayHave(it));
      // What a file holds of which nothing is known may be anything.
      if (
        settings.some((it) =>
          /foojay|toolchainManagement|pluginManagement|includeBuild|apply/.test(project.read(it) ?? "apply"),
        )
      )
        return undefined;
      if (
        ["gradle.properties"].some(
          (it) => project.mayHave(it) && /java|toolchain/.test(project.read(it) ?? "java"),
        )
      )
        return undefined;
      // Of Kotlin's and of single tasks' targets there are others.
      const plain = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
      if (/foojay|\bif\s*\(|jvmTarget|registering|\btasks\.register/.test(plain)) return undefined;
      const found = javaOfGradle(plain, []);
      return found && { version: found.version, written: found.written };
    },
    refuses(command) {
      if (!/^(?:gradle|(?:\.\/)?gradlew)$/.test(command.name?.literal ?? "")) return;
      const words = wordsOf(command);
      // An excluded task, another project, or another version.
      if (
        words.some((it) => /^-[DP]\S*(?:java|jvm|jdk)|^-(?:x|p|b)$|^--(?:exclude-task|project-dir)/i.test(it))
      )
        return;
      return words.some((it) =>
        /^:?(?:build|assemble|jar|bootJar|shadowJar|classes|compileJava|test|check|installDist)$/.test(it),
      )
        ? "error"
        : undefined;
    },
  };
}

const SOURCES = ["src/main/java"];

/** A JDK in a tag of these images. */
function jdkTag(image: string): RegExp {
  return image === "gradle" ? /-jdk-?(\d+)(?=-|$)/d : /^(\d+)(?=[.-]|$)/d;
}

/**
 * The newest Java on which the Gradle of a wrapper runs, "Unsupported class file major version 65", and the oldest, "Gradle requires JVM 17 or
 * later to run" (docs.gradle.org, Compatibility Matrix of 9.9, read 2026-11-27). Where the daemon is told to run on another one, Gradle fetches
 * or finds that.
 */
function javaOfWrapper(image: string): readonly VersionedLanguage[] {
  const asking = (
    java: (gradle: string) => string | undefined,
    bound: "most" | undefined,
  ): VersionedLanguage => ({
    image,
    tag: jdkTag(image),
    name: "Java",
    parts: 1,
    manifest: "gradle/wrapper/gradle-wrapper.properties",
    required(text, project) {
      const [written, gradle] =
        /^distributionUrl\s*=.*\bgradle-(\d+\.\d+(?:\.\d+)?)-(?:bin|all)\.zip/m.exec(text) ?? [];
      if (gradle === undefined || project?.mayHave("gradle/gradle-daemon-jvm.properties") !== false)
        return undefined;
      if (project.mayHave("gradle.properties") && /java/.test(project.read("gradle.properties") ?? "java"))
        return undefined;
      const version = java(gradle);
      return version === undefined
        ? undefined
        : { version, written: written ?? "", asker: `Gradle ${gradle}`, ...(bound && { bound }) };
    },
    refuses(command) {
      return /^(?:\.\/)?gradlew$/.test(command.name?.literal ?? "") ? "error" : undefined;
    },
  });
  return [
    asking((gradle) => {
      // Of the newest ones it is not known what they will run on.
      const next = RUNS_ON.findIndex(([it]) => isBefore(gradle, it));
      return RUNS_ON[next - 1]?.[1];
    }, "most"),
    asking((gradle) => (isBefore(gradle, "9.0") ? undefined : "17"), undefined),
  ];
}

/** The first Gradle that runs on a Java. */
const RUNS_ON: readonly (readonly [gradle: string, java: string])[] = [
  ["5.0", "11"],
  ["5.4", "12"],
  ["6.0", "13"],
  ["6.3", "14"],
  ["6.7", "15"],
  ["7.0", "16"],
  ["7.3", "17"],
  ["7.5", "18"],
  ["7.6", "19"],
  ["8.3", "20"],
  ["8.5", "21"],
  ["8.8", "22"],
  ["8.10", "23"],
  ["8.14", "24"],
  ["9.1", "25"],
  ["9.4", "26"],
];

/**
 * Is the version of an image's tag certainly older? A tag of fewer parts follows the newest of its line, so only the
 * parts that it has are compared.
 */
function isTooOld(found: string, required: string): boolean {
  const parts = found.split(".").length;
  return isBefore(found, required.split(".").slice(0, parts).join("."));
}

/** Is what a tag says certainly not what is asked for? Of what is no minimum only as many parts are looked at as both have. */
export function isRefused(found: string, { version, bound }: RequiredVersion): boolean {
  if (bound !== "most" && isTooOld(found, version)) return true;
  return bound !== undefined && isTooOld(version.split(".").slice(0, 2).join("."), found);
}
