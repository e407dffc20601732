import type { ShellWord } from "../../../../syntax/shell/script.ts";

/** A file without which a command ends, or does nothing. */
export interface NeededFile {
  /** As the message names the command: `pip install -r`. */
  readonly command: string;
  /** Any of these will do; relative to the directory in which the command runs, or absolute. */
  readonly files: readonly [string, ...string[]];
  /** Are the folders above looked in too? */
  readonly above: boolean;
  /** `stops`: the command fails; `idle`: it ends well and has done nothing. */
  readonly without: "stops" | "idle";
  /** What it reads beside that where it is there. */
  readonly beside: readonly string[];
  /** Is that all it reads of the project? */
  readonly isAll: boolean;
  /** The word that names the file; undefined for a file that the command looks for itself. */
  readonly word?: ShellWord | undefined;
}
