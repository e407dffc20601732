import type { Command } from "../../../../syntax/shell/script.ts";
import type { ManifestProject, RequiredVersion } from "../language-versions.ts";

/** A tool that ends on a Node.js that is too old for it, whoever installed it. */
interface NodeTool {
  /** Its package, as package.json names it. */
  readonly name: string;
  readonly called: string;
  readonly program: string;
  /** What of its program looks: `next build`. */
  readonly verbs: RegExp;
  /** The first major version that asks, with the Node.js that it asks for, newest first. */
  readonly asks: readonly (readonly [major: number, node: string])[];
}

/**
 * By `engines` of the packages in the npm registry and by what they did on Node.js 16 and 18 here (2026-11-27): Next.js says which Node.js is
 * required and ends with 1, the command line of Angular with 3, Astro with 1. Not Vite, which warns and mostly goes on.
 */
const TOOLS: readonly NodeTool[] = [
  {
    ...{ name: "next", called: "Next.js", program: "next", verbs: /^build$/ },
    asks: [
      [16, "20.9.0"],
      [15, "18.18.0"],
      [14, "18.17.0"],
    ],
  },
  {
    ...{ name: "@angular/cli", called: "Angular CLI", program: "ng", verbs: /^(?:b|build|test|t|lint)$/ },
    asks: [
      [22, "22.22.3"],
      [20, "20.19.0"],
      [18, "18.19.1"],
      [17, "18.13.0"],
    ],
  },
  {
    ...{ name: "astro", called: "Astro", program: "astro", verbs: /^(?:build|check)$/ },
    asks: [
      [5, "18.17.1"],
      [4, "18.14.1"],
    ],
  },
  {
    // Yarn alone refuses it.
    ...{ name: "vite", called: "Vite", program: "vite", verbs: /^$a/ },
    asks: [
      [7, "20.19.0"],
      [5, "18.0.0"],
    ],
  },
];

/**
 * The Node.js that a tool of the project demands, by the version of it that package.json asks for, and which commands start the tool:
 * scripts of package.json by their names, and its program. Undefined where that is not certain.
 */
export function nodeOfTools(text: string, project?: ManifestProject): RequiredVersion | undefined {
  for (const tool of TOOLS) {
    const [written, version = ""] = new RegExp(`"${tool.name}"\\s*:\\s*"([^"]*)"`).exec(text) ?? [];
    const major = /^[~^=v]*(\d+)(?:\.[\d.x]+)?$/.exec(version)?.[1];
    const node = major === undefined ? undefined : tool.asks.find(([it]) => it <= Number(major))?.[1];
    if (node === undefined || written === undefined) continue;
    return {
      ...{ version: node, written, asker: `${tool.called} ${major}` },
      asks: (command) => starts(command, tool, text) || isRefusedByYarn(command, text, project),
    };
  }
  return undefined;
}

/**
 * Yarn 1 installs nothing where a package's `engines` do not fit: "The engine "node" is incompatible with this module", unless it is told to
 * ignore them (classic.yarnpkg.com, yarn install; tried with 1.22.22).
 */
function isRefusedByYarn(
  { name, arguments: words }: Command,
  text: string,
  project?: ManifestProject,
): boolean {
  if (name?.literal !== "yarn" || words.some((it) => it.literal === undefined)) return false;
  const all = words.flatMap((it) => it.literal ?? []);
  const verb = all.find((it) => !it.startsWith("-")) ?? "install";
  if (verb !== "install" || all.includes("--ignore-engines")) return false;
  if (/"packageManager"\s*:\s*"yarn@[2-9]/.test(text) || !project) return false;
  if (project.mayHave(".yarnrc.yml") || project.mayHave(".yarnrc") || project.mayHave(".npmrc")) return false;
  return /^# yarn lockfile v1\s*$/m.test(project.read("yarn.lock")?.slice(0, 500) ?? "");
}

/** Does a command start the tool, by itself or by a script of package.json that does so first? */
function starts({ name, arguments: all }: Command, { program, verbs }: NodeTool, text: string): boolean {
  const words = all.map((it) => it.literal ?? "");
  const manager = name?.literal ?? "";
  if (manager.endsWith(`/${program}`)) return verbs.test(words[0] ?? "");
  const [first = "", second = ""] = words;
  if (manager === "npx" || first === program) return first === program && verbs.test(second);
  const script = first === "run" ? second : manager === "npm" ? "" : first;
  if (!/^[\w:-]+$/.test(script)) return false;
  const body = new RegExp(`"${script}"\\s*:\\s*"([^"]*)"`).exec(
    /"scripts"\s*:\s*\{([^}]*)\}/.exec(text)?.[1] ?? "",
  )?.[1];
  // A script that starts something else first, or only may start the tool, is not looked into.
  const parts = body?.split("&&").map((it) => it.trim().split(/\s+/)) ?? [];
  const at = parts.findIndex(([it]) => it === program);
  return at >= 0 && verbs.test(parts[at]?.[1] ?? "") && !/[|;()`]/.test(body ?? "");
}
