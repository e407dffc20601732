import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import { LIBRARIES } from "../../image/facts.ts";
import { no, type Reason, unknown, yes } from "../../known.ts";
import { baseName, directoryOf, isWithin, joinPath } from "../paths.ts";
import type { Binary, FileContent, KnownFile, ProjectBuild } from "../state.ts";
import type { FileSource, NewOwner, OwnersConcerned } from "./file-register.ts";
import { LIBRARY_DIRECTORIES, PACKAGE_DIRECTORIES, PROGRAM_DIRECTORIES, SYSTEM_PROGRAMS } from "./layout.ts";
import { covers, type StageContents } from "./stage-contents.ts";
import { type ContentsView, type Feature, isLibrary } from "./view.ts";

/** What made a change, and whether it certainly happened. */
export interface Cause {
  readonly instruction: Instruction;
  readonly reason: Reason;
  readonly certain: boolean;
  /** Is it a script of the project's own? That makes no users, and gives nothing away. */
  readonly inProject?: boolean;
}

const CERTIFICATES = ["/etc/ssl/certs", "/etc/ssl/cert.pem", "/etc/pki/tls/certs", "/etc/pki/ca-trust"];
const ZONES = "/usr/share/zoneinfo";

/**
 * Writes into a stage's contents what one instruction or one command changes. A change that may not have happened
 * makes an answer unknown, never certain.
 */
export class Changes {
  private readonly contents: StageContents;
  private moment: number;
  private cause: Cause;
  /** Directories whose content is not the image's: what is written to a mount is gone after the RUN. */
  private readonly mounts: readonly string[];
  /** Files that this RUN has written to its mounts. */
  private readonly mounted = new Map<string, KnownFile>();
  private readonly programDirectories: ReadonlySet<string>;

  constructor(
    contents: StageContents,
    moment: number,
    cause: Cause,
    mounts: readonly string[],
    programDirectories: ReadonlySet<string>,
  ) {
    this.contents = contents;
    this.moment = moment;
    this.cause = cause;
    this.mounts = mounts;
    this.programDirectories = programDirectories;
  }

  /** What the image holds so far. */
  get now(): ContentsView {
    return this.contents.now;
  }

  /** What it held before this command, whatever is done later: for what is worked out when it is asked for. */
  get before(): ContentsView {
    return this.contents.view(this.moment);
  }

  get instruction(): Instruction {
    return this.cause.instruction;
  }

  get reason(): Reason {
    return this.cause.reason;
  }

  get certain(): boolean {
    return this.cause.certain;
  }

  /** Changes from here on are this command's; gives the moment of the next one. */
  by(cause: Cause): this {
    this.cause = cause;
    this.moment++;
    return this;
  }

  /** The moment of what is written now: everything in front of it is earlier. */
  get start(): number {
    return this.moment;
  }

  /** The moment behind everything written so far. */
  get end(): number {
    return this.moment + 1;
  }

  addUser(name: string): void {
    this.name("users", name, "the user");
  }

  addGroup(name: string): void {
    this.name("groups", name, "the group");
  }

  removeUser(name: string): void {
    this.removeName("users", name, this.cause.certain, "the user");
  }

  removeGroup(name: string): void {
    this.removeName("groups", name, this.cause.certain, "the group");
  }

  /** A group may go with the last of its users. */
  mayRemoveGroup(name: string): void {
    this.removeName("groups", name, false, "the group");
  }

  private removeName(register: "users" | "groups", name: string, isGone: boolean, what: string): void {
    const names = this.contents[register];
    if (isGone) names.set(this.moment, name, no(this.tell(`removes ${what} ${name}`)));
    else if (names.ask(name, Number.POSITIVE_INFINITY).is === "yes")
      names.set(this.moment, name, unknown(this.tell(`may remove ${what} ${name}`)));
  }

  addTool(name: string): void {
    this.name("tools", name, "");
  }

  /** A program that may come with something, e.g. a package of its name. */
  mayAddTool(name: string): void {
    const { tools } = this.contents;
    const reason = this.tell(`may bring ${name}`);
    if (tools.ask(name, Number.POSITIVE_INFINITY).is !== "yes") tools.set(this.moment, name, unknown(reason));
    else tools.disturb(this.moment, reason, (it) => it === name);
  }

  /** A program is taken away; where something else may have brought it too, it is not known to be gone. */
  removeTool(name: string): void {
    const { tools } = this.contents;
    const gone = this.cause.certain && !tools.isDisturbed(name);
    const reason = this.tell(`removes ${name}`);
    tools.set(this.moment, name, gone ? no(reason) : unknown(reason));
  }

  /** What stood in front of a program of the base goes, and leaves that one. */
  uncoverTool(name: string): void {
    const { tools, base } = this.contents;
    if (this.cause.certain) tools.set(this.moment, name, base.hasTool(name));
    else this.mayAddTool(name);
  }

  addFeature(feature: Feature): void {
    this.name("features", feature, "");
  }

  /** A file or directory is there now. `origin` tells what an /etc/passwd or /etc/group holds, where that is known. */
  write(
    path: string,
    kind: KnownFile["kind"],
    more: {
      binary?: Binary | undefined;
      content?: FileContent | undefined;
      origin?: ContentsView | undefined;
    } = {},
  ): void {
    const file: KnownFile = {
      path,
      kind,
      writtenBy: this.cause.instruction,
      binary: more.binary,
      content: more.content,
    };
    if (this.isMounted(path)) {
      if (this.cause.certain) this.mounted.set(path, file);
      return;
    }
    if (this.cause.certain || this.now.hasPath(path).is !== "yes") {
      const answer = this.cause.certain
        ? yes(this.tell(`writes ${path}`))
        : unknown(this.tell(`may write ${path}`));
      this.contents.fileRegister.write(this.moment, file, answer);
    }
    if (kind === "directory") return;
    if (this.programDirectories.has(directoryOf(path))) this.addTool(baseName(path));
    this.accounts(path, more.origin);
    if (CERTIFICATES.some((it) => isWithin(path, it))) this.addFeature("certificates");
    if (isWithin(path, ZONES)) this.addFeature("timeZones");
    if (path.includes(".so"))
      for (const it of LIBRARIES) if (baseName(path).startsWith(it)) this.addFeature(it);
  }

  /** Of the path alone; undefined for an owner that is not known. */
  changeOwner(path: string, owner: NewOwner | undefined): void {
    this.giveAway(path, owner, false);
  }

  /** Of a directory and all that it holds; `of`: only of what these own. */
  changeOwnerBelow(path: string, owner: NewOwner | undefined, of?: OwnersConcerned): void {
    this.giveAway(path, owner, true, of);
  }

  /** Anything at the path and below it may belong to somebody else now. */
  mayChangeOwners(path: string): void {
    this.giveAway(path, undefined, true);
  }

  private giveAway(path: string, owner: NewOwner | undefined, below: boolean, of?: OwnersConcerned): void {
    if (this.isMounted(path)) return;
    const known = this.cause.certain ? owner : undefined;
    const { instruction: by, reason } = this.cause;
    const moment = this.moment;
    this.contents.fileRegister.changeOwner(path, { moment, owner: known, below, of, by, reason });
  }

  /** What is written to the path is a symbolic link to `target`, an absolute path. */
  link(path: string, target: string): void {
    this.write(path, "unknown");
    if (this.cause.certain && !this.isMounted(path))
      this.contents.fileRegister.links.add(this.moment, path, target);
    else this.mayWriteBelow(path);
  }

  remove(path: string): void {
    if (this.isMounted(path)) return;
    const { certain } = this.cause;
    const reason = this.tell(certain ? `removes ${path}` : `may remove ${path}`);
    const programs = this.programsWithin(path);
    this.contents.fileRegister.remove(this.moment, path, { reason, certain });
    if (this.programDirectories.has(directoryOf(path))) this.removeTool(baseName(path));
    this.mayLoseTools(programs, reason, () => true);
  }

  /** Of what is in a directory that is taken away for which `takes` says so; `isSure` where nothing of it is left. */
  removeBelow(directory: string, takes: (path: string) => boolean, isSure: boolean): void {
    if (this.isMounted(directory)) return;
    const certain = isSure && this.cause.certain;
    const reason = this.tell(`${certain ? "removes" : "may remove"} files in ${directory}`);
    const programs = this.programsWithin(directory);
    this.contents.fileRegister.remove(this.moment, directory, { reason, certain, takes });
    this.mayLoseTools(programs, reason, takes);
  }

  /** Programs that were brought here may be taken away: these, or any. */
  mayRemoveBroughtTools(only?: ReadonlySet<string>): void {
    const { tools } = this.contents;
    const { moment } = this;
    tools.lose(moment, this.tell("may remove it"), (name) =>
      only ? only.has(name) : tools.isBrought(name, moment).is !== "no",
    );
  }

  /** Directories of programs that are this one, or in it. */
  private programsWithin(directory: string): readonly string[] {
    return [...this.programDirectories].filter((it) => isWithin(it, directory));
  }

  /** Programs that are known to be in one of these directories. */
  private mayLoseTools(
    directories: readonly string[],
    reason: Reason,
    takes: (path: string) => boolean,
  ): void {
    if (directories.length === 0) return;
    const before = this.contents.view(this.moment);
    this.contents.tools.lose(this.moment, reason, (name) =>
      directories.some((it) => takes(joinPath(it, name)) && before.hasPath(joinPath(it, name)).is === "yes"),
    );
  }

  /**
   * Anything may be below this directory from now on. `mayBring` narrows which programs, users, groups and features
   * that can be, `mayBe` which paths.
   */
  mayWriteBelow(directory: string, mayBring: MayBring = {}, mayBe?: (path: string) => boolean): void {
    if (this.isMounted(directory)) return;
    const reason = this.tell(`may write to ${directory}`);
    this.contents.fileRegister.disturb(this.moment, directory, reason, this.outsideMounts(directory, mayBe));
    // What makes a directory makes those above it too.
    for (let at = directoryOf(directory); at !== "/"; at = directoryOf(at)) {
      const above = at;
      const there = this.now.hasPath(above);
      if (there.is !== "no" && !there.asContextIs) break;
      this.contents.fileRegister.disturb(this.moment, above, reason, (path) => path === above);
    }
    this.mayBringNames(directory, reason, mayBring);
  }

  /** What `source` has below `from` is below `directory` too. */
  overlay(directory: string, source: FileSource, from: string, mayBring: MayBring = {}): void {
    if (this.isMounted(directory)) return;
    this.contents.fileRegister.overlay(this.moment, directory, source, from);
    this.mayBringNames(directory, this.tell(`copies to ${directory}`), mayBring);
  }

  /** It is gone with the package that has brought it. */
  removeFeature(feature: Feature): void {
    const reason = this.tell(`removes ${feature}`);
    this.contents.features.set(this.moment, feature, this.cause.certain ? no(reason) : unknown(reason));
  }

  mayAddFeature(feature: Feature): void {
    const { features } = this.contents;
    if (features.ask(feature, Number.POSITIVE_INFINITY).is !== "yes")
      features.set(this.moment, feature, unknown(this.tell("may bring it")));
  }

  /**
   * A package that is not known to us may bring programs, users and files, but none of the author's directories. `without`: programs, and
   * features such as `@certificates`, that it is known not to bring.
   */
  mayInstallPackages(without: ReadonlySet<string> = NOTHING): void {
    const reason = this.tell("installs packages that may bring it");
    this.contents.tools.disturb(this.moment, reason, (name) => !without.has(name));
    this.contents.users.disturb(this.moment, reason);
    this.contents.groups.disturb(this.moment, reason);
    this.contents.features.disturb(this.moment, reason, (name) => !without.has(`@${name}`));
    for (const directory of PACKAGE_DIRECTORIES)
      this.contents.fileRegister.disturb(this.moment, directory, reason);
  }

  /**
   * Packages of a system whose programs are known bring libraries, settings and data too, at paths that are not; where programs
   * stand, nothing but their own. `others`: programs that they may bring too, also under a name with a version or a target
   * (`gcc-14`, `x86_64-linux-gnu-gcc`).
   */
  mayWritePackages(programs: ReadonlySet<string>, others: ReadonlySet<string>): void {
    const reason = this.tell("installs packages that may bring it");
    const isOther = (name: string) => others.has(name) || VARIANT.test(name);
    if (others.size > 0) this.contents.tools.disturb(this.moment, reason, isOther);
    const mayBe = (path: string) =>
      !PROGRAM_DIRECTORIES.has(directoryOf(path)) || programs.has(baseName(path)) || isOther(baseName(path));
    for (const directory of PACKAGE_DIRECTORIES)
      this.contents.fileRegister.disturb(this.moment, directory, reason, mayBe);
  }

  /** Packages of a language bring programs of their own, never those of the system, nor the `others`. */
  mayInstallPrograms(others?: ReadonlySet<string>): void {
    const reason = this.tell("installs packages that may bring it");
    this.contents.tools.disturb(
      this.moment,
      reason,
      (name) => !SYSTEM_PROGRAMS.has(name) && !others?.has(name),
    );
  }

  /** As `mayWriteBelow`, by something that brings nothing of a system, nor the programs `others`. */
  mayBuildBelow(directory: string, mayBe?: (path: string) => boolean, others?: ReadonlySet<string>): void {
    const tool = (name: string) => !SYSTEM_PROGRAMS.has(name) && !others?.has(name);
    this.mayWriteBelow(directory, others ? { ...OWN_FILES, tool } : OWN_FILES, mayBe);
  }

  /** Another file may stand at this path now, e.g. since `sed -i` wrote it. */
  mayRewrite(path: string): void {
    if (!this.isMounted(path))
      this.contents.fileRegister.disturb(this.moment, path, this.tell(`may write ${path}`));
  }

  /** A project was built, and it is known where its tool writes to. */
  addBuild(build: Omit<ProjectBuild, "builtBy">): void {
    if (build.outputs.some((it) => this.isMounted(it))) return;
    const { program, directory, outputs, target } = build;
    const builtBy = this.cause.instruction;
    this.contents.builds.push({
      moment: this.moment,
      build: {
        program,
        directory,
        outputs,
        target,
        builtBy,
        get files() {
          return build.files;
        },
      },
    });
  }

  /** A build of the author's own: writes files anywhere, but neither users nor programs of the system. */
  mayWriteAnywhere(): void {
    const reason = this.tell("may write it");
    this.contents.fileRegister.disturb(this.moment, "/", reason, this.outsideMounts("/"));
    this.contents.tools.disturb(this.moment, reason, (name) => !SYSTEM_PROGRAMS.has(name));
  }

  /** Nothing is known of what this does. */
  mayDoAnything(): void {
    if (this.cause.inProject) {
      this.mayWriteAnywhere();
      return;
    }
    const reason = this.tell("may bring it");
    this.contents.fileRegister.disturb(this.moment, "/", reason, this.outsideMounts("/"));
    this.mayChangeOwners("/");
    for (const names of [
      this.contents.tools,
      this.contents.users,
      this.contents.groups,
      this.contents.features,
    ])
      names.disturb(this.moment, reason);
  }

  /** From now on /etc/passwd or /etc/group are those of another image. */
  replaceUsers(origin: ContentsView): void {
    if (this.cause.certain) this.contents.users.replace(this.moment, (name) => origin.hasUser(name));
    else this.contents.users.disturb(this.moment, this.tell("may replace the users"));
  }

  replaceGroups(origin: ContentsView): void {
    if (this.cause.certain) this.contents.groups.replace(this.moment, (name) => origin.hasGroup(name));
    else this.contents.groups.disturb(this.moment, this.tell("may replace the groups"));
  }

  /** /etc/passwd or /etc/group is written to, with entries that are not known. */
  mayAddUsers(): void {
    this.contents.users.disturb(this.moment, this.tell("may add it"));
    this.contents.groups.disturb(this.moment, this.tell("may add it"));
  }

  /** The same, by a program whose words are `text`; the users and groups that they name may be gone. */
  mayRewriteAccounts(text: string): void {
    this.mayAddUsers();
    for (const name of new Set(text.match(/[a-z_][\w-]*/gi))) {
      this.removeName("users", name, false, "the user");
      this.removeName("groups", name, false, "the group");
    }
  }

  private accounts(path: string, origin: ContentsView | undefined): void {
    if (path === "/etc/passwd") origin ? this.replaceUsers(origin) : this.mayAddUsers();
    if (path === "/etc/group") origin ? this.replaceGroups(origin) : this.mayAddUsers();
  }

  private mayBringNames(directory: string, reason: Reason, mayBring: MayBring): void {
    const { tools, users, groups, features } = this.contents;
    if (covers(directory, this.programDirectories)) tools.disturb(this.moment, reason, mayBring.tool);
    if (isWithin("/etc/passwd", directory)) users.disturb(this.moment, reason, mayBring.user);
    if (isWithin("/etc/group", directory)) groups.disturb(this.moment, reason, mayBring.group);
    if (covers(directory, CERTIFICATES) || isWithin(directory, "/etc/ssl/certs"))
      features.disturb(
        this.moment,
        reason,
        (name) => name === "certificates" && (mayBring.feature?.(name) ?? true),
      );
    if (isWithin(ZONES, directory) || isWithin(directory, ZONES))
      features.disturb(
        this.moment,
        reason,
        (name) => name === "timeZones" && (mayBring.feature?.(name) ?? true),
      );
    if (covers(directory, LIBRARY_DIRECTORIES))
      features.disturb(this.moment, reason, (name) => isLibrary(name) && (mayBring.feature?.(name) ?? true));
  }

  private name(register: "users" | "groups" | "tools" | "features", name: string, what: string): void {
    const names = this.contents[register];
    if (this.cause.certain)
      names.set(this.moment, name, yes(this.tell(`brings ${what ? `${what} ` : ""}${name}`)));
    else if (names.ask(name, Number.POSITIVE_INFINITY).is !== "yes")
      names.set(this.moment, name, unknown(this.tell(`may bring ${what ? `${what} ` : ""}${name}`)));
    // It is there in any case, but it may be another one.
    else if (register === "tools") this.mayAddTool(name);
  }

  /** Is something else mounted there while this runs? What is written there is gone afterwards. */
  isMounted(path: string): boolean {
    return this.mounts.some((it) => isWithin(path, it));
  }

  /** What is at a path while this runs, on a mount too. */
  fileAt(path: string): KnownFile | undefined {
    return this.isMounted(path) ? this.mounted.get(path) : this.now.fileAt(path);
  }

  /** Paths that stay when the mounts are gone: of these the empty directories alone. */
  private outsideMounts(
    directory: string,
    mayBe?: (path: string) => boolean,
  ): ((path: string) => boolean) | undefined {
    const inside = this.mounts.filter((it) => isWithin(it, directory));
    if (inside.length === 0) return mayBe;
    return (path) => !inside.some((it) => path !== it && isWithin(path, it)) && (mayBe?.(path) ?? true);
  }

  private tell(what: string): Reason {
    const { message, span } = this.cause.reason;
    const told = `${message} ${what}`;
    return span ? { message: told, span } : { message: told };
  }
}

const NOTHING: ReadonlySet<string> = new Set();
const VARIANT = /linux-(?:gnu|musl)|^(?:cpan|cpp|g\+\+|gcc|gcov|lto|perl)\b.*\d/;

/** What a build of the author's own leaves in a directory: no programs of the system, no users, no certificates. */
const OWN_FILES: MayBring = {
  tool: (name) => !SYSTEM_PROGRAMS.has(name),
  user: () => false,
  group: () => false,
  feature: () => false,
};

/** What of the names that are not known an unknown content can bring at all; everything where nothing is said. */
export interface MayBring {
  readonly tool?: (name: string) => boolean;
  readonly user?: (name: string) => boolean;
  readonly group?: (name: string) => boolean;
  readonly feature?: (name: Feature) => boolean;
}
