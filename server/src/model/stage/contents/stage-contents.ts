import { type Answer, no } from "../../known.ts";
import { baseName, directoryOf, isWithin } from "../paths.ts";
import type { FileContent, KnownFile, ProjectBuild } from "../state.ts";
import { FileRegister } from "./file-register.ts";
import { PROGRAM_DIRECTORIES } from "./layout.ts";
import type { Links } from "./links.ts";
import { NameRegister } from "./name-register.ts";
import { Remembered } from "./remembered.ts";
import { type ContentsView, type Feature, isFeature } from "./view.ts";

/** What a stage's instructions make of its base's contents. Changes are recorded once, views look at one moment. */
export class StageContents {
  readonly users: NameRegister;
  readonly groups: NameRegister;
  readonly tools: NameRegister;
  readonly features: NameRegister;
  readonly fileRegister: FileRegister;
  readonly builds: { readonly moment: number; readonly build: ProjectBuild }[] = [];
  readonly base: ContentsView;
  /** As everything so far left them. */
  readonly now: ContentsView = new ContentsAt(this, Number.POSITIVE_INFINITY);

  constructor(below: ContentsView) {
    const base = new Remembered(below);
    this.base = base;
    this.users = new NameRegister((name) => base.hasUser(name));
    this.groups = new NameRegister((name) => base.hasGroup(name));
    this.tools = new NameRegister((name) => base.hasTool(name));
    this.features = new NameRegister((name) => (isFeature(name) ? base.hasFeature(name) : no()));
    this.fileRegister = new FileRegister(base, base.links());
  }

  /** Contents as everything before `limit` left them. */
  view(limit: number): ContentsView {
    return new ContentsAt(this, limit);
  }

  /**
   * A program by its path. Where it is not known which directory holds it, its name still says when it is nowhere, or
   * that it was installed, which packages do to the usual directories.
   */
  hasProgramAt(path: string, limit: number): Answer {
    const file = this.fileRegister.hasPath(path, limit);
    if (file.is === "yes" || !PROGRAM_DIRECTORIES.has(directoryOf(path))) return file;
    const tool = this.tools.ask(baseName(path), limit);
    if (this.base.hasTool(baseName(path)).is !== "yes" && tool.is !== file.is) return tool;
    return tool.is === "no" ? tool : file;
  }
}

class ContentsAt implements ContentsView {
  private readonly contents: StageContents;
  private readonly limit: number;
  private known: readonly KnownFile[] | undefined;

  constructor(contents: StageContents, limit: number) {
    this.contents = contents;
    this.limit = limit;
  }

  hasUser(name: string): Answer {
    return this.contents.users.ask(name, this.limit);
  }

  hasGroup(name: string): Answer {
    return this.contents.groups.ask(name, this.limit);
  }

  hasTool(name: string): Answer {
    if (name.startsWith("/")) return this.contents.hasProgramAt(name, this.limit);
    return this.contents.tools.ask(name, this.limit);
  }

  hasFeature(feature: Feature): Answer {
    return this.contents.features.ask(feature, this.limit);
  }

  hasPath(path: string): Answer {
    return this.contents.fileRegister.hasPath(path, this.limit);
  }

  isBrought(path: string): Answer {
    const own = this.contents.fileRegister.isBrought(path, this.limit);
    return own.is === "no" ? this.contents.base.isBrought(path) : own;
  }

  isToolBrought(name: string): Answer {
    const own = this.contents.tools.isBrought(name, this.limit);
    return own.is === "no" ? this.contents.base.isToolBrought(name) : own;
  }

  fileAt(path: string): KnownFile | undefined {
    return this.contents.fileRegister.fileAt(path, this.limit);
  }

  contentAt(path: string): FileContent | undefined {
    return this.contents.fileRegister.contentAt(path, this.limit);
  }

  links(): Links {
    return this.contents.fileRegister.links.before(this.limit);
  }

  builds(): readonly ProjectBuild[] {
    const { base, builds } = this.contents;
    return [...base.builds(), ...builds.filter((it) => it.moment < this.limit).map((it) => it.build)];
  }

  files(): readonly KnownFile[] {
    const { base, fileRegister } = this.contents;
    if (this.known) return this.known;
    const files = [
      ...base.files().filter((it) => fileRegister.fileAt(it.path, this.limit) === it),
      ...fileRegister.files(this.limit),
    ];
    // While the stage is still walked, more is coming.
    if (this.limit < Number.POSITIVE_INFINITY) this.known = files;
    return files;
  }
}

/** Is this the whole file system, or a directory that holds one of these? */
export function covers(directory: string, paths: Iterable<string>): boolean {
  for (const path of paths) if (isWithin(path, directory)) return true;
  return false;
}
