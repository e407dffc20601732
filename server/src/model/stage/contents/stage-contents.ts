import { type Answer, no, type Reason, unknown, yes } from "../../known.ts";
import { baseName, directoryOf, isWithin } from "../paths.ts";
import { FileRegister } from "./file-register.ts";
import { PROGRAM_DIRECTORIES } from "./layout.ts";
import { NameRegister } from "./name-register.ts";
import type { ContentsView } from "./view.ts";

/** What a stage's instructions make of its base's contents. Changes are recorded once, views look at one moment. */
export class StageContents {
  readonly users: NameRegister;
  readonly groups: NameRegister;
  readonly tools: NameRegister;
  readonly features: NameRegister;
  readonly fileRegister: FileRegister;
  readonly base: ContentsView;

  constructor(base: ContentsView) {
    this.base = base;
    this.users = new NameRegister((name) => base.hasUser(name));
    this.groups = new NameRegister((name) => base.hasGroup(name));
    this.tools = new NameRegister((name) => base.hasTool(name));
    this.features = new NameRegister((name) =>
      name === "certificates" || name === "timeZones" ? base.hasFeature(name) : no(),
    );
    this.fileRegister = new FileRegister(base);
  }

  /** Contents as everything before `limit` left them. */
  view(limit: number): ContentsView {
    let files: ReturnType<ContentsView["files"]> | undefined;
    const hasPath = (path: string): Answer => this.fileRegister.hasPath(path, limit);
    return {
      hasUser: (name) => this.users.ask(name, limit),
      hasGroup: (name) => this.groups.ask(name, limit),
      hasTool: (name) =>
        name.startsWith("/") ? this.hasProgramAt(name, limit) : this.tools.ask(name, limit),
      hasFeature: (feature) => this.features.ask(feature, limit),
      hasPath,
      isBrought: (path) => {
        const own = this.fileRegister.isBrought(path, limit);
        return own.is === "no" ? this.base.isBrought(path) : own;
      },
      fileAt: (path) => this.fileRegister.fileAt(path, limit),
      files: () => {
        files ??= [
          ...this.base.files().filter((it) => this.fileRegister.fileAt(it.path, limit) === it),
          ...this.fileRegister.files(limit),
        ];
        return files;
      },
    };
  }

  /**
   * A program by its path. Where it is not known which directory holds it, its name still says when it is nowhere, or
   * that it was installed, which packages do to the usual directories.
   */
  private hasProgramAt(path: string, limit: number): Answer {
    const file = this.fileRegister.hasPath(path, limit);
    if (file.is === "yes" || !PROGRAM_DIRECTORIES.has(directoryOf(path))) return file;
    const tool = this.tools.ask(baseName(path), limit);
    if (this.base.hasTool(baseName(path)).is !== "yes" && tool.is !== file.is) return tool;
    return tool.is === "no" ? tool : file;
  }
}

/** Is this the whole file system, or a directory that holds one of these? */
export function covers(directory: string, paths: Iterable<string>): boolean {
  for (const path of paths) if (isWithin(path, directory)) return true;
  return false;
}

/** Which programs a directory's unknown content may bring: all, when it holds a directory of programs. */
export function mayHoldPrograms(directory: string): boolean {
  return covers(directory, PROGRAM_DIRECTORIES) || PROGRAM_DIRECTORIES.has(directory);
}

/** An answer of another image, retold for this one. */
export function retold(answer: Answer, reason: Reason): Answer {
  if (answer.is === "yes") return yes(reason, ...answer.because);
  return answer.is === "no" ? answer : unknown(reason, ...answer.because);
}
