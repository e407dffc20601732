import { dirname, join, resolve } from "node:path";
import { buildsOf, type NamedBuild } from "../../model/compose/builds/builds.ts";
import { namedContextsOf } from "../../model/compose/builds/named-contexts.ts";
import type { BuildArguments } from "../../model/stage/dockerfile-model.ts";
import { foldersUpFrom } from "../context-folder.ts";
import type { Disk } from "../disk.ts";
import { composeVariables } from "../environment/env-file.ts";
import type { Surroundings } from "../models.ts";
import { composeFilesIn, pathsFolderOf } from "./compose-files.ts";
import { parsedFilesOf } from "./parsed-files.ts";

/** What the Compose files in a Dockerfile's folder and above say of its build. */
export interface BuildsAround {
  /** The builds that name the Dockerfile, each with its context as an absolute path. */
  readonly builds: readonly NamedBuild[];
  /** Paths of the Compose files that name the Dockerfile. */
  readonly files: readonly string[];
  /** The one folder that it is built in; undefined where no build names it, or several do in different folders. */
  readonly context: string | undefined;
  /**
   * What each of the builds gives, with one known value. Where they differ, or one gives nothing, the Dockerfile's own
   * default says as much.
   */
  readonly buildArguments: BuildArguments;
  readonly platforms: readonly string[];
  /** Additional contexts of any build in these files: those of an override file have no name of a Dockerfile. */
  readonly contexts: readonly string[];
  /** Another one for another answer. */
  readonly generation: number;
}

type Around = Pick<Surroundings, "disk" | "folders" | "textAt" | "images" | "composeGeneration">;

/**
 * Made once for a Dockerfile, which asks at every keystroke, until the disk or an open Compose file changes; files are looked
 * for in its folder and above, up to the opened folder or the repository's root.
 */
export function buildsAround(path: string, around: Around): BuildsAround {
  const memory = memoryOf(around);
  const kept = memory.answers.get(path);
  if (kept?.state === memory.state) return kept.answer;
  const found = findBuilds(path, around);
  const text = JSON.stringify(found);
  const answer = kept?.text === text ? kept.answer : { ...found, generation: ++generations };
  memory.answers.set(path, { state: memory.state, text, answer });
  return answer;
}

let generations = 0;

interface Memory {
  /** Names the state of everything that the answers rest on. */
  state: string;
  readonly answers: Map<
    string,
    { readonly state: string; readonly text: string; readonly answer: BuildsAround }
  >;
}

const memories = new WeakMap<Disk, Memory>();

function memoryOf({ disk, composeGeneration }: Around): Memory {
  const memory = memories.get(disk) ?? { state: "", answers: new Map() };
  memories.set(disk, memory);
  memory.state = `${disk.generation}.${composeGeneration()}`;
  return memory;
}

function findBuilds(path: string, whole: Around): Omit<BuildsAround, "generation"> {
  const around = readingOnce(whole);
  const builds: NamedBuild[] = [];
  const contexts: string[] = [];
  const files = new Set<string>();
  const read = parsedFilesOf(around.disk);
  for (const folder of foldersUpFrom(dirname(path), around)) {
    const texts = composeFilesIn(folder, around).flatMap((name) => {
      const file = join(folder, name);
      const text = around.textAt(file);
      // Most files build nothing, and need no parsing to tell.
      return text !== undefined && /\bbuild\b/.test(text) ? { file, text } : [];
    });
    if (texts.length === 0) continue;
    for (const { file, text } of texts) {
      const parsed = read.read(file, text);
      const from = pathsFolderOf(file, around);
      contexts.push(...namedContextsOf(parsed));
      for (const build of buildsOf(parsed, composeVariables(from, around), around.images)) {
        const context = resolve(from, build.context);
        if (resolve(context, build.dockerfile ?? "Dockerfile") !== path) continue;
        builds.push({ ...build, context });
        files.add(file);
      }
    }
  }
  const [folder, ...others] = new Set(builds.map((it) => it.context));
  return {
    builds,
    files: [...files],
    context: others.length === 0 ? folder : undefined,
    buildArguments: argumentsOfAll(builds),
    platforms: [...new Set(builds.flatMap((it) => it.platforms))],
    contexts,
  };
}

/** Each file says where the paths of others count from, so that it is looked at several times. */
function readingOnce(around: Around): Around {
  const texts = new Map<string, string | undefined>();
  return {
    ...around,
    textAt(path) {
      if (!texts.has(path)) texts.set(path, around.textAt(path));
      return texts.get(path);
    },
  };
}

function argumentsOfAll(builds: readonly NamedBuild[]): BuildArguments {
  const [first = {}, ...others] = builds.map((it) => it.args);
  return Object.fromEntries(
    Object.entries(first).filter(
      ([name, value]) =>
        value !== undefined && others.every((it) => Object.hasOwn(it, name) && it[name] === value),
    ),
  );
}
