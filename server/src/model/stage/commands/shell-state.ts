import { UNKNOWN } from "../../../syntax/dockerfile/expand.ts";
import type { Command, ShellWord } from "../../../syntax/shell/script.ts";
import { expandShellWord } from "../../../syntax/shell/word.ts";
import { type Known, known, notKnown } from "../../known.ts";
import type { ContentsWalk } from "../instructions/instruction-effect.ts";
import { resolvePath } from "../paths.ts";

/** Directory and variables of the shell that runs a script. */
export class ShellState {
  directory: string | undefined;
  /** That of the last parenthesis; what it changes does not outlive it. */
  private inner: string | undefined | null = null;
  /** Variables that the script sets; undefined for a value that is not known. */
  readonly variables = new Map<string, string | undefined>();
  readonly exports = new Set<string>();
  private isForgotten = false;
  private readonly walk: ContentsWalk;

  constructor(walk: ContentsWalk) {
    this.walk = walk;
    this.directory = walk.before.workdir.known ? walk.before.workdir.value : undefined;
  }

  /** That of a shell which this one starts in a directory. */
  copy(directory: string | undefined): ShellState {
    const copy = new ShellState(this.walk);
    copy.directory = directory;
    copy.isForgotten = this.isForgotten;
    for (const [name, value] of this.variables) copy.variables.set(name, value);
    for (const name of this.exports) copy.exports.add(name);
    return copy;
  }

  /** Sets a variable that programs see. */
  assign(name: string, value: string | undefined): void {
    this.variables.set(name, value);
    this.exports.add(name);
  }

  /** Everything that is exported may have another value now. */
  forgetVariables(): void {
    this.isForgotten = true;
  }

  directoryFor(command: Command): string | undefined {
    return command.subshell && this.inner !== null ? this.inner : this.directory;
  }

  changeDirectory(command: Command, to: string | undefined): void {
    const path =
      to === undefined || command.conditional ? undefined : resolvePath(this.directoryFor(command), to);
    if (!command.subshell) this.directory = path;
    // Which parentheses a later command stands in is not told, so only an absolute path is sure.
    else this.inner = to?.startsWith("/") || this.inner === null ? path : undefined;
  }

  /** A variable as programs see it: what the script sets only counts once it is exported, or was in the environment. */
  exported(name: string): Known<string> {
    if (name === "HOME" && !this.variables.has(name)) return this.homeVariable();
    const isExported = this.exports.has(name) || this.walk.before.variable(name) !== undefined;
    return isExported ? this.variable(name) : this.ofEnvironment(name);
  }

  variable(name: string): Known<string> {
    if (this.variables.has(name)) {
      const value = this.variables.get(name);
      return value === undefined
        ? notKnown({ message: `the script sets ${name}` })
        : known(value, { message: `the script sets ${name}` });
    }
    if (name === "HOME") return this.homeVariable();
    if (name === "PWD" && this.directory !== undefined)
      return known(this.directory, { message: "the shell's directory" });
    // A loop, `read` or a file that is sourced may have set it.
    const setting = this.walk.before.variable(name);
    return setting === undefined
      ? notKnown({ message: `the script may set ${name}` })
      : this.ofEnvironment(name);
  }

  private homeVariable(): Known<string> {
    const set = this.ofEnvironment("HOME");
    const home = this.home();
    if (set.known && set.value !== "") return set;
    return home === undefined
      ? notKnown({ message: "the user's home is not known" })
      : known(home, { message: "root's home" });
  }

  private ofEnvironment(name: string): Known<string> {
    if (this.isForgotten) return notKnown({ message: `a file that is sourced may set ${name}` });
    const setting = this.walk.before.variable(name);
    if (setting === UNKNOWN) return notKnown({ message: `the base image may set ${name}` });
    if (!setting) return known("", { message: `${name} is not set` });
    return setting.value === undefined ? notKnown(setting.reason) : known(setting.value, setting.reason);
  }

  value(word: ShellWord): string | undefined {
    // Most words are literal.
    if (word.literal !== undefined) return word.literal;
    const home = /^~(?=\/|$)/.test(word.raw) ? this.home() : undefined;
    const expanded = expandShellWord(word, (name) => {
      const value = this.variable(name);
      return value.known ? value.value : undefined;
    });
    if (expanded === undefined && home !== undefined && /^~[\w./-]*$/.test(word.raw))
      return home + word.raw.slice(1);
    return expanded;
  }

  private home(): string | undefined {
    const { user } = this.walk.before;
    return user.known && user.value.isRoot ? "/root" : undefined;
  }
}
