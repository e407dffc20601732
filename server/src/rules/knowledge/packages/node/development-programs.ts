import type { DockerfileModel } from "../../../../model/stage/dockerfile-model.ts";
import { type PackageJson, packageJson } from "../../../../model/stage/package-json.ts";
import { baseName, resolvePath } from "../../../../model/stage/paths.ts";
import type { Stage } from "../../../../model/stage/stage.ts";
import { startedCommand } from "../../../../model/stage/started/started-command.ts";
import type { Instruction } from "../../../../syntax/dockerfile/tree.ts";
import type { Command } from "../../../../syntax/shell/script.ts";
import { valueIn } from "../../../../text/value-in.ts";
import { originOf } from "../../files/file-origin.ts";
import { stageWith } from "../../stages/stage-with.ts";
import { startedSettings } from "../../started/handed-over.ts";
import { scriptOf } from "../../started/started-script.ts";
import { wordsOf } from "./node-installs.ts";

/** What cannot be started without a devDependency. */
export interface MissingPackage {
  /** Who needs it: `npm run build`. */
  readonly script: string;
  /** The program, or the package, that only a devDependency brings. */
  readonly program: string;
}

/** What a container of a stage starts that cannot be without a devDependency, and the instruction that says so. */
export function missingAtStart(
  stage: Stage,
): (MissingPackage & { readonly instruction: Instruction }) | undefined {
  const json = packageJson(stage.model);
  if (!json) return undefined;
  for (const { instruction } of startedSettings(stage)) {
    const holder =
      instruction && /^(?:CMD|ENTRYPOINT)$/.test(instruction.name)
        ? stageWith(instruction, stage)
        : undefined;
    const script = instruction && holder?.commandsOf(instruction);
    const last = script?.complete && script.commands.length === 1 ? script.commands[0] : undefined;
    // What npx does not find it fetches, so that it may be there at the start.
    const isFetched = last?.name?.literal === "npx";
    const found = last && !isFetched ? missingProgram(last, json) : undefined;
    if (found && instruction) return { ...found, instruction };
  }
  return missingInSource(stage, json);
}

/** What `node` is to load first, or the script that it starts imports. */
function missingInSource(
  stage: Stage,
  json: PackageJson,
): (MissingPackage & { readonly instruction: Instruction }) | undefined {
  const started = startedCommand(stage);
  const { workdir } = stage.result;
  if (started?.program.text !== "node" || !workdir.known) return undefined;
  const instruction = started.words[0]?.instruction ?? started.program.instruction;
  if (!instruction || stage.result.isSet("NODE_PATH").is === "yes") return undefined;
  const texts = started.words.map((it) => it.text ?? "");
  for (const [at, text] of texts.entries()) {
    const [, option, joined] = /^(-r|--require|--import|--loader)(?:=(.+))?$/.exec(text) ?? [];
    const name = packageOf((option && (joined ?? texts[at + 1])) || "");
    if (name !== undefined && isLeftOut(name, json, stage))
      return { script: `node ${option}`, program: name, instruction };
  }
  const word = scriptOf(started);
  const path = word?.text ? resolvePath(workdir.value, word.text) : undefined;
  const origin = path === undefined || !/\.[cm]?js$/.test(path) ? undefined : originOf(path, stage);
  if (origin?.contextPath === undefined || !word?.text) return undefined;
  for (const [, first, second] of origin.text.matchAll(IMPORTED)) {
    const name = packageOf(first ?? second ?? "");
    if (name !== undefined && isLeftOut(name, json, stage))
      return { script: origin.contextPath, program: name, instruction };
  }
  return undefined;
}

/** At the beginning of a line, where no condition and no `try` stands around it. */
const IMPORTED =
  /^(?:(?:const|let|var) [\w{} ,:]{1,200}=\s*)?require\(["']([^"'\n]+)["']\)|^import (?!type\b)(?:[\w{} ,*$]{1,200} from )?["']([^"'\n]+)["']/gm;

/** `@scope/name` of a module's name; undefined for a file and what Node.js has itself. */
function packageOf(name: string): string | undefined {
  return /^(?:@[\w.-]+\/)?[a-z][\w.-]*/.exec(name)?.[0];
}

function isLeftOut(name: string, { dependencies, devDependencies }: PackageJson, { model }: Stage): boolean {
  // Of other package managers' lock files it is not known who wants a package.
  return devDependencies.has(name) && !dependencies.has(name) && marksDev(name, model) === true;
}

/** Does a package that is installed want it too, by package-lock.json? */
export function comesAlong({ program }: MissingPackage, model: DockerfileModel): boolean {
  return marksDev(valueIn(PACKAGES, program) ?? program, model) === false;
}

/** Whether package-lock.json marks a package as one for development; undefined where it does not name it. */
function marksDev(name: string, { inputs }: DockerfileModel): boolean | undefined {
  const locked = inputs.context?.read("package-lock.json") ?? "";
  const key = `"node_modules/${name}":`;
  const at = locked.indexOf(key);
  if (at < 0) return undefined;
  const end = locked.indexOf('"node_modules/', at + key.length);
  return /"dev": ?true/.test(locked.slice(at, end < 0 ? undefined : end));
}

/** The script or program that a command runs, and the program of it that only a devDependency brings. */
export function missingProgram(command: Command, json: PackageJson): MissingPackage | undefined {
  const [verb, name] = wordsOf(command);
  const program = command.name?.literal;
  if (program?.includes("node_modules/.bin/")) return called(baseName(program), program, json);
  // npx fetches what is missing: the right thing where the package is called as its program.
  if (program === "npx" && verb !== undefined && valueIn(PACKAGES, verb) !== undefined)
    return called(verb, `npx ${verb}`, json);
  if (!/^(npm|pnpm|yarn)$/.test(program ?? "")) return undefined;
  const isRun = verb === "run";
  const isShort = program !== "npm" || verb === "start";
  const script = isRun ? name : isShort ? verb : undefined;
  if (script === undefined) return undefined;
  if (program !== "npm" && verb === "exec" && name !== undefined)
    return called(name, `${program} exec ${name}`, json);
  const label = `${program} ${isRun ? "run " : ""}${script}`;
  if (Object.hasOwn(json.scripts, script)) {
    const first = firstMissing(script, json);
    return first === undefined ? undefined : { script: label, program: first };
  }
  return isRun || program !== "yarn" ? undefined : called(script, label, json);
}

function called(program: string, script: string, json: PackageJson): MissingPackage | undefined {
  return isMissing(program, json) ? { script, program } : undefined;
}

function isMissing(program: string, { dependencies, devDependencies }: PackageJson): boolean {
  const packageName = valueIn(PACKAGES, program) ?? program;
  return devDependencies.has(packageName) && !dependencies.has(packageName);
}

/** Of a script's commands, all of which have to end well, the first program that only a devDependency brings. */
export function firstMissing(name: string, json: PackageJson, depth = 0): string | undefined {
  const text = Object.hasOwn(json.scripts, name) && depth < MOST_NESTED ? json.scripts[name] : undefined;
  for (const part of text?.split("&&") ?? []) {
    // What is behind another operator may be skipped.
    const isPlain = !/[|;()`&]/.test(part);
    const words = part.trim().split(/\s+/);
    const [first = "", second = "", third = ""] = words.slice(words.findIndex((it) => !ASSIGNS.test(it)));
    if (isMissing(first, json)) return first;
    const runs = /^(npm|pnpm|yarn)$/.test(first) && second === "run" ? third : undefined;
    const inner = runs === undefined ? undefined : firstMissing(runs, json, depth + 1);
    if (inner !== undefined) return inner;
    if (!isPlain) return undefined;
  }
  return undefined;
}

const ASSIGNS = /^\w+=/;

/** Scripts that run scripts. */
const MOST_NESTED = 5;

/** Programs that are called otherwise than their package. */
const PACKAGES: Readonly<Record<string, string>> = {
  tsc: "typescript",
  ng: "@angular/cli",
  nest: "@nestjs/cli",
  "vue-cli-service": "@vue/cli-service",
  babel: "@babel/cli",
  "vue-tsc": "vue-tsc",
  swc: "@swc/cli",
  sv: "@sveltejs/kit",
};
