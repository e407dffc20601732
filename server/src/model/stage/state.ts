import type { HereDocument, Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import type { Library, OperatingSystem, PackageManager } from "../image/facts.ts";
import type { Answer, Known } from "../known.ts";

/**
 * What a stage is at one point: an abstract evaluation, never a run. Immutable; the walk makes a new one per
 * instruction and shares what did not change. Every answer carries its reasons.
 */
export interface StageState {
  /** As USER says it, variables expanded. */
  readonly user: Known<UserSetting>;
  /** `no` only when the image's user database is known to the last entry. Numeric ids are always `yes`. */
  hasUser(name: string): Answer;
  hasGroup(name: string): Answer;
  readonly workdir: Known<string>;
  /** Not known also when it is certainly not set: see `isSet`. */
  variable(name: string): Known<string>;
  /** Does ENV, ARG or the base set it, even if the value is not known? */
  isSet(name: string): Answer;
  /** Words of the SHELL in force, `/bin/sh -c` by default. */
  readonly shellCommand: Known<readonly string[]>;
  /** Can shell form run here? */
  readonly hasShell: Answer;
  readonly os: Known<OperatingSystem>;
  readonly libc: Known<"glibc" | "musl" | "none">;
  readonly packageManager: Known<PackageManager | "none">;
  /** Is a program with this name on the PATH (or this absolute path a program)? */
  hasTool(name: string): Answer;
  /** Is `hasTool` certainly `no`? Answered sooner, as most programs are there or may be. */
  lacksTool(name: string): boolean;
  /**
   * Has something in this file brought a program of this name, other than the base image, up to here? Also where it is
   * gone again, so that `no` holds for every moment before.
   */
  isToolBrought(name: string): Answer;
  /** Is the program of this name an applet of BusyBox? */
  isBusyBox(name: string): Answer;
  readonly certificates: Answer;
  readonly timeZones: Answer;
  hasLibrary(library: Library): Answer;
  /** Is there something at this absolute path? What was there stays `yes` behind commands that are not understood. */
  hasPath(path: string): Answer;
  /** The file or directory known to be at this path, with what wrote it. */
  fileAt(path: string): KnownFile | undefined;
  /** Whose the file or directory at this path is. Worked out when it is asked for, and not kept. */
  ownerOf(path: string): Known<FileOwner>;
  /** Builds of projects of which it is known where they write to, in order. */
  readonly builds: readonly ProjectBuild[];
  /** Bytes of the file at this path, as it was written: what a program makes of it since is not followed. Undefined where not known. */
  sizeOf(path: string): number | undefined;
  /** Paths that instructions are known to have written here, in order; directories only where something made them by name. */
  readonly files: readonly KnownFile[];
  /** `8080/tcp`, EXPOSE of the base included. */
  readonly ports: Known<readonly string[]>;
  readonly volumes: Known<readonly string[]>;
  readonly healthcheck: Known<HealthcheckSetting | undefined>;
  readonly entrypoint: Known<CommandSetting | undefined>;
  readonly command: Known<CommandSetting | undefined>;
  /** As STOPSIGNAL says it; undefined where nothing sets one, which is SIGTERM. */
  readonly stopSignal: Known<string | undefined>;
}

export interface UserSetting {
  /** `root`, `1000`, `app`: the part before `:`. */
  readonly name: string;
  readonly group: string | undefined;
  readonly isRoot: boolean;
  /** The USER that set it; undefined when the base did. */
  readonly instruction: Instruction | undefined;
}

export interface KnownFile {
  readonly path: string;
  readonly kind: "file" | "directory" | "unknown";
  /** The instruction of this stage, or of one that it is built on, that put it there: for a copied file the COPY. */
  readonly writtenBy: Instruction;
  /** What a compiler made, e.g. `go build`; kept when the file is moved or copied to another stage. */
  readonly binary: Binary | undefined;
  /** Where its bytes are from, where that is known. */
  readonly content: FileContent | undefined;
}

/** A file of the build context, the here-document that was written, or nothing at all: a directory has no bytes of its own. */
export type FileContent = { readonly contextPath: string } | HereDocument | "empty";

/** What a tool of a language makes of a project in the image. */
export interface ProjectBuild {
  /** As messages call it: `vite build`, `mvn`. */
  readonly program: string;
  /** The project's directory. */
  readonly directory: string;
  /** The directories, or files, that hold what it makes; there is nothing else below `directory` that it makes and an image needs. */
  readonly outputs: readonly string[];
  /** What runs what it makes, where the project says so. */
  readonly target?: TargetRuntime | undefined;
  /** Files that it certainly makes, where they are known; worked out when they are asked for. */
  readonly files?: readonly string[] | undefined;
  readonly builtBy: Instruction;
}

/** Java at least, for classes; .NET of that very major version, for a program. */
export interface TargetRuntime {
  readonly runtime: "Java" | ".NET";
  readonly version: string;
  /** As the project's file has it. */
  readonly written: string;
  /** Of .NET: it needs ASP.NET Core beside the runtime. */
  readonly isWeb?: boolean;
}

export interface FileOwner {
  /** Name or id, as USER, `--chown` or `chown` say it. */
  readonly user: string;
  /** Undefined where only the user is known. */
  readonly group: string | undefined;
  readonly isRoot: boolean;
  /** The instruction that made it so. */
  readonly givenBy: Instruction;
}

export interface Binary {
  readonly language: "go" | "rust" | "c";
  /** `dynamic` needs the libc named; `static` needs none. */
  readonly linkage: Known<"static" | { readonly libc: "glibc" | "musl" }>;
  /** The command that built it. */
  readonly builtBy: Instruction;
  /**
   * The program's own sources in the build context, those of its dependencies left out; undefined where they cannot be
   * told or read. Today of Go programs only.
   */
  readonly sources?: readonly SourceFile[] | undefined;
  /** May the command have made more programs beside this one, whose names are not known? */
  readonly mayHaveOthers?: boolean;
}

/** A file of the build context. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export interface HealthcheckSetting {
  /** Undefined for HEALTHCHECK NONE. */
  readonly command: CommandSetting | undefined;
}

export interface CommandSetting {
  readonly form: "exec" | "shell";
  readonly words: readonly Word[];
  /** The instruction that set it; undefined when the base did. */
  readonly instruction: Instruction | undefined;
}
