import type { StageState } from "../../../../model/stage/state.ts";
import type { Command } from "../../../../syntax/shell/script.ts";
import { literally } from "../../../../text/literally.ts";
import type { NeededProgram } from "./needed-programs.ts";

/**
 * `go mod download` clones the modules that no proxy is asked for: all of them with GOPROXY=direct, else those that GONOPROXY, or
 * GOPRIVATE where that is not set, names (go.dev/doc/modules/managing-dependencies, read 2026-11-28; the rest of `go help module-private` as generally known).
 */
export function neededToFetch(
  { arguments: [verb, act], assignments }: Command,
  state: StageState,
  read: (file: string) => string | undefined,
): NeededProgram[] {
  if (verb?.literal !== "mod" || act?.literal !== "download") return [];
  const value = (name: string) => {
    const own = assignments.findLast((it) => it.name === name);
    if (own) return own.value?.literal;
    const set = state.variable(name);
    return state.isSet(name).is === "no" || !set.known ? undefined : set.value;
  };
  const project = read("go.mod") ?? "";
  // What stands for another module may be a folder.
  if (/^\s*replace\b/m.test(project)) return [];
  const isDirect = value("GOPROXY") === "direct";
  const patterns = isDirect ? [] : (value("GONOPROXY") ?? value("GOPRIVATE") ?? "").split(",");
  const named = patterns.filter((it) => it !== "").map(patternOf);
  const module = [...project.matchAll(REQUIRED)]
    .flatMap((it) => it[1] ?? [])
    .find((path) => isDirect || named.some((it) => it.test(path)));
  if (module === undefined) return [];
  return [{ program: "git", why: `go clones ${module}, which it asks no proxy for`, word: act }];
}

const REQUIRED = /^[ \t]*(?:require[ \t]+)?([\w-]+(?:\.[\w-]+)+\/[\w./-]+) v\d/gm;

/** `github.com/acme/*`: the beginning of a module's path, a star within one part of it. */
function patternOf(glob: string): RegExp {
  return new RegExp(`^${literally(glob.trim()).replaceAll("\\*", "[^/]*")}(?:/|$)`);
}
