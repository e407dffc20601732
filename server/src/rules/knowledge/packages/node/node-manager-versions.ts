import { stagesDownFrom } from "../../../../model/stage/stage-graph.ts";
import type { Command } from "../../../../syntax/shell/script.ts";
import type { Span } from "../../../../text/span.ts";
import type { CommandCall } from "../../../rule.ts";
import { wordsOf } from "./node-installs.ts";

/** The newest npm of which is known what it needs (2026-11): later ones need that, or more. */
export const NEWEST_NPM = 12;

/**
 * The first version of Node.js that a major version takes, newest first (`engines` in the npm registry, 2026-11-27; tried here on
 * Node.js 16, 18 and 20: npm ends with EBADENGINE, and pnpm with "requires at least Node.js", its version 11 on 20 for want of `node:sqlite`). pnpm 12 asks nothing
 * of the kind.
 */
const NODE: Readonly<Record<"npm" | "pnpm", Readonly<Record<number, string>>>> = {
  npm: { 12: "22.22", 11: "20.17", 10: "18.17" },
  pnpm: { 11: "22.13", 10: "18.12", 9: "18.12", 8: "16.14" },
};

/** The Node.js that a version of a manager needs, where the image's major version is certainly older. */
export function refusesNode(manager: "npm" | "pnpm", version: number, major: number): string | undefined {
  const node = NODE[manager][version];
  return node !== undefined && major < Number.parseInt(node, 10) ? node : undefined;
}

/** Is there a version of a manager that refuses this major version of Node.js? */
export function mayRefuseNode(manager: "npm" | "pnpm", major: number): boolean {
  return Object.keys(NODE[manager]).some((it) => refusesNode(manager, Number(it), major) !== undefined);
}

/**
 * With `--frozen-lockfile`, does this pnpm end at a lock file of this version? By trying pnpm 6 to 10 and 12 on lock files of 6 to 9 (2026-11-27);
 * of what is not in the table nothing is known.
 */
export function doesNotRead(version: number | "latest", lock: number): boolean {
  return READS_NOT[version]?.includes(lock) ?? false;
}

const READS_NOT: Readonly<Record<number | "latest", readonly number[]>> = {
  6: [6, 9],
  7: [9],
  8: [5, 9],
  9: [5],
  10: [5, 6],
  latest: [5, 6],
};

/** The package manager that a command starts, as the Dockerfile or the project says. */
export interface ToldManager {
  /** Its major version. */
  readonly version: number | "latest";
  /** Its minor version, where it is named. */
  readonly minor?: number;
  /** Where it is installed; undefined where package.json says it. */
  readonly span?: Span;
}

/**
 * Which version of a manager a command starts: that of the last `npm install -g` or `corepack prepare` above it, or the one that
 * package.json names, where Corepack is enabled. Undefined where that is not certain.
 */
export function toldManager(
  name: string,
  call: CommandCall,
  project: () => string | undefined,
): ToldManager | undefined {
  let told: ToldManager | undefined;
  let hasCorepack = false;
  for (const stage of [...stagesDownFrom(call.stage)].slice(0, MOST_STAGES).reverse())
    for (const instruction of stage.instructions) {
      if (instruction.name !== "RUN" || instruction.span.start > call.command.span.start) continue;
      for (const command of stage.commandsOf(instruction)?.commands ?? []) {
        if (command.span.start >= call.command.span.start) break;
        const program = command.name?.literal;
        if (program === "corepack") hasCorepack ||= wordsOf(command)[0] === "enable";
        const found = installed(name, command);
        if (found === "unknown") return undefined;
        told = found ?? told;
      }
    }
  const text = project();
  const asked = /"packageManager"\s*:\s*"([a-z]+)@(\d+)(?:\.(\d+))?/.exec(text ?? "");
  // pnpm itself may become the version that the project names, and Corepack that of a folder above.
  if (!asked && !(hasCorepack && text === undefined)) return told;
  return hasCorepack && asked?.[1] === name ? versionOf(asked[2], asked[3]) : undefined;
}

const MOST_STAGES = 10;

/** What a command installs of a manager; unknown where it may be any version. */
function installed(name: string, command: Command): ToldManager | "unknown" | undefined {
  const words = wordsOf(command);
  const program = command.name?.literal;
  if (words.some((it) => it.includes(`get.${name}.io`) || it.includes(`@${name}/`))) return "unknown";
  const isNpm =
    program === "npm" &&
    /^(?:install|i|add)$/.test(words[0] ?? "") &&
    words.some((it) => /^(?:-g|--global)$/.test(it));
  const isCorepack = program === "corepack" && /^(?:prepare|install|use)$/.test(words[0] ?? "");
  if (!isNpm && !isCorepack) return undefined;
  const word = command.arguments.find((it) => new RegExp(`^["']?${name}(?:@|$)`).test(it.literal ?? it.raw));
  if (!word) return undefined;
  if (command.conditional || word.literal === undefined) return "unknown";
  const version = word.literal.slice(name.length + 1);
  const [, range, major, minor] = /^([~^]?)(\d+)(?:\.(\d+)|\.|$)/.exec(version) ?? [];
  if (major !== undefined)
    return { ...versionOf(major, range === "^" ? undefined : minor), span: command.span };
  return version === "" || version === "latest" ? { version: "latest", span: command.span } : "unknown";
}

function versionOf(major: string | undefined, minor: string | undefined): ToldManager {
  return { version: Number(major), ...(minor === undefined ? {} : { minor: Number(minor) }) };
}
