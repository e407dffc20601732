import type { Call } from "../../commands/command-family.ts";
import type { Changes } from "../../contents/changes.ts";
import { isWithin, joinPath, resolvePath } from "../../paths.ts";
import { buildsInto, mayBuildProject, mayLeadOutside, writesBeside } from "../project-build.ts";
import { readFirst } from "../project-files.ts";
import { type Bundle, mayBeOf } from "./bundlers.ts";
import { configurationNames, importsOf, type PathSetting } from "./configuration.ts";
import { type NodeProject, packageDirectories } from "./project.ts";

/** One call of a tool in a project whose package.json is read. */
export interface ToolCall {
  readonly call: Call;
  readonly changes: Changes;
  readonly project: NodeProject;
  /** Behind the program's name; each of them is known. */
  readonly words: readonly string[];
}

/** Tells what a call of one tool writes; false where that may be anything, anywhere. */
export type ToolEffect = (tool: ToolCall) => boolean;

/** Packages of the project, and these of its directories. */
export function writesOnly(
  { call, changes, project: { directory } }: ToolCall,
  names: readonly string[],
): boolean {
  if (!writesBeside(call, changes, directory)) return false;
  for (const it of [...packageDirectories(directory), ...names.map((name) => joinPath(directory, name))])
    changes.mayBuildBelow(it);
  return true;
}

/** Writes below the project, unless its configuration names another place. */
export function configured(stem: string): ToolEffect {
  return (tool) => {
    const named = optionOf(tool.words, "--config", "-c");
    const { project } = tool;
    const text = named === undefined ? readFirst(project, configurationNames(stem)) : project.read(named);
    const isPlain =
      typeof text === "string" && !mayLeadOutside(text) && importsOf(text).every((it) => !it.startsWith("."));
    return (text === null || isPlain) && buildsBeside(tool);
  };
}

/** Value of an option, as `--name value` or `--name=value`. */
export function optionOf(words: readonly string[], ...names: readonly string[]): string | undefined {
  for (const [at, word] of words.entries()) {
    if (names.includes(word)) return words[at + 1];
    for (const name of names) if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
  }
  return undefined;
}

/** What of its outputs a tool may make. */
interface Limits {
  /** Of a path below them; any, when left out. */
  readonly mayBe?: ((path: string) => boolean) | undefined;
  /** The programs that it certainly makes, worked out when they are asked for. */
  readonly files?: () => readonly string[] | undefined;
}

/** Writes outputs, what packages write, and `more` directories. */
export function builds(
  { call, changes, project }: ToolCall,
  program: string,
  outputs: readonly string[],
  more: readonly string[] = [],
  { mayBe, files }: Limits = {},
): true {
  const { directory } = project;
  buildsInto(
    call,
    changes,
    {
      program,
      directory,
      outputs,
      get files() {
        return files?.();
      },
    },
    [...packageDirectories(directory), ...more],
    mayBe,
  );
  return true;
}

/** Every path but this one, and what is below it. */
export function allBut(path: string): (path: string) => boolean {
  return (it) => !isWithin(it, path);
}

/** Anything below the project. */
export function buildsBeside({ call, changes, project }: ToolCall): true {
  mayBuildProject(call, changes, project.directory);
  return true;
}

/**
 * A configuration whose text names the output's directory, or leaves it at the default. `isPlain` where it is certain to say nothing
 * else; undefined where the output may be outside of the project.
 */
export function outputOf(
  setting: PathSetting,
  given: string | undefined,
  byDefault: string,
  { directory }: NodeProject,
): string | undefined {
  if (given !== undefined) return resolvePath(directory, given);
  if (setting.isOpen || setting.values.length > 1) return undefined;
  return setting.values[0] ?? joinPath(directory, byDefault);
}

/** May the variable have a value? */
export function isSet(call: Call, name: string): boolean {
  const value = call.variable(name);
  return !value.known || value.value !== "";
}

/** The same for what a bundler writes. */
export function buildsBundle(
  tool: ToolCall,
  program: string,
  bundle: Bundle,
  more: readonly string[] = [],
): true {
  return builds(tool, program, bundle.outputs, more, { mayBe: mayBeOf(bundle), files: () => bundle.files });
}
