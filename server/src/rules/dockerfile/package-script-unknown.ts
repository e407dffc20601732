import { resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script, ShellWord } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { isObject, readJsonObject } from "../../text/json.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { directoryOfCommand } from "../knowledge/commands/command-directory.ts";
import { commandMayTouch, originOf } from "../knowledge/files/file-origin.ts";
import { scriptFlow } from "../knowledge/shell/script-flow.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { stageWith } from "../knowledge/stages/stage-with.ts";
import { startedSettings } from "../knowledge/started/handed-over.ts";
import { type Fix, type Report, stageRule } from "../rule.ts";

export const packageScriptUnknown = stageRule({
  id: "package-script-unknown",
  title: "Script that package.json does not have",
  severity: "error",
  tags: ["build", "run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`npm run\`, \`npm start\`, \`pnpm run\`, \`yarn\` and \`bun run\` in RUN, CMD and ENTRYPOINT that call a script which the
      package.json of that folder does not have, as the build context has it. Silent where another folder or workspace is
      named, for \`--if-present\`, and for words that may be a program of a package (\`yarn tsc\`).`,
    why: source`
      The package manager says "Missing script" and fails: in RUN the build ends, and a container that begins with it does not start.`,
    context: { "package.json": '{ "scripts": { "build": "tsc", "start": "node dist/main.js" } }' },
    bad: source`
      FROM node:24-slim
      WORKDIR /app
      COPY package.json ./
      CMD ["npm", "run", "serve"]
                         ^^^^^^^ package-script-unknown: package.json has no script serve.`,
    good: source`
      FROM node:24-slim
      WORKDIR /app
      COPY package.json ./
      CMD ["npm", "run", "start"]`,
  },

  check(stage, report) {
    for (const it of stage.instructions) if (it.name === "RUN") checkCommands(it, stage, stage, report);
    if (!stage.isFinal) return;
    for (const { instruction } of startedSettings(stage)) {
      const holder = instruction && stageWith(instruction, stage);
      if (instruction && holder) checkCommands(instruction, holder, stage, report);
    }
  },
});

/** `holder`: the stage in which the instruction stands; `stage`: the one whose image it is carried out in. */
function checkCommands(instruction: Instruction, holder: Stage, stage: Stage, report: Report): void {
  if (!says(MANAGERS, instruction)) return;
  const script = holder.commandsOf(instruction);
  if (!script?.complete) return;
  for (const command of script.commands) {
    const called = scriptCalled(command);
    if (!called) continue;
    const state = instruction.name === "RUN" ? stage.before(instruction) : stage.result;
    const folder = directoryOfCommand(command, script, state);
    const scripts =
      folder === undefined || isTouchedBefore(command, script)
        ? undefined
        : scriptsIn(folder, instruction, stage);
    const failure = failureOf(command, script, instruction, holder);
    if (!scripts || failure === "allowed" || scripts.names.includes(called.name)) continue;
    const isOther =
      called.isOfBun === true
        ? mayHaveSource(called.name, scripts, stage)
        : called.name === "start" && mayHaveServer(folder ?? "/", scripts.contextFolder, stage);
    if (isOther) continue;
    const list =
      scripts.names.length === 0
        ? "It has none."
        : `It has ${scripts.names.slice(0, MOST_NAMES).join(", ")}.`;
    report(called.word.span, `${scripts.path} has no script ${called.name}.`, {
      related: [{ message: list }],
      fixes: fixesOf(called, scripts.names, stage),
      ...(failure === "unseen" && { severity: "warning" }),
    });
  }
}

const MANAGERS = /\b(?:npm|pnpm|yarn|bun)\b/;

/** More names than these say nothing to a reader. */
const MOST_NAMES = 12;

interface Called {
  readonly name: string;
  readonly word: ShellWord;
  /** False for `npm start`, whose word is a command of npm's own. */
  readonly isNamed: boolean;
  /** Then a source of the name will do. */
  readonly isOfBun?: true;
}

/** The script that a command certainly calls. */
function scriptCalled({ name, arguments: words }: Command): Called | undefined {
  const program = name?.literal;
  if (program !== "npm" && program !== "pnpm" && program !== "yarn" && program !== "bun") return undefined;
  const own = words.slice(0, indexOf(words, "--"));
  if (own.some(({ literal }) => literal === undefined || OTHER_PLACE.test(literal))) return undefined;
  const [verb, second] = own.filter((it) => !it.literal?.startsWith("-"));
  if (!verb?.literal) return undefined;
  if (program === "bun") {
    const word = verb.literal === "run" ? second : verb.literal === "start" ? verb : undefined;
    return word?.literal && OF_BUN.test(word.literal)
      ? { name: word.literal, word, isNamed: true, isOfBun: true }
      : undefined;
  }
  if (/^(?:run|run-script)$/.test(verb.literal)) {
    // Yarn starts programs of packages by the same words.
    const isScript =
      second?.literal && second.literal !== "env" && (program !== "yarn" || second.literal.includes(":"));
    return isScript && second.literal ? { name: second.literal, word: second, isNamed: true } : undefined;
  }
  if (verb.literal === "start") return { name: "start", word: verb, isNamed: program === "yarn" };
  const isScript = program !== "npm" && verb.literal.includes(":") && !verb.literal.includes("/");
  return isScript ? { name: verb.literal, word: verb, isNamed: true } : undefined;
}

/**
 * What no program is called, neither of a package nor of the system: `bun run ls` works (tried with 1.4.5, 2026-11-27: "Script not found",
 * also for `bun start`).
 */
const OF_BUN = /^(?:start|dev|build|prod|production|[\w-]+:[\w:-]+)$/;

/** Another folder, or whatever is there. */
const OTHER_PLACE =
  /^(?:--prefix|-C|--dir|--cwd|-w|--workspace|--workspaces|-ws|--filter|-F|-r|--recursive|--if-present|--workspace-root|--top-level|-T|-B)(?:=|$)/;

function indexOf(words: readonly ShellWord[], text: string): number {
  const at = words.findIndex((it) => it.literal === text);
  return at < 0 ? words.length : at;
}

function isTouchedBefore(command: Command, script: Script): boolean {
  const at = scriptFlow(script).positions.get(command) ?? 0;
  const before = script.commands.slice(0, at);
  // Further behind nothing is said of what the script may have changed.
  return before.length > MOST_COMMANDS || before.some((it) => commandMayTouch(it, "package.json"));
}

const MOST_COMMANDS = 100;

interface Scripts {
  /** The file, as a reader finds it. */
  readonly path: string;
  readonly contextFolder: string | undefined;
  readonly names: readonly string[];
  /** What the file holds. */
  readonly text: string;
}

function scriptsIn(folder: string, instruction: Instruction, stage: Stage): Scripts | undefined {
  const path = resolvePath(folder, "package.json");
  const isRun = instruction.name === "RUN";
  const origin = path === undefined ? undefined : originOf(path, stage, isRun ? instruction : undefined);
  if (!origin || mayChange(stage)) return undefined;
  const json = readJsonObject(origin.text);
  const scripts = json && (json["scripts"] ?? {});
  if (!isObject(scripts)) return undefined;
  const { contextPath } = origin;
  return {
    path: contextPath ?? "package.json",
    contextFolder: contextPath?.replace(/[^/]*$/, ""),
    names: Object.keys(scripts),
    text: origin.text,
  };
}

/** Commands that write package.json without naming it. */
function mayChange(stage: Stage): boolean {
  for (const { instructions } of stagesDownFrom(stage))
    if (instructions.some((it) => it.name === "RUN" && says(WRITES, it))) return true;
  return false;
}

const WRITES =
  /\b(?:npm|pnpm|yarn|bun)\s+(?:-\S+\s+)*(?:pkg|init|create|set-script)\b|\bnpx\s+\S*(?:json|create-)|\bgit\s+(?:clone|apply|checkout)\b/;

/** Bun starts a source of a script's name, or the index of a folder: of the context, or one that a build is told to write. */
function mayHaveSource(name: string, { contextFolder, text }: Scripts, stage: Stage): boolean {
  const { context } = stage.model.inputs;
  if (contextFolder === undefined || !context) return true;
  if (ENDINGS.some((it) => context.exists(`${contextFolder}${name}${it}`) !== "absent")) return true;
  const written = new RegExp(`\\b${name}\\.[cm]?[jt]sx?\\b`);
  return (
    written.test(text) ||
    [...stagesDownFrom(stage)].some(({ instructions }) =>
      instructions.some((it) => it.name !== "CMD" && says(written, it)),
    )
  );
}

const ENDINGS = ["", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".mts", ".cjs", ".cts"];

/** npm and pnpm start server.js where there is no script. */
function mayHaveServer(folder: string, contextFolder: string | undefined, stage: Stage): boolean {
  const { context } = stage.model.inputs;
  const path = resolvePath(folder, "server.js");
  if (path === undefined || contextFolder === undefined || !context) return true;
  return originOf(path, stage) !== undefined || context.exists(`${contextFolder}server.js`) !== "absent";
}

function fixesOf({ name, word, isNamed }: Called, names: readonly string[], stage: Stage): Fix[] {
  const near = nearestName(name, names);
  const { start, end } = word.span;
  const text = stage.model.file.text.slice(start, end);
  if (near === undefined || !isNamed || !/^[\w:.-]+$/.test(near) || !text.includes(name)) return [];
  return [{ kind: "unsafe", title: `Run ${near}`, edits: [replace(word.span, text.replace(name, near))] }];
}
