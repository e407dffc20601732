import { directoryOf } from "../../../../model/stage/paths.ts";
import type { Command } from "../../../../syntax/shell/script.ts";
import { isObject, readJsonObject, textsOf } from "../../../../text/json.ts";
import { valueIn } from "../../../../text/value-in.ts";
import { cargoMembers } from "./cargo-members.ts";

/** A file that a manifest cannot do without. */
export interface ManifestPart {
  /** The manifest, from the directory in which the command runs. */
  readonly manifest: string;
  /** As the manifest names it: `./lib`, `base.txt`. */
  readonly written: string;
  /** What has to be there, from that directory. */
  readonly path: string;
  /** How it comes to that, where it is not by naming it: "needs", "runs". */
  readonly verb?: string;
  /** Does the command go on without it? Then it is missed only where the project has it. */
  readonly isOptional?: true;
}

/**
 * The parts of a project that a command reads through its manifest, and ends without. `read` gives the text of a file in the directory in
 * which the command runs, where that is known.
 */
export function manifestParts(
  { name, arguments: words }: Command,
  read: (path: string) => string | undefined,
): readonly ManifestPart[] {
  const program = name?.literal ?? "";
  const texts = words.map((it) => it.literal ?? it.raw);
  return (valueIn(readings, program)?.(texts, program) ?? []).flatMap(
    ({ manifest, find, file, verb, isOptional }) => {
      const text = read(manifest);
      const folder = directoryOf(`/${manifest}`).slice(1);
      return (text === undefined ? [] : find(text)).map((written) => {
        const part = file?.(written) ?? written;
        return {
          manifest,
          written,
          path: folder === "" ? part : `${folder}/${part}`,
          ...(verb && { verb }),
          ...(isOptional && { isOptional }),
        };
      });
    },
  );
}

/** A manifest that a command reads. */
interface Reading {
  readonly manifest: string;
  /** The parts that its text names. */
  readonly find: (text: string) => readonly string[];
  /** The file of a part by which it is known to be there; the part itself where it is left out. */
  readonly file?: (written: string) => string;
  readonly verb?: string;
  readonly isOptional?: true;
}

const ofPip = (texts: readonly string[]): readonly Reading[] =>
  texts[0] === "install"
    ? requirementFiles(texts).map((manifest) => ({ manifest, find: includedRequirements }))
    : [];

const ofMaven = (texts: readonly string[]): readonly Reading[] =>
  texts.some((it) => /^(?:-f|--file|-N|--non-recursive|-pl|--projects)/.test(it))
    ? []
    : [
        {
          manifest: "pom.xml",
          find: mavenModules,
          file: (it) => (it.endsWith(".xml") ? it : `${it}/pom.xml`),
        },
      ];

const ofNode = (texts: readonly string[], manager: string): readonly Reading[] =>
  readByInstall(manager, texts)
    ? [
        { manifest: "package.json", find: (text) => filesOfScripts(text, manager), verb: "runs" },
        { manifest: "package.json", find: (text) => patchFiles(text, manager), verb: PATCHES },
        {
          manifest: "package.json",
          find: (text) => patchFolder(text, manager),
          verb: PATCHES,
          isOptional: true,
        },
        ...(manager === "pnpm"
          ? [{ manifest: "pnpm-workspace.yaml", find: workspacePatches, verb: PATCHES }]
          : []),
      ]
    : [];

const PATCHES = "has packages patched by";

/** What a program reads with these words behind it. */
const readings: Readonly<Record<string, (texts: readonly string[], program: string) => readonly Reading[]>> =
  {
    go: (texts) =>
      /^(?:mod (?:download|verify)|build|install|test|vet)\b/.test(texts.join(" ")) &&
      !texts.some((it) => it.includes("@") || it.startsWith("-modfile"))
        ? [{ manifest: "go.mod", find: goReplacements, file: (it) => `${it}/go.mod` }]
        : [],
    pip: ofPip,
    pip3: ofPip,
    mvn: ofMaven,
    mvnw: ofMaven,
    "./mvnw": (texts) => [
      { manifest: "mvnw", find: (text) => named(".mvn/wrapper", text) },
      ...ofMaven(texts),
    ],
    "./gradlew": () => [
      { manifest: "gradlew", find: (text) => named("gradle/wrapper/gradle-wrapper.jar", text) },
    ],
    cargo: (texts) =>
      /^(?:build|b|check|c|fetch|test|t|run|r|clippy)$/.test(texts[0] ?? "") &&
      !texts.some((it) => it.startsWith("--manifest-path"))
        ? [
            {
              manifest: "Cargo.toml",
              find: (text) => cargoMembers(text).filter((it) => !it.includes("*")),
              file: (it) => `${it}/Cargo.toml`,
            },
            { manifest: "Cargo.toml", find: cargoSources, verb: "needs" },
          ]
        : [],
    bun: ofNode,
    composer: (texts) =>
      /^(?:install|i|update|u|dump-autoload|dumpautoload)$/.test(texts[0] ?? "") &&
      !texts.some((it) => /^(?:-d|--working-dir|--no-autoloader|--dry-run|--download-only)\b/.test(it))
        ? [
            { manifest: "composer.json", find: classFolders, verb: "has classes looked for in" },
            ...(texts.includes("--no-scripts")
              ? []
              : [{ manifest: "composer.json", find: filesOfComposer, verb: "runs" }]),
          ]
        : [],
    npm: ofNode,
    pnpm: ofNode,
    yarn: (texts, program) => [{ manifest: ".yarnrc.yml", find: yarnPath }, ...ofNode(texts, program)],
    bundle: (texts) =>
      texts.length === 0 || texts[0] === "install" ? [{ manifest: "Gemfile", find: gemFolders }] : [],
  };

/**
 * `replace example.com/lib => ./lib`, of a module that is required: others are not read (go.dev/ref/mod, replace directive; go 1.19,
 * tried 2026-11-27).
 */
function goReplacements(text: string): readonly string[] {
  const plain = text.replace(/\/\/.*$/gm, "");
  const found = [...plain.matchAll(/(\S+)(?:[ \t]+v\S+)?[ \t]+=>[ \t]*(\.{1,2}\/[\w./-]+)\s*$/gm)];
  const required = new Set(
    [...plain.matchAll(/^\s*(?:require\s+)?([\w./~-]+)[ \t]+v\S+\s*$/gm)].map((it) => it[1]),
  );
  return found.flatMap(([, module, path = ""]) => (required.has(module) ? [path] : []));
}

/** Both Yarn 1, since 1.22, and later ones hand everything to it, and end where it is not there (yarnpkg.com, yarnrc; 1.22.22 tried 2026-11-27). */
function yarnPath(text: string): readonly string[] {
  const path = /^yarnPath:\s*["']?([\w./-]+)["']?\s*$/m.exec(text)?.[1];
  return path === undefined || path.startsWith("/") ? [] : [path.replace(/^\.\//, "")];
}

/** Of `-r requirements.txt`. */
function requirementFiles(texts: readonly string[]): readonly string[] {
  return texts.flatMap((it, at) => {
    const joined = /^(?:--requirement=|-r)(.+)$/.exec(it)?.[1];
    const file = joined ?? (it === "-r" || it === "--requirement" ? texts[at + 1] : undefined);
    return file !== undefined && /^(?:\.\/)?[\w./-]+$/.test(file) && !file.startsWith("/")
      ? [file.replace(/^\.\//, "")]
      : [];
  });
}

/** `-r base.txt` and `-c constraints.txt` in it, from its own folder (pip.pypa.io, Requirements File Format, read 2026-11). */
function includedRequirements(text: string): readonly string[] {
  return [
    ...text.matchAll(/^\s*(?:-r|-c|--requirement|--constraint)[ \t=]*([\w./-]+)\s*(?:#.*)?$/gm),
  ].flatMap(([, file = ""]) => (file.startsWith("/") || file.includes("://") ? [] : [file]));
}

/** Modules outside of profiles (maven.apache.org, POM reference, read 2026-11). */
function mavenModules(text: string): readonly string[] {
  const plain = text.replace(/<!--[\s\S]*?-->/g, "").replace(/<profiles>[\s\S]*?<\/profiles>/g, "");
  return [...plain.matchAll(/<module>\s*([\w./-]+)\s*<\/module>/g)].map((it) => it[1] ?? "");
}

/** The sources of a package that does not say where they are: without `src/main.rs` and `src/lib.rs` no command takes the manifest (doc.rust-lang.org/cargo, Package Layout, read 2026-11). */
function cargoSources(text: string): readonly string[] {
  const plain = text.replace(/^\s*#.*$/gm, "");
  return /^\[package\]/m.test(plain) && !/^\[(?:lib|\[\w+\])\]|^\s*auto(?:bins|examples)\b/m.test(plain)
    ? ["src"]
    : [];
}

/** The part of a wrapper, where its script still is the one that reads it. */
function named(part: string, script: string): readonly string[] {
  return script.includes(part) ? [part] : [];
}

/** Does it install all of the project, with the project's own scripts? */
function readByInstall(program: string | undefined, texts: readonly string[]): boolean {
  const [verb] = texts;
  const isInstall =
    /^(?:ci|clean-install|install|i)$/.test(verb ?? "") || (verb === undefined && program === "yarn");
  return isInstall && texts.slice(1).every((it) => it.startsWith("-") && !SKIPPING.test(it));
}

const SKIPPING =
  /^--(?:ignore-scripts|mode|prefix|dir|cwd|global|workspace|package-lock-only|lockfile-only|dry-run)|^-[gCw]/;

/**
 * The scripts that a package manager certainly runs itself when it installs a project, `prepare` by npm 7 and later (docs.npmjs.com, scripts; pnpm.io, yarnpkg.com, Lifecycle
 * scripts; read 2026-11).
 */
export function installScripts(manager: string): readonly string[] {
  return manager === "npm"
    ? ["preinstall", "install", "postinstall", "prepare"]
    : ["preinstall", "install", "postinstall"];
}

/** A RUN that may take scripts out of package.json. */
export const CHANGES_SCRIPTS = /\b(?:npm|pnpm)\s+(?:pkg|set-script)\b|package\.json/;

/** Files of the project that those scripts start: `node scripts/setup.js`, and the schema that `prisma generate` reads. */
function filesOfScripts(text: string, manager: string): readonly string[] {
  const json = readJsonObject(text);
  const scripts = json?.["scripts"];
  if (!isObject(scripts)) return [];
  return installScripts(manager).flatMap((name) => {
    const script = scripts[name];
    if (typeof script !== "string") return [];
    const found: string[] = [];
    for (const part of script.split("&&")) {
      // Behind another operator it may be skipped, or fail.
      if (/[|;()`$<>]/.test(part)) break;
      const words = part.trim().split(/\s+/);
      const [program = "", file = ""] = words.slice(words.findIndex((it) => !/^\w+=/.test(it)));
      const script = /^(?:node|sh|bash)$/.test(program)
        ? file
        : program.startsWith("./")
          ? program
          : undefined;
      if (script !== undefined && /^(?:\.\/)?[\w-]+(?:\/[\w.-]+)*\.(?:[cm]?js|sh)$/.test(script))
        found.push(script.replace(/^\.\//, ""));
      if (program === "prisma" && file === "generate" && words.length === 2 && !json?.["prisma"])
        found.push("prisma/schema.prisma");
      if (program === "cd" || /^(?:npm|pnpm|yarn|npx)$/.test(program)) break;
    }
    return found;
  });
}

/**
 * Patches that pnpm and Bun end without, and those of Yarn 2 and later (pnpm.io, patchedDependencies; bun.sh, bun patch; yarnpkg.com, patch:;
 * read 2026-11).
 */
function patchFiles(text: string, manager: string): readonly string[] {
  const json = readJsonObject(text);
  if (manager === "yarn")
    return [...text.matchAll(/"patch:[^"\s]*#(?:~\/|\.\/|~\.\/)?([\w.@/-]+\.patch)"/g)].map(
      ([, file = ""]) => file,
    );
  const settings = manager === "pnpm" ? json?.["pnpm"] : manager === "bun" ? json : undefined;
  return isObject(settings)
    ? Object.values(textsOf(settings["patchedDependencies"])).flatMap(relativeFile)
    : [];
}

/** Of patch-package, which says that there are no patches and goes on (its README, read 2026-11). */
function patchFolder(text: string, manager: string): readonly string[] {
  const scripts = textsOf(readJsonObject(text)?.["scripts"]);
  const parts = installScripts(manager).flatMap((it) => (scripts[it] ?? "").split("&&"));
  return parts.some((it) => it.trim() === "patch-package") ? ["patches"] : [];
}

/** pnpm 10 keeps its settings there. */
function workspacePatches(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((it) => /^patchedDependencies:\s*$/.test(it));
  const found: string[] = [];
  for (const line of start < 0 ? [] : lines.slice(start + 1)) {
    if (!/^[ \t]/.test(line)) break;
    found.push(...relativeFile(/:[ \t]+["']?([\w.@/-]+\.patch)["']?\s*$/.exec(line)?.[1] ?? ""));
  }
  return found;
}

function relativeFile(file: string): readonly string[] {
  return /^(?:\.\/)?[\w@][\w.@/-]*$/.test(file) ? [file.replace(/^\.\//, "")] : [];
}

/** Folders and files that the autoloader reads as it is written, and ends without; those of `psr-4` it does not (getcomposer.org, classmap, read 2026-11). */
function classFolders(text: string): readonly string[] {
  const autoload = readJsonObject(text)?.["autoload"];
  const listed = isObject(autoload) ? autoload["classmap"] : undefined;
  return Array.isArray(listed)
    ? listed.flatMap((it) => (typeof it === "string" ? relativeFile(it.replace(/\/$/, "")) : []))
    : [];
}

/** Scripts of PHP that certainly run behind an install: `@php artisan package:discover` (getcomposer.org, Scripts, read 2026-11). */
function filesOfComposer(text: string): readonly string[] {
  const scripts = readJsonObject(text)?.["scripts"];
  if (!isObject(scripts)) return [];
  return ["post-autoload-dump"].flatMap((name) => {
    const listed = scripts[name];
    const lines: readonly unknown[] = Array.isArray(listed) ? listed : [listed];
    return lines.flatMap((it) => {
      if (typeof it !== "string" || /[|;&<>`$]/.test(it)) return [];
      const file = /^(?:@php|php) ([\w./-]+)(?: |$)/.exec(it)?.[1];
      return file === undefined || file.startsWith("-") || file.startsWith("vendor/")
        ? []
        : relativeFile(file);
    });
  });
}

/** `gem "lib", path: "lib"` (bundler.io, Gemfile, read 2026-11). */
function gemFolders(text: string): readonly string[] {
  const plain = text.replace(/^\s*#.*$/gm, "");
  return [...plain.matchAll(/^\s*gem\s[^\n]*\bpath:\s*["']([\w./-]+)["']/gm)].map((it) => it[1] ?? "");
}
