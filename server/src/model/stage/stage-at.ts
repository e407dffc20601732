import { UNKNOWN } from "../../syntax/dockerfile/expand.ts";
import { hasOnlyApplets } from "../image/applets.ts";
import type { Library } from "../image/facts.ts";
import { type Answer, type Known, known, no, notKnown, unknown, yes } from "../known.ts";
import { factBelow, imageNameBelow, pathBelow } from "./base-image.ts";
import type { BaseConfiguration } from "./configuration/configuration.ts";
import { otherProgramDirectories, SYSTEM_PROGRAMS } from "./contents/layout.ts";
import type { ContentsView } from "./contents/view.ts";
import type { EvaluatedStage } from "./evaluated-stage.ts";
import { ownerAt } from "./file-owner.ts";
import { sizeOfContent } from "./file-size.ts";
import { joinPath } from "./paths.ts";
import type { FileOwner, KnownFile, StageState } from "./state.ts";

/** Stage state as a view: which stage, before which of its instructions. Everything is asked of what the stage keeps. */
export class StageAt implements StageState {
  private readonly stage: EvaluatedStage;
  private readonly position: number;
  /** Within a RUN: which of its commands. */
  private readonly moment: number | undefined;
  private seenConfiguration: BaseConfiguration | undefined;
  private seenContents: ContentsView | undefined;
  // Asked for by several rules at every RUN.
  private seenShell: Answer | undefined;
  private seenSystem: StageState["os"] | undefined;

  constructor(stage: EvaluatedStage, position: number, moment?: number) {
    this.stage = stage;
    this.position = position;
    this.moment = moment;
  }

  get user(): StageState["user"] {
    return this.configuration.user;
  }

  hasUser(name: string): Answer {
    if (/^\d+$/.test(name)) return yes({ message: "an id needs no entry in /etc/passwd" });
    return this.contents.hasUser(name);
  }

  hasGroup(name: string): Answer {
    if (/^\d+$/.test(name)) return yes({ message: "an id needs no entry in /etc/group" });
    return this.contents.hasGroup(name);
  }

  get workdir(): StageState["workdir"] {
    return this.configuration.workdir;
  }

  variable(name: string): Known<string> {
    const setting = this.configuration.variable(name);
    if (setting === undefined) return notKnown({ message: `${name} is not set` });
    if (setting === UNKNOWN) return notKnown({ message: `the base image may set ${name}` });
    return setting.value === undefined ? notKnown(setting.reason) : known(setting.value, setting.reason);
  }

  isSet(name: string): Answer {
    const setting = this.configuration.variable(name);
    if (setting === undefined) return no({ message: `nothing sets ${name}` });
    if (setting === UNKNOWN) return unknown({ message: `the base image may set ${name}` });
    return yes(setting.reason);
  }

  get shellCommand(): StageState["shellCommand"] {
    return this.configuration.shell;
  }

  get hasShell(): Answer {
    this.seenShell ??= this.lookForShell();
    return this.seenShell;
  }

  private lookForShell(): Answer {
    const { shell } = this.configuration;
    if (!shell.known) return unknown(...shell.because);
    const [program] = shell.value;
    return program === undefined ? unknown(...shell.because) : this.hasTool(program);
  }

  get os(): StageState["os"] {
    this.seenSystem ??= this.unlessBrought(factBelow(this.stage, "os"), (it) => it.family === "none", [
      "/etc/os-release",
    ]);
    return this.seenSystem;
  }

  get libc(): StageState["libc"] {
    return this.unlessBrought(factBelow(this.stage, "libc"), (it) => it === "none", LOADERS);
  }

  get packageManager(): StageState["packageManager"] {
    const fact = factBelow(this.stage, "packageManager");
    return this.unlessBrought(fact, (it) => it === "none", ["/sbin/apk", "/usr/bin/apt-get"]);
  }

  hasTool(name: string): Answer {
    if (name.includes("/") && !name.startsWith("/"))
      return unknown({ message: `${name} counts from the working directory` });
    const answer = this.contents.hasTool(name);
    if (answer.is === "yes" || name.startsWith("/")) return answer;
    // What PATH names beyond the usual directories is asked for by path.
    const path = this.variable("PATH");
    if (!path.known) return answer;
    const ofImage = pathBelow(this.stage);
    for (const directory of otherProgramDirectories(path.value)) {
      const place = joinPath(directory, name);
      const file = this.contents.hasPath(place);
      if (file.is === "yes") return file;
      if (file.is !== "unknown" || answer.is !== "no") continue;
      // What is said of an image's programs is said of its own PATH too.
      if (ofImage.has(directory) && this.contents.isBrought(place).is === "no") continue;
      const own = this.contents.hasPath(directory);
      // The author put it on PATH, so there are programs in what was copied or installed there.
      const mayHoldIt = !OF_LANGUAGE.test(directory) || !SYSTEM_PROGRAMS.has(name);
      if (own.is === "yes" || (own.is === "unknown" && mayHoldIt)) return file;
    }
    return answer;
  }

  lacksTool(name: string): boolean {
    // What may be there cannot turn out to be missing on PATH.
    if (!name.includes("/") && this.contents.hasTool(name).is !== "no") return false;
    return this.hasTool(name).is === "no";
  }

  isToolBrought(name: string): Answer {
    return this.contents.isToolBrought(name);
  }

  isBusyBox(name: string): Answer {
    const { os } = this;
    const image = imageNameBelow(this.stage);
    if (!os.known) return unknown(...os.because);
    if (!["alpine", "busybox"].includes(os.value.family)) return no(...os.because);
    const brought = this.isToolBrought(name);
    if (brought.is !== "no") return { is: brought.is === "yes" ? "no" : "unknown", because: brought.because };
    if (!image || !hasOnlyApplets(image, name)) return unknown(...os.because);
    return this.mayComeFirst(name) ?? this.hasTool(name);
  }

  /** Another program of this name in a directory that the file has put on PATH; undefined when there is none. */
  private mayComeFirst(name: string): Answer | undefined {
    const path = this.configuration.variable("PATH");
    if (path === undefined || path === UNKNOWN) return undefined;
    if (path.value === undefined) return unknown(path.reason);
    for (const directory of otherProgramDirectories(path.value)) {
      const brought = this.contents.isBrought(joinPath(directory, name));
      if (brought.is !== "no") return unknown(...brought.because);
    }
    return undefined;
  }

  get certificates(): Answer {
    return this.contents.hasFeature("certificates");
  }

  get timeZones(): Answer {
    return this.contents.hasFeature("timeZones");
  }

  hasLibrary(library: Library): Answer {
    return this.contents.hasFeature(library);
  }

  hasPath(path: string): Answer {
    return this.contents.hasPath(path);
  }

  fileAt(path: string): KnownFile | undefined {
    return this.contents.fileAt(path);
  }

  get builds(): StageState["builds"] {
    return this.contents.builds();
  }

  ownerOf(path: string): Known<FileOwner> {
    const { register, limit } = this.stage.filesAt(this.position);
    return ownerAt(path, { stage: this.stage, register, limit: this.moment ?? limit });
  }

  sizeOf(path: string): number | undefined {
    const content = this.fileAt(path)?.content;
    return content && sizeOfContent(content, this.stage.model.inputs.context);
  }

  get files(): readonly KnownFile[] {
    return this.contents.files();
  }

  get ports(): StageState["ports"] {
    return this.configuration.ports;
  }

  get volumes(): StageState["volumes"] {
    return this.configuration.volumes;
  }

  get healthcheck(): StageState["healthcheck"] {
    return this.configuration.healthcheck;
  }

  get entrypoint(): StageState["entrypoint"] {
    return this.configuration.entrypoint;
  }

  get command(): StageState["command"] {
    return this.configuration.command;
  }

  get stopSignal(): StageState["stopSignal"] {
    return this.configuration.stopSignal;
  }

  /** An image that has none may have got one, e.g. with a whole file system that was copied into it. */
  private unlessBrought<T>(
    fact: Known<T>,
    isNone: (value: T) => boolean,
    signs: readonly string[],
  ): Known<T> {
    if (!fact.known || !isNone(fact.value)) return fact;
    const brought = signs.map((it) => this.contents.isBrought(it)).find((it) => it.is !== "no");
    return brought ? notKnown(...brought.because) : fact;
  }

  private get configuration(): BaseConfiguration {
    this.seenConfiguration ??= this.stage.configuration.at(this.position);
    return this.seenConfiguration;
  }

  private get contents(): ContentsView {
    this.seenContents ??=
      this.moment === undefined
        ? this.stage.contentsAt(this.position)
        : this.stage.contentsBefore(this.moment);
    return this.seenContents;
  }
}

/** Where managers of a language put programs, never those of the system. */
const OF_LANGUAGE =
  /(^|\/)(node_modules\/\.bin|\.?v?env\/bin|\.(local|yarn|bun|composer|gem|cargo|dotnet|npm-global)(\/|$)|go\/bin|cargo\/bin|pnpm|vendor\/bin|bundle\/bin|composer)/;

/** What loads programs that are linked against glibc and musl (amd64). */
const LOADERS = ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-x86-64.so.2", "/lib/ld-musl-x86_64.so.1"];
