import type { Command } from "../../../../syntax/shell/script.ts";
import { readJsonObject, textsOf } from "../../../../text/json.ts";
import { isBefore } from "../../../../text/version-order.ts";
import type { ManifestProject, RequiredVersion } from "../language-versions.ts";
import { nodeDemandedBy } from "./node-engines.ts";

/** A tool that ends on a Node.js that is too old for it, whoever installed it. */
interface NodeTool {
  /** Its package, as package.json names it. */
  readonly name: string;
  readonly called: string;
  readonly program: string;
  /** What of its program looks: `next build`. */
  readonly verbs: RegExp;
  /** The first version that ends on a Node.js older than it demands. */
  readonly since: string;
  /** Where it only warns on some that are older: those on which it ends are older than this. */
  readonly endsBelow?: string;
}

/**
 * By what they did on Node.js 16, 18 and 20 here (2026-11-27): Next.js says which Node.js is required and ends with 1, the command line of Angular
 * with 3, Astro with 1; Vite 8 and Vitest 4 miss what Node.js 18 has not. Vite 7 warns and mostly goes on.
 */
export const NODE_TOOLS: readonly NodeTool[] = [
  { name: "next", called: "Next.js", program: "next", verbs: /^build$/, since: "14" },
  {
    ...{ name: "@angular/cli", called: "Angular CLI", program: "ng", since: "17" },
    verbs: /^(?:b|build|test|t|lint)$/,
  },
  { name: "astro", called: "Astro", program: "astro", verbs: /^(?:build|check)$/, since: "4" },
  { name: "vite", called: "Vite", program: "vite", verbs: /^build$/, since: "8", endsBelow: "20" },
  {
    ...{ name: "vitest", called: "Vitest", program: "vitest", since: "4", endsBelow: "20" },
    verbs: /^(?:run|--run|--coverage)?$/,
  },
];

/** The Node.js that a tool of the project demands, and which commands start it: scripts of package.json by their names, and its program. */
export function nodeOfTool(tool: NodeTool, text: string): RequiredVersion | undefined {
  if (!text.includes(`"${tool.name}"`)) return undefined;
  const manifest = readJsonObject(text);
  const found = dependenciesOf(manifest).find((it) => it.name === tool.name);
  const version = found && nodeDemandedBy(found.name, found.version);
  const [major] = /\d+/.exec(found?.version ?? "") ?? [];
  if (version === undefined || major === undefined || isBefore(major, tool.since)) return undefined;
  const scripts = textsOf(manifest?.["scripts"]);
  return {
    ...{ version, written: found?.written ?? "", asker: `${tool.called} ${major}` },
    asks: (command) => starts(command, tool, scripts),
    endsBelow: tool.endsBelow ?? version,
  };
}

/** The newest Node.js that a package of the project demands, and the commands that install nothing on an older one. */
export function nodeOfPackages(text: string, project?: ManifestProject): RequiredVersion | undefined {
  let most: RequiredVersion | undefined;
  for (const { name, version, written } of dependenciesOf(readJsonObject(text))) {
    const node = nodeDemandedBy(name, version);
    if (node === undefined || (most && !isBefore(most.version, node))) continue;
    const [major = ""] = /\d+/.exec(version) ?? [];
    most = {
      version: node,
      written,
      asker: `${name} ${major}`,
      asks: (it) => mindsEngines(it, text, project),
    };
  }
  return most;
}

/**
 * Prisma looks in its install script, and fails the install: "Prisma only supports Node.js >= 18.18" (tried with 6.0, 6.19, 7.0 and 7.10 on
 * Node.js 16 to 22, 2026-11-27). pnpm runs such scripts only of packages that it is told to trust.
 */
export function nodeOfPrisma(text: string, project?: ManifestProject): RequiredVersion | undefined {
  if (!text.includes('"prisma"')) return undefined;
  const found = dependenciesOf(readJsonObject(text)).find((it) => it.name === "prisma");
  const version = found && nodeDemandedBy(found.name, found.version);
  const [major] = /\d+/.exec(found?.version ?? "") ?? [];
  if (!found || version === undefined || major === undefined || isBefore(major, "6")) return undefined;
  const settings = settingsOf(".npmrc", project);
  const isKept = settings !== undefined && !/ignore-scripts|omit|production/.test(settings);
  const isProduction = found.isDevelopment && project?.variable("NODE_ENV") !== "";
  return {
    ...{ version, written: found.written, asker: `Prisma ${major}` },
    asks: (command) => isKept && !isProduction && installsAll(command, found.isDevelopment),
  };
}

/** Does npm install what the manifest names, and run install scripts? */
function installsAll({ name, arguments: words }: Command, withDevelopment: boolean): boolean {
  const [verb = "", ...options] = words.map((it) => it.literal ?? "?");
  return (
    name?.literal === "npm" &&
    /^(?:ci|install|i|clean-install)$/.test(verb) &&
    options.every((it) => it.startsWith("-") && !/^(?:--ignore-scripts|-g|--global)$/.test(it)) &&
    !(withDevelopment && options.some((it) => /^--(?:omit|production|only)/.test(it)))
  );
}

interface Dependency {
  readonly name: string;
  readonly version: string;
  /** As the manifest writes it. */
  readonly written: string;
  readonly isDevelopment: boolean;
}

/** What a manifest asks for, and nothing else of it says otherwise. */
function dependenciesOf(manifest: Readonly<Record<string, unknown>> | undefined): readonly Dependency[] {
  const others = ["resolutions", "overrides", "pnpm"]
    .map((it) => JSON.stringify(manifest?.[it] ?? ""))
    .join();
  return ["dependencies", "devDependencies"].flatMap((section) =>
    Object.entries(textsOf(manifest?.[section]))
      .filter(([name]) => !others.includes(name))
      .map(([name, version]) => ({
        ...{ name, version, written: `"${name}": "${version}"` },
        isDevelopment: section === "devDependencies",
      })),
  );
}

/**
 * Does a command end where `engines` of the project or of what it needs do not fit? Yarn 1 does, unless it is told to ignore them: "The engine
 * "node" is incompatible with this module" (classic.yarnpkg.com, yarn install; tried with 1.22.22, in production too). npm and pnpm do with
 * `engine-strict`: EBADENGINE, ERR_PNPM_UNSUPPORTED_ENGINE (tried with npm 10 and pnpm 8 to 10, 2026-11-27).
 */
export function mindsEngines(
  { name, arguments: words }: Command,
  text: string,
  project?: ManifestProject,
): boolean {
  const program = name?.literal;
  if (!project || words.some((it) => it.literal === undefined)) return false;
  const all = words.flatMap((it) => it.literal ?? []);
  const verb = all.find((it) => !it.startsWith("-")) ?? (program === "yarn" ? "install" : "");
  if (
    all.some((it) =>
      /^(?:-g|--global|-f|--force|--ignore-engines|--engine-strict.*|--no-engine-strict)$/.test(it),
    )
  )
    return false;
  const settings = settingsOf(".npmrc", project);
  if (settings === undefined || /ignore-engines/.test(settings)) return false;
  if (program === "npm" || program === "pnpm")
    return /^(?:ci|install|i)$/.test(verb) && /^\s*engine-strict\s*=\s*true\s*$/m.test(settings);
  if (program !== "yarn" || verb !== "install") return false;
  if (/"packageManager"\s*:\s*"yarn@[2-9]/.test(text) || project.mayHave(".yarnrc.yml")) return false;
  if (/ignore-engines|yarn-path/.test(settingsOf(".yarnrc", project) ?? "ignore-engines")) return false;
  return /^# yarn lockfile v1\s*$/m.test(project.read("yarn.lock")?.slice(0, 500) ?? "");
}

/** Empty where there is no such file, undefined where it may hold anything. */
function settingsOf(file: string, project: ManifestProject | undefined): string | undefined {
  return project?.mayHave(file) ? project.read(file) : "";
}

/** Does a command start the tool, by itself or by a script of package.json that does so first? */
function starts(
  { name, arguments: all }: Command,
  { program, verbs }: NodeTool,
  scripts: Readonly<Record<string, string>>,
): boolean {
  const words = all.map((it) => it.literal ?? "");
  const manager = name?.literal ?? "";
  if (manager.endsWith(`/${program}`)) return verbs.test(words[0] ?? "");
  const [first = "", second = ""] = words;
  if (manager === "npx" || first === program) return first === program && verbs.test(second);
  const script = first === "run" ? second : manager === "npm" && !/^(?:t|test)$/.test(first) ? "" : first;
  const named = script === "t" ? "test" : script;
  const body = Object.hasOwn(scripts, named) ? scripts[named] : undefined;
  // A script that starts something else first, or only may start the tool, is not looked into.
  const parts = body?.split("&&").map((it) => it.trim().split(/\s+/)) ?? [];
  const at = parts.findIndex(([it]) => it === program);
  return at >= 0 && verbs.test(parts[at]?.[1] ?? "") && !/[|;()`]/.test(body ?? "");
}
