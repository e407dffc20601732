import type { Answer } from "../../known.ts";
import type { KnownFile } from "../state.ts";
import type { ContentsView, Feature } from "./view.ts";

/**
 * A finished image's contents that keep their answers: in a chain of stages each one asks the one below, and without
 * memory a question would walk down to the first again and again.
 */
export function remembered(view: ContentsView): ContentsView {
  const paths = new Map<string, Answer>();
  const brought = new Map<string, Answer>();
  const users = new Map<string, Answer>();
  const groups = new Map<string, Answer>();
  const tools = new Map<string, Answer>();
  const broughtTools = new Map<string, Answer>();
  const found = new Map<string, KnownFile | null>();
  let files: readonly KnownFile[] | undefined;
  return {
    hasUser: (name) => kept(users, name, () => view.hasUser(name)),
    hasGroup: (name) => kept(groups, name, () => view.hasGroup(name)),
    hasFeature: (feature: Feature) => view.hasFeature(feature),
    hasTool: (name) => kept(tools, name, () => view.hasTool(name)),
    hasPath: (path) => kept(paths, path, () => view.hasPath(path)),
    isBrought: (path) => kept(brought, path, () => view.isBrought(path)),
    isToolBrought: (name) => kept(broughtTools, name, () => view.isToolBrought(name)),
    fileAt: (path) => kept(found, path, () => view.fileAt(path) ?? null) ?? undefined,
    files() {
      files ??= view.files();
      return files;
    },
  };
}

function kept<T>(known: Map<string, T>, key: string, find: () => T): T {
  const before = known.get(key);
  if (before !== undefined) return before;
  const answer = find();
  known.set(key, answer);
  return answer;
}
