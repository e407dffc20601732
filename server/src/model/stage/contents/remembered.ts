import type { Answer } from "../../known.ts";
import type { FileContent, KnownFile, ProjectBuild } from "../state.ts";
import type { Links } from "./links.ts";
import type { ContentsView, Feature } from "./view.ts";

/**
 * A finished image's contents that keep their answers: in a chain of stages each one asks the one below, and without
 * memory a question would walk down to the first again and again.
 */
export class Remembered implements ContentsView {
  private readonly view: ContentsView;
  // Each stage has one of these, and is asked few kinds of questions.
  private users: Map<string, Answer> | undefined;
  private groups: Map<string, Answer> | undefined;
  private tools: Map<string, Answer> | undefined;
  private paths: Map<string, Answer> | undefined;
  private brought: Map<string, Answer> | undefined;
  private broughtTools: Map<string, Answer> | undefined;
  private found: Map<string, KnownFile | null> | undefined;
  private knownLinks: Links | undefined;
  private known: readonly KnownFile[] | undefined;

  constructor(view: ContentsView) {
    this.view = view;
  }

  hasUser(name: string): Answer {
    this.users ??= new Map();
    return this.users.get(name) ?? kept(this.users, name, this.view.hasUser(name));
  }

  hasGroup(name: string): Answer {
    this.groups ??= new Map();
    return this.groups.get(name) ?? kept(this.groups, name, this.view.hasGroup(name));
  }

  hasFeature(feature: Feature): Answer {
    return this.view.hasFeature(feature);
  }

  hasTool(name: string): Answer {
    this.tools ??= new Map();
    return this.tools.get(name) ?? kept(this.tools, name, this.view.hasTool(name));
  }

  hasPath(path: string): Answer {
    this.paths ??= new Map();
    return this.paths.get(path) ?? kept(this.paths, path, this.view.hasPath(path));
  }

  isBrought(path: string): Answer {
    this.brought ??= new Map();
    return this.brought.get(path) ?? kept(this.brought, path, this.view.isBrought(path));
  }

  isToolBrought(name: string): Answer {
    this.broughtTools ??= new Map();
    return this.broughtTools.get(name) ?? kept(this.broughtTools, name, this.view.isToolBrought(name));
  }

  fileAt(path: string): KnownFile | undefined {
    this.found ??= new Map();
    const known = this.found.get(path);
    const file = known === undefined ? kept(this.found, path, this.view.fileAt(path) ?? null) : known;
    return file ?? undefined;
  }

  contentAt(path: string): FileContent | undefined {
    return this.view.contentAt(path);
  }

  links(): Links {
    this.knownLinks ??= this.view.links();
    return this.knownLinks;
  }

  builds(): readonly ProjectBuild[] {
    return this.view.builds();
  }

  files(): readonly KnownFile[] {
    this.known ??= this.view.files();
    return this.known;
  }
}

function kept<T>(known: Map<string, T>, key: string, answer: T): T {
  known.set(key, answer);
  return answer;
}
