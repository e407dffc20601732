import { type Dirent, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { partsOf } from "../../workspace/compose/compose-parts.ts";
import { decode, type ReadResult } from "../../workspace/decode.ts";
import type { Disk } from "../../workspace/disk.ts";
import { type FileKind, isSideFile, kindOfFile } from "../../workspace/languages.ts";
import type { Terminal } from "./terminal.ts";

/** A file to work on, as it was read. */
export interface Input {
  /** As it is shown: the way the user named it. */
  readonly name: string;
  /** Absolute; undefined for standard input without a name. */
  readonly path: string | undefined;
  readonly kind: FileKind;
  readonly text: string;
  /** False when writing the text back would change bytes that are no UTF-8. */
  readonly faithful: boolean;
  readonly standardInput: boolean;
}

/** What could not be read, in a line for the user. */
export interface Unreadable {
  readonly name: string;
  readonly message: string;
}

export interface Inputs {
  readonly readable: readonly Input[];
  readonly unreadable: readonly Unreadable[];
  /** Folders in which there was nothing for us. */
  readonly empty: readonly string[];
}

/** Reads files, walks folders, and reads standard input for `-`. A file that is named twice is read once. */
export async function readInputs(
  operands: readonly string[],
  {
    disk,
    terminal,
    stdinName,
  }: { readonly disk: Disk; readonly terminal: Terminal; readonly stdinName: string | undefined },
): Promise<Inputs> {
  const readable: Input[] = [];
  const unreadable: Unreadable[] = [];
  const empty: string[] = [];
  const seen = new Set<string>();

  const add = (
    name: string,
    path: string | undefined,
    kind: FileKind,
    read: ReadResult,
    standardInput: boolean,
  ) => {
    const faithful = read.kind === "text" && read.faithful;
    const utf16 = kind === "compose" && read.kind === "binary" ? read.utf16 : undefined;
    if (read.kind === "text" || utf16 !== undefined) {
      const text = read.kind === "text" ? read.text : (utf16 ?? "");
      readable.push({ name, path, kind, text, faithful, standardInput });
    } else unreadable.push({ name, message: whyNot[read.kind] });
  };
  const addFile = (name: string, kind: FileKind, isNamed: boolean) => {
    const path = resolve(terminal.folder, name);
    if (seen.has(path)) return;
    const read = disk.read(path);
    // An environment file in a folder may be encrypted, and is no reason to fail.
    if (!isNamed && isSideFile(kind) && read.kind !== "text") return;
    seen.add(path);
    add(name, path, kind, read, false);
  };

  for (const operand of operands) {
    if (operand === "-") {
      if (seen.has("-")) continue;
      seen.add("-");
      const path = stdinName === undefined ? undefined : resolve(terminal.folder, stdinName);
      add(
        stdinName ?? "<stdin>",
        path,
        kindOfNamed(stdinName ?? ""),
        decode(await terminal.readStandardInput()),
        true,
      );
    } else if (disk.kindOf(resolve(terminal.folder, operand)) === "directory") {
      const walked = walk(operand, terminal.folder);
      unreadable.push(...walked.unreadable);
      for (const { name, kind } of walked.files) addFile(name, kind, false);
      for (const name of partsIn(operand, walked.files, terminal.folder, disk))
        addFile(name, "compose", false);
      const isSeen = walked.unreadable.length === 0;
      if (isSeen && walked.files.every((it) => isSideFile(it.kind))) empty.push(operand);
    } else {
      addFile(operand, kindOfNamed(operand), true);
    }
  }
  return { readable, unreadable, empty };
}

/** Files of other names below a folder that its Compose files include or extend. */
function partsIn(folder: string, files: Walked["files"], from: string, disk: Disk): readonly string[] {
  const around = {
    disk,
    folders: [resolve(from, folder)],
    textAt(path: string) {
      const read = disk.read(path);
      return read.kind === "text" ? read.text : undefined;
    },
  };
  const compose = files.filter((it) => it.kind === "compose").map((it) => resolve(from, it.name));
  const parts = new Set(compose.flatMap((it) => partsOf(it, around)));
  return [...parts]
    .sort()
    .map((it) => relative(resolve(from, folder), it))
    .filter((it) => !it.startsWith("..") && !it.split(/[\\/]/).some((part) => skipped.has(part)))
    .map((it) => join(folder, it));
}

const whyNot: Readonly<Record<Exclude<ReadResult["kind"], "text">, string>> = {
  absent: "there is no such file.",
  directory: "this is a folder.",
  "too-large": "this is larger than 4 MiB, which no hand-written file is.",
  binary: "this is binary, not text.",
  unreadable: "this cannot be read.",
};

/** A file that is named outright is read whatever it is called. */
function kindOfNamed(name: string): FileKind {
  return kindOfFile(name) ?? (/\.ya?ml$/i.test(name) ? "compose" : "dockerfile");
}

interface Walked {
  readonly files: readonly { readonly name: string; readonly kind: FileKind }[];
  readonly unreadable: readonly Unreadable[];
}

/** The files below a folder that are ours, in order of name. Links are not followed, so there is no circle. */
function walk(folder: string, from: string): Walked {
  const files: Walked["files"][number][] = [];
  const unreadable: Unreadable[] = [];
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const here = next;
    let entries: Dirent[];
    try {
      entries = readdirSync(resolve(from, here), { withFileTypes: true });
    } catch {
      unreadable.push({ name: here, message: "this folder cannot be read." });
      continue;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const name = join(here, entry.name);
      const kind = kindOfFile(entry.name);
      if (kind && entry.isFile()) files.push({ name, kind });
    }
    const folders = entries.filter((it) => it.isDirectory() && !skipped.has(it.name));
    waiting.push(...folders.reverse().map((it) => join(here, it.name)));
  }
  return { files, unreadable };
}

/** Other people's files. */
const skipped: ReadonlySet<string> = new Set(["node_modules", ".git"]);
